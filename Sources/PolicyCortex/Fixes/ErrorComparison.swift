import Diagnostics

/// Says whether a change of a document did harm, by the errors before and after.
struct ErrorComparison {
  /// What one error is, wherever it has moved.
  private struct Identity: Hashable {
    var code: String
    var path: FieldPath
  }

  /// The errors that were not there before.
  private let new: [Diagnostic]
  private let readingFaultsBefore: Int
  private let readingFaultsAfter: Int

  init(before: [Diagnostic], after: [Diagnostic]) {
    var known: [Identity: Int] = [:]
    for diagnostic in before where diagnostic.failure != nil {
      known[Identity(code: diagnostic.code, path: diagnostic.path), default: 0] += 1
    }
    new = after.filter { diagnostic in
      guard diagnostic.failure != nil else { return false }
      let identity = Identity(code: diagnostic.code, path: diagnostic.path)
      guard let count = known[identity], count > 0 else { return true }
      known[identity] = count - 1
      return false
    }
    readingFaultsBefore = before.count(where: ErrorComparison.isReadingFault)
    readingFaultsAfter = after.count(where: ErrorComparison.isReadingFault)
  }

  /// Whether there are no new errors but those that were hidden by the errors that were mended.
  ///
  /// What stands behind a misspelt key is looked at only once the key is right; what it holds may then be found wrong.
  /// Advice hides nothing.
  func isHarmless(mending mended: [Diagnostic]) -> Bool {
    guard !new.isEmpty else { return true }
    guard readingFaultsAfter <= readingFaultsBefore else { return false }
    if readingFaultsAfter < readingFaultsBefore, mended.contains(where: ErrorComparison.isReadingFault) { return true }
    let revealing = Set(mended.compactMap(ErrorComparison.revealed))
    return new.allSatisfy { diagnostic in
      guard !ErrorComparison.isReadingFault(diagnostic) else { return false }
      var components = diagnostic.path.components
      while true {
        if revealing.contains(FieldPath(components)) { return true }
        guard components.popLast() != nil else { return false }
      }
    }
  }

  /// The value in which mending a diagnostic may reveal others.
  private static func revealed(by diagnostic: Diagnostic) -> FieldPath? {
    switch diagnostic.failure {
    case nil: nil
    case .unprocessable: diagnostic.path
    // The key itself may be another one afterwards.
    case .malformed: FieldPath(Array(diagnostic.path.components.dropLast()))
    }
  }

  /// Whether the document could not be read as it is.
  private static func isReadingFault(_ diagnostic: Diagnostic) -> Bool { readingFaults.contains(diagnostic.code) }

  private static let readingFaults: Set<String> = [
    InvalidJSON.descriptor.id, InvalidYAML.descriptor.id, InvalidEncoding.descriptor.id, DuplicateKey.descriptor.id,
    LimitExceeded.descriptor.id, ConflictingFields.descriptor.id,
  ]
}
