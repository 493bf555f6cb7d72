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
    return assemble(parts: files.map(render), summary)
  }

  /// Puts the files' parts together.
  package func assemble(parts: [[UInt8]], _ summary: FindingsSummary) -> [UInt8] {
    var output = prologue(summary)
    let separator = separator
    let epilogue = epilogue(summary)
    output.reserveCapacity(parts.reduce(output.count + epilogue.count) { $0 + $1.count + separator.count })
    var isFirst = true
    for part in parts where !part.isEmpty {
      if !isFirst { output += separator }
      output += part
      isFirst = false
    }
    output += epilogue
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
