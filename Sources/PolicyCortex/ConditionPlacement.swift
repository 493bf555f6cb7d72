import Diagnostics
import DocumentTree
import Source

/// Carries what was found in an expression to its place in the document: ranges through escapes and block scalars, and
/// fix-its into the spelling of the scalar they land in.
struct ConditionPlacement {
  let document: Document
  /// The string that holds the expression.
  let node: NodeID
  /// The expression's first byte in the decoded string; 0 but in message templates.
  let start: Int
  /// The value the string is.
  let path: FieldPath

  /// The diagnostic with all places in the document.
  func placed(_ diagnostic: Diagnostic) -> Diagnostic {
    let map = document.sourceMap(of: node)
    var placed = diagnostic
    let inString = moved(diagnostic.span)
    placed.conditionSpan = inString
    placed.span = map.sourceSpan(inString)
    placed.path = path
    for index in placed.related.indices {
      placed.related[index].span = map.sourceSpan(moved(placed.related[index].span))
      placed.related[index].path = path
    }
    for index in placed.fixIts.indices {
      placed.fixIts[index].edits = edits(placed.fixIts[index].edits, map: map)
    }
    placed.fixIts.removeAll { $0.edits.isEmpty }
    return placed
  }

  private func moved(_ span: SourceSpan) -> SourceSpan { SourceSpan(span.start + start, span.end + start) }

  /// A scalar that is written anew for a fix-it has this many bytes at most, so that a long condition with thousands of
  /// faults does not take quadratic time.
  private static let rewriteLimit = 16 << 10

  /// The edits on the document; none where a long scalar would have to be written anew.
  ///
  /// Each is made in place where the scalar's style can spell its text; else the whole scalar is written anew.
  private func edits(_ edits: [SourceEdit], map: SourceMap) -> [SourceEdit] {
    let moved = edits.map { SourceEdit(span: self.moved($0.span), text: $0.text) }
    let scalar = document[document.resolved(node)]
    let inPlace = moved.compactMap { edit in
      encodedInsertion(edit.text, like: scalar, isAtStart: edit.span.start == 0)
        .map { SourceEdit(span: map.sourceSpan(edit.span), text: $0) }
    }
    if inPlace.count == moved.count, scalar.style != .plain || moved.allSatisfy({ isPlain(around: $0, scalar) }) {
      return inPlace
    }
    guard map.decodedCount <= ConditionPlacement.rewriteLimit else { return [] }
    let text = document.text(of: node).applying(moved)
    return [SourceEdit(span: scalar.span, text: encodedScalar(text, like: scalar))]
  }

  /// Whether a plain scalar stays one with its new text: `a # b` or a trailing colon would end it.
  ///
  /// What makes the difference stands within two characters of the edit.
  private func isPlain(around edit: SourceEdit, _ scalar: DocumentNode) -> Bool {
    unsafe document.withBytes(of: node) { bytes in
      let before = max(0, edit.span.start - 8)..<min(edit.span.start, bytes.count)
      let after = min(edit.span.end, bytes.count)..<min(edit.span.end + 8, bytes.count)
      var window = unsafe Array(bytes[before]) + Array(edit.text.utf8) + Array(bytes[after])
      if before.lowerBound > 0 { window.insert(UInt8(ascii: "x"), at: 0) }
      if after.upperBound < bytes.count { window.append(UInt8(ascii: "x")) }
      let text = String(decoding: window, as: UTF8.self)
      return encodedScalar(text, like: scalar) == text
    }
  }
}

extension String {
  /// The text with edits applied, which are sorted and do not overlap; one that does is left out.
  package func applying(_ edits: [SourceEdit]) -> String {
    let bytes = Array(utf8)
    var result: [UInt8] = []
    var copied = 0
    for edit in edits.sorted(by: { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) })
    where edit.span.start >= copied && edit.span.end <= bytes.count {
      result += bytes[copied..<edit.span.start]
      result += edit.text.utf8
      copied = edit.span.end
    }
    return String(decoding: result + bytes[copied...], as: UTF8.self)
  }
}
