/// An output format.
///
/// A file's part depends on that file alone, so that parts can be made by several threads and put together in path order.
package protocol FindingsRenderer: Sendable {
  /// What stands before all files.
  func prologue(_ summary: FindingsSummary) -> [UInt8]
  /// What stands between the parts of two files, of which neither is empty.
  var separator: [UInt8] { get }
  /// The part of one file; may be empty.
  func render(_ findings: FileFindings) -> [UInt8]
  /// What stands behind all files.
  func epilogue(_ summary: FindingsSummary) -> [UInt8]
}

extension FindingsRenderer {
  package func prologue(_ summary: FindingsSummary) -> [UInt8] { [] }
  package var separator: [UInt8] { [] }
  package func epilogue(_ summary: FindingsSummary) -> [UInt8] { [] }

  /// The whole output of a run over these files.
  package func renderAll(_ files: [FileFindings]) -> [UInt8] {
    var summary = FindingsSummary()
    for file in files { summary += FindingsSummary(file) }
    return Array(assembled(files.map(render), summary).joined())
  }

  /// Puts the files' parts in order, with what stands around them; none of them is copied.
  package func assembled(_ parts: [[UInt8]], _ summary: FindingsSummary) -> [[UInt8]] {
    var output = [prologue(summary)]
    let separator = separator
    var isFirst = true
    for part in parts where !part.isEmpty {
      if !isFirst && !separator.isEmpty { output.append(separator) }
      output.append(part)
      isFirst = false
    }
    output.append(epilogue(summary))
    return output
  }
}

extension [UInt8] {
  /// Appends a text in UTF-8.
  mutating func append(_ text: String) { append(contentsOf: text.utf8) }

  /// Appends an ASCII character a number of times; not at all for a negative one.
  mutating func append(_ character: Unicode.Scalar, times count: Int) {
    append(contentsOf: repeatElement(UInt8(truncatingIfNeeded: character.value), count: Swift.max(0, count)))
  }
}
