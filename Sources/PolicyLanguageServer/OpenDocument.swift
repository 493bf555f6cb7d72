package import Source
internal import Diagnostics

/// A document that the editor has opened, as the editor has it.
///
/// Positions beyond the end of a line are its end, those beyond the last line are the document's end, and one inside a
/// character is the character's start: an editor and a server that count differently for a moment must not break.
package struct OpenDocument {
  package let uri: String
  /// What the file is called in what is said of it; its ending decides the format.
  package let name: String
  /// Where the file is; `nil` for a document that is in no file.
  let path: String?
  package var version: Int
  package private(set) var bytes: [UInt8]
  package let encoding: PositionEncoding
  /// Made when it is needed.
  private var lineTable: LineTable?
  /// How many units stand before each block of the text, made when a line is long: places in lines of any length are to
  /// cost the same.
  private var unitsBefore: [Int] = []
  private static let blockSize = 1_024
  /// What was found in the text as it is now.
  var checked: CheckedText?

  package init(uri: String, language: String, version: Int, text: String, encoding: PositionEncoding) {
    self.uri = uri
    let path = DocumentURI.path(of: uri)
    self.path = path
    var name = path ?? uri
    if ![".json", ".yaml", ".yml"].contains(where: name.lowercased().hasSuffix) {
      if language == "json" || language == "jsonc" { name += ".json" }
      if language == "yaml" { name += ".yaml" }
    }
    self.name = name
    self.version = version
    self.encoding = encoding
    bytes = Array(text.utf8)
  }

  package var source: SourceText { SourceText(name: name, bytes: bytes) }

  /// The lines of the text.
  package mutating func lines() -> LineTable {
    if let lineTable { return lineTable }
    let table = LineTable(source)
    lineTable = table
    return table
  }

  /// Replaces a range, or the whole text.
  package mutating func change(_ range: (start: Position, end: Position)?, to text: String) {
    let span = range.map { self.span($0) }
    // Nobody else holds the bytes then, and they are changed in place.
    lineTable = nil
    unitsBefore = []
    checked = nil
    if let span {
      bytes.replaceSubrange(span.range, with: text.utf8)
    } else {
      bytes = Array(text.utf8)
    }
  }

  /// The byte offset of a position.
  package mutating func offset(of position: Position) -> Int {
    let lines = lines()
    guard position.line < lines.count else { return bytes.count }
    let line = lines.contentRange(ofLine: position.line)
    var offset = line.lowerBound
    var rest = position.character
    while offset < line.upperBound, rest > 0 {
      let length = PositionEncoding.length(of: bytes[offset])
      rest -= encoding.units(of: bytes[offset])
      if rest < 0 { break }
      offset = min(offset + length, line.upperBound)
    }
    return offset
  }

  /// The part of the text between two positions, whichever is first.
  mutating func span(_ range: (start: Position, end: Position)) -> SourceSpan {
    let ends = (offset(of: range.start), offset(of: range.end))
    return SourceSpan(min(ends.0, ends.1), max(ends.0, ends.1))
  }

  /// The position of a byte offset; the one inside a line end is the line's end.
  package mutating func position(of offset: Int) -> Position {
    let lines = lines()
    let index = lines.lineIndex(of: offset)
    let line = lines.contentRange(ofLine: index)
    var end = min(max(offset, line.lowerBound), line.upperBound)
    while end > line.lowerBound, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return Position(line: index, character: units(in: line.lowerBound..<end))
  }

  /// How many units a part of the text has, which starts and ends between characters.
  private mutating func units(in range: Range<Int>) -> Int {
    if encoding == .utf8 { return range.count }
    if range.count <= OpenDocument.blockSize { return counted(range) }
    if unitsBefore.isEmpty {
      unitsBefore = [0]
      for block in 0..<(bytes.count / OpenDocument.blockSize) {
        let start = block * OpenDocument.blockSize
        unitsBefore.append(unitsBefore[block] + counted(start..<(start + OpenDocument.blockSize)))
      }
    }
    return units(before: range.upperBound) - units(before: range.lowerBound)
  }

  private func units(before offset: Int) -> Int {
    let block = offset / OpenDocument.blockSize
    return unitsBefore[block] + counted((block * OpenDocument.blockSize)..<offset)
  }

  /// Counts the characters that start in a range, and in UTF-16 those once more that take two units.
  private func counted(_ range: Range<Int>) -> Int {
    var count = 0
    for byte in bytes[range] {
      if byte & 0xC0 != 0x80 { count += 1 }
      if encoding == .utf16, byte >= 0xF0 { count += 1 }
    }
    return count
  }

  /// A range of the text as it is sent.
  mutating func range(_ span: SourceSpan) -> JSON {
    ["start": position(of: span.start).json, "end": position(of: span.end).json]
  }

  /// A place in the text as it is sent.
  mutating func location(_ span: SourceSpan) -> JSON { ["uri": .string(uri), "range": range(span)] }

  /// An edit as it is sent; one that starts or ends inside a line end, where no position is, takes the other half in.
  mutating func edit(_ edit: SourceEdit) -> JSON {
    var start = edit.span.start
    var end = edit.span.end
    var text = edit.text
    if isInsideLineEnd(start) {
      start -= 1
      text = "\r" + text
    }
    if isInsideLineEnd(end) {
      end += 1
      text += "\n"
    }
    return ["range": range(SourceSpan(start, end)), "newText": .string(text)]
  }

  private func isInsideLineEnd(_ offset: Int) -> Bool {
    offset > 0 && offset < bytes.count && bytes[offset - 1] == 0x0D && bytes[offset] == 0x0A
  }
}
