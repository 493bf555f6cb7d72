import Diagnostics
import DocumentTree
import PolicyModel
import Source

/// Takes the advice that the document suppresses out of what was found, and says which suppressions had nothing to do.
///
/// - Parameters:
///   - diagnostics: Everything found, in document order.
///   - document: The document.
///   - policies: Its policies.
///   - advice: What advice is wanted; a suppression of what is not is never called unused.
/// - Returns: What is left, and `unused-suppression`, in document order.
func withoutSuppressed(
  _ diagnostics: [Diagnostic], in document: Document, _ policies: [Policy], _ advice: AdviceSelection
) -> [Diagnostic] {
  var suppressions = SuppressionSearch(document, policies).suppressions
  guard !suppressions.isEmpty else { return diagnostics }
  // Where there are errors not all advice can be found.
  let isChecked = !diagnostics.contains { $0.failure != nil }
  let left = filtered(diagnostics, by: &suppressions)

  let ownCode = UnusedSuppression.descriptor.id
  let unused = suppressions.flatMap { suppression in
    suppression.unused { !isChecked || $0 == ownCode || !advice.isWanted($0) || acrossFiles.contains($0) }
  }
  let placed =
    located(unused.filter { $0.conditionSpan == nil }, in: document) + unused.filter { $0.conditionSpan != nil }
  // A suppression of this very diagnostic is never called unused: that would have no end.
  let own = filtered(placed.inDocumentOrder(), by: &suppressions)
  return (left + own).inDocumentOrder()
}

/// What is found by comparing files, of which one file's suppressions know nothing.
private let acrossFiles: Set<String> = ["duplicate-policy"]

/// The diagnostics that no suppression reaches; those that reach one are marked as used.
///
/// Linear: suppressions come and go in the order of the document, and of several of one code the innermost counts.
private func filtered(_ diagnostics: [Diagnostic], by suppressions: inout [Suppression]) -> [Diagnostic] {
  var active: [String: [(suppression: Int, entry: Int)]] = [:]
  var next = 0
  return diagnostics.filter { diagnostic in
    guard diagnostic.failure == nil else { return true }
    let start = diagnostic.span.start
    while next < suppressions.count, suppressions[next].reach.start <= start {
      for entry in suppressions[next].entries.indices where suppressions[next].fault == nil {
        active[suppressions[next].entries[entry].code, default: []].append((next, entry))
      }
      next += 1
    }
    while let last = active[diagnostic.code]?.last {
      if suppressions[last.suppression].reach.end >= start {
        suppressions[last.suppression].entries[last.entry].isUsed = true
        return false
      }
      active[diagnostic.code]?.removeLast()
    }
    return true
  }
}
