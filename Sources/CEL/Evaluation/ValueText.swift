/// A value as `format` writes it for `%s`: strings as they are, lists and maps with all that is in them.
///
/// The entries of a map are sorted by the texts of their keys. Numbers have no exponent, and seconds no more digits than
/// they need (cel-go, `ext/formatting_v2.go`).
struct ValueText {
  private let context: EvaluationContext
  /// What is open, the innermost last; a stack of its own, since values may nest as deep as there is memory.
  private var open: [Container] = []

  init(_ context: EvaluationContext) { self.context = context }

  /// A list or a map of which a part is written.
  private struct Container {
    var elements = ListView(address: 0, count: 0)
    /// Of a map, the texts of the keys and the values.
    var entries: [(key: ByteView, value: Value)]?
    var next = 0

    var count: Int { entries?.count ?? elements.count }
  }

  /// Writes a value.
  ///
  /// - Throws: `EvaluationError` for what has no text: a message, an optional, an opaque value.
  mutating func write(_ value: Value, to text: inout GrowingText) throws(EvaluationError) {
    try begin(value, &text)
    while let index = open.indices.last {
      let place = open[index].next
      open[index].next += 1
      let isMap = open[index].entries != nil
      if place == open[index].count {
        try text.append(isMap ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        open.removeLast()
        continue
      }
      if place > 0 { try text.append(", ".utf8) }
      if let entry = open[index].entries?[place] {
        try text.append(entry.key)
        try text.append(": ".utf8)
        try begin(entry.value, &text)
      } else {
        try begin(open[index].elements[place], &text)
      }
    }
  }

  /// Writes a value that has no parts, or opens one that has.
  private mutating func begin(_ value: Value, _ text: inout GrowingText) throws(EvaluationError) {
    switch value.kind {
    case .null: try text.append("null".utf8)
    case .bool: try text.append((value.isTrue ? "true" : "false").utf8)
    case .int: try text.append(String(value.int).utf8)
    case .uint: try text.append(String(value.uint).utf8)
    case .double: try text.write { DoubleText(value.double).writePositional(to: &$0) }
    case .string, .type: try text.append(value.bytes)
    case .bytes:
      guard value.bytes.isUTF8 else { throw .invalidArgument("bytes that are not UTF-8 cannot be formatted as text") }
      try text.append(value.bytes)
    case .timestamp: try text.write { Self.write(value.timestamp.description, to: &$0) }
    case .duration: try text.write { Self.write(value.duration.description, to: &$0) }
    case .list:
      try context.charge(value.elements.count)
      try text.append(UInt8(ascii: "["))
      open.append(Container(elements: value.elements))
    case .map:
      try text.append(UInt8(ascii: "{"))
      try openMap(value.entries)
    case .error, .optional, .record, .opaque:
      throw .invalidArgument("`%s` cannot format a value of type `\(value.typeName)`")
    }
  }

  private mutating func openMap(_ entries: MapView) throws(EvaluationError) {
    try context.charge(entries.count)
    var sorted: [(key: ByteView, value: Value)] = []
    sorted.reserveCapacity(entries.count)
    for index in 0..<entries.count {
      let entry = entries[index]
      let key =
        switch entry.key.kind {
        case .string: entry.key
        case .bool: try context.string(entry.key.isTrue ? "true" : "false")
        case .int: try context.string(String(entry.key.int))
        case .uint: try context.string(String(entry.key.uint))
        case .error, .null, .double, .bytes, .timestamp, .duration, .list, .map, .type, .optional, .record, .opaque:
          throw EvaluationError.noOverload
        }
      sorted.append((key.bytes, entry.value))
    }
    sorted.sort { $0.key < $1.key }
    open.append(Container(entries: sorted))
  }

  /// Writes a time without the zeros at the end of its fraction.
  private static func write(_ time: String, to bytes: inout [UInt8]) {
    bytes += time.utf8
    guard time.utf8.contains(UInt8(ascii: ".")), let unit = bytes.popLast() else { return }
    while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
    bytes.append(unit)
  }
}

extension Value {
  /// The name of its type, for messages.
  var typeName: String {
    switch kind {
    case .record: record.layout.name
    case .opaque: opaque.typeName
    case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .list, .map, .type,
      .optional:
      "\(kind.typeName)"
    }
  }
}
