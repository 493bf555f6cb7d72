package import Diagnostics
import Source

/// Holds diagnostics to what every reader of them relies on: places inside the text, an order, and fix-its that can be applied.
///
/// - Parameters:
///   - diagnostics: What was found in a text.
///   - count: The text's length in bytes.
package func checkDiagnostics(_ diagnostics: [Diagnostic], textCount count: Int) {
  for diagnostic in diagnostics {
    invariant(diagnostic.span.end <= count, "\(diagnostic.code) ends at \(diagnostic.span.end) of \(count)")
    invariant(!diagnostic.message.isEmpty, "\(diagnostic.code) says nothing")
    for place in diagnostic.related {
      invariant(place.span.end <= count, "\(diagnostic.code) is related to \(place.span.end) of \(count)")
    }
    for fixIt in diagnostic.fixIts {
      var end = 0
      for edit in fixIt.edits {
        invariant(edit.span.start >= end, "the edits of `\(fixIt.title)` overlap or are out of order")
        invariant(edit.span.end <= count, "`\(fixIt.title)` edits \(edit.span.end) of \(count)")
        end = edit.span.end
      }
    }
  }
  for (left, right) in zip(diagnostics, diagnostics.dropFirst()) {
    invariant(
      left.span.start <= right.span.start, "\(left.code) at \(left.span.start) stands before \(right.span.start)")
  }
}
