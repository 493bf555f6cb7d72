internal import Diagnostics
internal import Source

/// Writes the places of one file as SARIF has them (sections 3.28 to 3.33).
struct SARIFPlaces {
  /// The member that names the file.
  let artifact: String
  private let baseID: String
  private let lines: LineTable
  private let hasByteOrderMark: Bool

  init(_ source: SourceText, baseID: String) {
    self.baseID = baseID
    artifact = Self.artifact(source.name, baseID: baseID)
    lines = LineTable(source)
    hasByteOrderMark = source.bytes.starts(with: [0xEF, 0xBB, 0xBF])
  }

  private static func artifact(_ name: String, baseID: String) -> String {
    let uri = FileURI(path: name)
    return "\"artifactLocation\":{\"uri\":\"\(uri.text)\"\(uri.isAbsolute ? "" : ",\"uriBaseId\":\"\(baseID)\"")}"
  }

  /// Appends the members of a location: the place in the file, and the path of the value.
  func append(_ span: SourceSpan, _ path: FieldPath, to output: inout [UInt8]) {
    output.append("\"physicalLocation\":{\(artifact),\"region\":")
    appendRegion(span, to: &output)
    output.append("}")
    append(path, to: &output)
  }

  /// The same of a related place, which may be in another file.
  func append(_ related: RelatedPlace, to output: inout [UInt8]) {
    guard let place = related.elsewhere else { return append(related.span, related.path, to: &output) }
    output.append("\"physicalLocation\":{\(Self.artifact(place.name, baseID: baseID)),\"region\":{")
    output.append("\"startLine\":\(place.start.line),\"startColumn\":\(place.start.column),")
    output.append("\"endLine\":\(place.end.line),\"endColumn\":\(place.end.column),")
    output.append("\"byteOffset\":\(place.start.offset),\"byteLength\":\(place.end.offset - place.start.offset)}}")
    append(related.path, to: &output)
  }

  private func append(_ path: FieldPath, to output: inout [UInt8]) {
    guard let last = path.components.last else { return }
    output.append(",\"logicalLocations\":[{\"name\":")
    switch last {
    case .key(let name): JSONText.append(name, to: &output)
    case .index(let index): output.append("\"[\(index)]\"")
    }
    output.append(",\"fullyQualifiedName\":")
    JSONText.append(path.field, to: &output)
    switch last {
    case .key: output.append(",\"kind\":\"member\"}]")
    case .index: output.append(",\"kind\":\"element\"}]")
    }
  }

  /// Appends a region: lines and columns from 1, the end column behind the last character, and bytes from 0.
  func appendRegion(_ span: SourceSpan, to output: inout [UInt8]) {
    let start = lines.position(of: span.start)
    let end = lines.position(of: span.end)
    output.append("{\"startLine\":\(start.line),\"startColumn\":\(column(of: start)),")
    output.append("\"endLine\":\(end.line),\"endColumn\":\(column(of: end)),")
    output.append("\"byteOffset\":\(start.offset),\"byteLength\":\(end.offset - start.offset)}")
  }

  /// The column of a position; a byte order mark is none of the file's characters.
  private func column(of position: SourcePosition) -> Int {
    hasByteOrderMark && position.line == 1 ? max(1, position.column - 1) : position.column
  }
}
