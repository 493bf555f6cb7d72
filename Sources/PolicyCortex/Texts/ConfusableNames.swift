import CEL
import Diagnostics
import DocumentTree
import Source

/// Words of mixed scripts in the keys and strings of a document; comments are prose.
///
/// Each has the place in its string as one in a condition, which is for the caller to take away where it is none.
func confusableNames(in document: Document) -> [Diagnostic] {
  var diagnostics: [Diagnostic] = []
  for index in document.nodes.indices where document.nodes[index].kind == .string {
    let node = NodeID(index)
    let words = unsafe document.withBytes(of: node) { unsafe confusableWords(in: $0) }
    guard !words.isEmpty else { continue }
    let map = document.sourceMap(of: node)
    for word in words {
      let message = ConfusableIdentifier(
        word: word.text, scripts: word.scripts, character: word.character, lookalike: word.lookalike)
      var diagnostic = Diagnostic(message, at: map.sourceSpan(word.span))
      diagnostic.conditionSpan = word.span
      diagnostics.append(diagnostic)
    }
  }
  return diagnostics
}
