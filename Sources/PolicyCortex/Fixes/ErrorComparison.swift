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
  /// How many findings of each kind there are, advice included.
  private let countsBefore: [Identity: Int]
  private let countsAfter: [Identity: Int]
  private let readingFaultsBefore: Int
  private let readingFaultsAfter: Int

  init(before: [Diagnostic], after: [Diagnostic]) {
    countsBefore = ErrorComparison.counts(of: before)
    countsAfter = ErrorComparison.counts(of: after)
    var known = countsBefore
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
    guard isProgress(mending: mended) else { return false }
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

  /// Whether there is less of everything that was mended.
  ///
  /// A fix after which the same is found again, a bit further on, could be applied for ever.
  private func isProgress(mending mended: [Diagnostic]) -> Bool {
    let mendsReading = mended.contains(where: ErrorComparison.isReadingFault)
    if mendsReading, readingFaultsAfter >= readingFaultsBefore { return false }
    return mended.allSatisfy { diagnostic in
      let identity = Identity(code: diagnostic.code, path: diagnostic.path)
      return ErrorComparison.isReadingFault(diagnostic)
        || countsAfter[identity, default: 0] < countsBefore[identity, default: 0]
    }
  }

  private static func counts(of diagnostics: [Diagnostic]) -> [Identity: Int] {
    var counts: [Identity: Int] = [:]
    for diagnostic in diagnostics { counts[Identity(code: diagnostic.code, path: diagnostic.path), default: 0] += 1 }
    return counts
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
