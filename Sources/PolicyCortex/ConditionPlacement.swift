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
    return placed
  }

  private func moved(_ span: SourceSpan) -> SourceSpan { SourceSpan(span.start + start, span.end + start) }

  /// The edits on the document.
  ///
  /// Each is made in place where the scalar's style can spell its text; else the whole scalar is written anew.
  private func edits(_ edits: [SourceEdit], map: SourceMap) -> [SourceEdit] {
    let moved = edits.map { SourceEdit(span: self.moved($0.span), text: $0.text) }
    let original = document.resolved(node)
    let inPlace = moved.compactMap { edit in
      encodedInsertion(edit.text, like: document[original], isAtStart: edit.span.start == 0).map { SourceEdit(span: map.sourceSpan(edit.span), text: $0) }
    }
    if inPlace.count == moved.count, isIntact(moved, original) { return inPlace }
    let text = document.text(of: original).applying(moved)
    return [SourceEdit(span: document[original].span, text: encodedScalar(text, like: document[original]))]
  }

  /// Whether a plain scalar stays one with its new text: `a # b` or a trailing colon would end it.
  private func isIntact(_ edits: [SourceEdit], _ original: NodeID) -> Bool {
    guard document[original].style == .plain else { return true }
    let text = document.text(of: original).applying(edits)
    return encodedScalar(text, like: document[original]) == text
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
