package import Diagnostics
import Source

/// What a text becomes when the first fix-it of each diagnostic is applied.
package struct AppliedFixIts: Sendable {
  /// The text afterwards.
  package let bytes: [UInt8]
  /// How many diagnostics were mended.
  package let count: Int

  /// Applies fix-its in the order of their diagnostics.
  ///
  /// One whose edits would touch what another has changed is left out.
  package init(of diagnostics: [Diagnostic], to bytes: [UInt8]) {
    var edits: [SourceEdit] = []
    var count = 0
    for diagnostic in diagnostics {
      guard let fixIt = diagnostic.fixIts.first, !fixIt.edits.isEmpty else { continue }
      let isFree = fixIt.edits.allSatisfy { edit in
        edit.span.end <= bytes.count && !edits.contains { AppliedFixIts.collide($0, edit) }
      }
      guard isFree else { continue }
      edits += fixIt.edits
      count += 1
    }
    edits.sort { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
    var result: [UInt8] = []
    var copied = 0
    for edit in edits {
      result += bytes[copied..<edit.span.start]
      result += edit.text.utf8
      copied = edit.span.end
    }
    self.bytes = result + bytes[copied...]
    self.count = count
  }

  /// Whether two edits replace the same byte, or insert at the same place.
  private static func collide(_ left: SourceEdit, _ right: SourceEdit) -> Bool {
    left.span == right.span || (left.span.start < right.span.end && right.span.start < left.span.end)
  }
}
