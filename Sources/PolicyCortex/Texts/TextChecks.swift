import Diagnostics
import DocumentTree
import PolicyModel
import Source

/// Looks at a document as text, strings, keys and comments alike: for characters that cannot be seen, words that look like
/// others, secrets, and words that other programs read as booleans.
///
/// One pass over the bytes in blocks finds the few places that are worth a look. Where something was found before, in a
/// condition say, nothing is added.
///
/// - Parameters:
///   - document: The document.
///   - found: What was found in it before.
/// - Returns: Advice, in document offsets.
func checkTexts(of document: Document, after found: [Diagnostic]) -> [Diagnostic] {
  var diagnostics: [Diagnostic] = []
  let isASCII = unsafe document.source.bytes.withUnsafeBufferPointer { bytes in
    let bytes = unsafe Span(_unsafeElements: bytes)
    var isASCII = true
    forEachNoteworthyByte(of: bytes) { offset in
      if bytes[offset] >= 0x80 {
        isASCII = false
        if let hidden = hiddenCharacter(in: bytes, at: offset) { diagnostics.append(hidden) }
      } else if let secret = secret(in: bytes, around: offset) {
        diagnostics.append(secret)
      }
    }
    return isASCII
  }
  if !isASCII { diagnostics += confusableNames(in: document) }
  if document.format == .yaml { diagnostics += legacyBooleans(in: document) }
  guard !diagnostics.isEmpty else { return [] }
  let known = KnownPlaces(found)
  return located(diagnostics.filter { !known.contain($0) }, in: document).compactMap { diagnostic in
    guard diagnostic.code == ConfusableIdentifier.descriptor.id else { return diagnostic }
    guard !isProse(diagnostic.path) else { return nil }
    var diagnostic = diagnostic
    if !isExpression(diagnostic.path) { diagnostic.conditionSpan = nil }
    return diagnostic
  }
}

/// Whether a path leads to a text for people.
private func isProse(_ path: FieldPath) -> Bool {
  switch path.components.last {
  case .key("description"), .key("message"): true
  case .key, .index, nil: false
  }
}

/// Whether a path leads to an expression.
private func isExpression(_ path: FieldPath) -> Bool {
  switch path.components.last {
  case .key("condition"), .key("expression"): true
  case .key, .index, nil: false
  }
}

/// The places where something was found.
private struct KnownPlaces {
  private let errors: SortedSpans
  /// By code: what says the same already.
  private let same: [String: SortedSpans]

  init(_ found: [Diagnostic]) {
    errors = SortedSpans(found.filter { $0.severity == .error }.map(\.span))
    same = Dictionary(grouping: found.filter { $0.severity != .error }, by: \.code).mapValues {
      SortedSpans($0.map(\.span))
    }
  }

  func contain(_ diagnostic: Diagnostic) -> Bool {
    if same[diagnostic.code]?.meet(diagnostic.span) == true { return true }
    // A secret is one whatever else is wrong.
    return diagnostic.code != SecretInPolicy.descriptor.id && errors.meet(diagnostic.span)
  }
}

/// Ranges that are asked whether one of them meets another.
private struct SortedSpans {
  private let starts: [Int]
  /// The furthest end of all ranges up to each.
  private let ends: [Int]

  init(_ spans: [SourceSpan]) {
    let sorted = spans.sorted { $0.start < $1.start }
    starts = sorted.map(\.start)
    var furthest = 0
    ends = sorted.map { span in
      furthest = max(furthest, span.end)
      return furthest
    }
  }

  func meet(_ span: SourceSpan) -> Bool {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < span.end { low = middle + 1 } else { high = middle }
    }
    return low > 0 && ends[low - 1] > span.start
  }
}
