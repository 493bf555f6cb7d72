internal import Diagnostics
internal import Source

/// A diagnostic's example without its marker, and where the marker stood.
struct MarkedExample {
  /// `1️⃣`: the digit, a variation selector, a keycap.
  private static let marker: [UInt8] = Array("1\u{FE0F}\u{20E3}".utf8)

  /// The example; its name tells the language.
  let source: SourceText
  /// Where the diagnostic's range starts.
  let offset: Int?

  /// `yaml`, `json` or `cel`.
  let language: String

  init(_ example: DiagnosticExample) {
    var bytes = Array(example.markedText.utf8)
    var found: Int?
    var index = 0
    while index + MarkedExample.marker.count <= bytes.count {
      if bytes[index..<(index + MarkedExample.marker.count)].elementsEqual(MarkedExample.marker) {
        bytes.removeSubrange(index..<(index + MarkedExample.marker.count))
        found = index
        break
      }
      index += 1
    }
    offset = found
    switch example {
    case .yaml: language = "yaml"
    case .json: language = "json"
    case .condition: language = "cel"
    }
    source = SourceText(name: "example.\(language)", bytes: bytes)
  }

  /// The example's lines as they are shown, with a caret below the marked place.
  func shown() -> [String] {
    let table = LineTable(source)
    var lines: [String] = []
    for index in 0..<table.count {
      let content = table.contentRange(ofLine: index)
      if index > 0, content.lowerBound == source.bytes.count { break }
      let isMarked = offset.map { table.lineIndex(of: $0) == index } ?? false
      let mark = isMarked ? offset ?? content.lowerBound : content.lowerBound
      let line = SourceLine(of: source.bytes, line: content, marked: mark..<mark)
      lines.append(String(decoding: line.shown, as: UTF8.self))
      if isMarked { lines.append(String(repeating: " ", count: line.mark.lowerBound) + "^") }
    }
    return lines
  }
}
