internal import Diagnostics

/// Writes values as JSON: timestamps, durations and types as the strings that `string()` gives, bytes in base 64.
///
/// What JSON has no form for (infinities, opaque values) is a string too; an optional is what it holds, or `null`; a
/// message is an object of the fields that are set.
package struct ValueJSON {
  /// What is open, the innermost last; a stack of its own, since values may nest as deep as there is memory.
  private var open: [Container] = []
  private var output: [UInt8] = []

  /// A list, map or message of which a part is written.
  private struct Container {
    var elements = ListView(address: 0, count: 0)
    var entries: MapView?
    /// Of a message, the fields that are set.
    var fields: [(name: String, value: Value)]?
    var next = 0

    var count: Int { fields?.count ?? entries?.count ?? elements.count }
    var isList: Bool { fields == nil && entries == nil }
  }

  private init() {}

  /// The JSON of a value, without blanks.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - limit: About how many bytes are written at most.
  /// - Returns: UTF-8, and whether it is all of the value.
  package static func written(_ value: Value, limit: Int = .max) -> (text: [UInt8], isWhole: Bool) {
    var writer = ValueJSON()
    writer.begin(value, limit)
    while let index = writer.open.indices.last {
      if writer.output.count > limit { return (writer.output, false) }
      writer.writePart(of: index, limit)
    }
    return (writer.output, writer.output.count <= limit)
  }

  private mutating func writePart(of index: Int, _ limit: Int) {
    let container = open[index]
    let place = container.next
    open[index].next += 1
    guard place < container.count else {
      output.append(container.isList ? UInt8(ascii: "]") : UInt8(ascii: "}"))
      open.removeLast()
      return
    }
    if place > 0 { output.append(UInt8(ascii: ",")) }
    if let fields = container.fields {
      JSONText.append(fields[place].name, to: &output)
      output.append(UInt8(ascii: ":"))
      begin(fields[place].value, limit)
    } else if let entries = container.entries {
      let entry = entries[place]
      writeKey(entry.key, limit)
      output.append(UInt8(ascii: ":"))
      begin(entry.value, limit)
    } else {
      begin(container.elements[place], limit)
    }
  }

  private mutating func writeKey(_ key: Value, _ limit: Int) {
    switch key.kind {
    case .bool, .int, .uint:
      output.append(UInt8(ascii: "\""))
      begin(key, limit)
      output.append(UInt8(ascii: "\""))
    case .string, .error, .null, .double, .bytes, .timestamp, .duration, .list, .map, .type, .optional, .record,
      .opaque:
      begin(key, limit)
    }
  }

  /// Writes a value that has no parts, or opens one that has.
  private mutating func begin(_ value: Value, _ limit: Int) {
    switch value.kind {
    case .null, .error: output += "null".utf8
    case .bool: output += (value.isTrue ? "true" : "false").utf8
    case .int: output += String(value.int).utf8
    case .uint: output += String(value.uint).utf8
    case .double:
      if value.double.isFinite {
        output += value.double.description.utf8
      } else {
        JSONText.append(value.double.isNaN ? "NaN" : value.double < 0 ? "-Infinity" : "Infinity", to: &output)
      }
    case .string, .type: JSONText.append(prefix(of: value.bytes, limit), to: &output)
    case .bytes:
      output.append(UInt8(ascii: "\""))
      output += Base64.encoded(value.bytes.slice(0..<min(value.bytes.count, limit)))
      output.append(UInt8(ascii: "\""))
    case .timestamp: JSONText.append(value.timestamp.description, to: &output)
    case .duration: JSONText.append(value.duration.description, to: &output)
    case .list: start(Container(elements: value.elements))
    case .map: start(Container(entries: value.entries))
    case .record:
      let record = value.record
      let fields = record.layout.fields.enumerated().compactMap { index, field in
        record.field(index).map { (field.name, $0) }
      }
      start(Container(fields: fields))
    case .optional:
      // Optionals may hold optionals.
      var held = value
      while held.kind == .optional, let inner = held.optionalValue { held = inner }
      if held.kind == .optional { output += "null".utf8 } else { begin(held, limit) }
    case .opaque: JSONText.append("\(value.opaque)", to: &output)
    }
  }

  private mutating func start(_ container: Container) {
    output.append(container.isList ? UInt8(ascii: "[") : UInt8(ascii: "{"))
    open.append(container)
  }

  /// A text, cut where it alone is beyond the limit.
  private func prefix(of bytes: ByteView, _ limit: Int) -> String {
    guard bytes.count > limit else { return String(decoding: bytes, as: UTF8.self) }
    // One byte more than the limit says that something is missing.
    var end = limit + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return String(decoding: bytes.slice(0..<end), as: UTF8.self)
  }
}
