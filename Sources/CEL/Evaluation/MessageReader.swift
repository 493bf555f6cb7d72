/// Reads messages of declared types from their bytes (protobuf, "Encoding").
struct MessageReader {
  let layouts: RecordLayouts
  /// Where the values lie.
  let arena: Arena

  /// What the fields of a message are gathered in: lists and maps come element by element, and the parts of a message
  /// count as one.
  private struct Parts {
    var builder: RecordBuilder
    var lists: [Int: [Value]] = [:]
    var entries: [Int: [MapView.Entry]] = [:]
    var entryPlaces: [Int: [FieldKey: Int]] = [:]
    var messages: [Int: [UInt8]] = [:]
    var unknown: [Int: [UInt8]] = [:]
  }

  /// A key of a map field.
  private struct FieldKey: Hashable {
    let bits: UInt64
    let text: String

    init(_ key: Value) {
      text = key.kind == .string ? key.text : ""
      bits = key.kind == .string ? 0 : key.bits
    }
  }

  /// What an `Any` holds.
  ///
  /// - Parameters:
  ///   - url: The name of the type, behind whatever stands before the last slash.
  ///   - content: The bytes of the message.
  ///   - depth: How many messages are around it.
  /// - Returns: The message, or the value that CEL has for it.
  /// - Throws: `EvaluationError` for types that are not declared, and for bytes that are no such message.
  func content(ofAny url: Value, _ content: Value, _ depth: Int) throws(EvaluationError) -> Value {
    let name = typeName(url)
    guard let place = layouts.place(named: name) else { throw EvaluationError.undeclaredType(name) }
    return try message(content.bytes, place, depth: depth + 1)
  }

  private func typeName(_ url: Value) -> String { String(url.text.split(separator: "/").last ?? "") }

  /// Reads a message.
  ///
  /// - Parameters:
  ///   - bytes: The message, which lies in the arena.
  ///   - place: The place of its type among the layouts.
  ///   - depth: How many messages are around it.
  /// - Returns: The record; for the well-known messages, the value that CEL has for them.
  /// - Throws: `EvaluationError` for bytes that are no such message, and for messages that nest too deep.
  func message(_ bytes: ByteView, _ place: Int, depth: Int) throws(EvaluationError) -> Value {
    guard depth < FieldConversion.nestingLimit else { throw FieldConversion.tooDeep }
    var parts = Parts(builder: RecordBuilder(layouts, place))
    let layout = layouts.layouts[place]
    var reader = WireReader(bytes)
    while !reader.isAtEnd {
      let start = reader.offset
      let (number, type) = try reader.tag()
      if let field = layout.place(ofNumber: number),
        try read(layout.fields[field].form, field, number, type, &reader, &parts, depth)
      {
        continue
      }
      try reader.skip(number, type)
      parts.unknown[number, default: []] += reader.bytes(from: start)
    }
    return try finished(&parts, depth)
  }

  private func finished(_ parts: inout Parts, _ depth: Int) throws(EvaluationError) -> Value {
    for (field, elements) in parts.lists { parts.builder.set(field, to: try arena.list(elements)) }
    for (field, entries) in parts.entries { parts.builder.set(field, to: try arena.map(entries)) }
    for (field, content) in parts.messages.sorted(by: { $0.key < $1.key }) {
      guard let place = messagePlace(parts.builder.layout.fields[field].form) else { continue }
      let bytes = try arena.bytes(content).bytes
      parts.builder.set(field, to: try message(bytes, place, depth: depth + 1))
    }
    // Their order among each other means nothing.
    for (_, bytes) in parts.unknown.sorted(by: { $0.key < $1.key }) { parts.builder.unknown += bytes }
    if parts.builder.layout.wellKnown == .any, isUndeclaredAny(parts.builder) {
      return try parts.builder.opaqueAny(arena)
    }
    return try parts.builder.value(arena, depth: depth)
  }

  private func isUndeclaredAny(_ builder: RecordBuilder) -> Bool {
    layouts.place(named: typeName(builder.field(0) ?? Value(.string))) == nil
  }

  private func messagePlace(_ form: FieldForm) -> Int? {
    switch form {
    case .message(let name), .group(let name): layouts.place(named: name)
    case .bool, .int32, .int64, .uint32, .uint64, .sint32, .sint64, .fixed32, .fixed64, .sfixed32, .sfixed64, .float,
      .double, .string, .bytes, .enumeration, .typedEnumeration, .null, .list, .map, .value:
      nil
    }
  }

  // MARK: - Fields

  /// Reads the value of a field.
  ///
  /// - Returns: Whether it was spelt as its form asks; if not, nothing was read.
  private func read(
    _ form: FieldForm, _ field: Int, _ number: Int, _ type: WireReader.WireType, _ reader: inout WireReader,
    _ parts: inout Parts, _ depth: Int
  ) throws(EvaluationError) -> Bool {
    switch form {
    case .message:
      guard type == .delimited, messagePlace(form) != nil else { return false }
      parts.builder.clearSiblings(of: field, in: &parts.messages)
      parts.messages[field, default: []] += try reader.delimited()
    case .group:
      guard type == .groupStart, messagePlace(form) != nil else { return false }
      parts.messages[field, default: []] += try reader.group(number)
    case .list(let element):
      if element.isPackable, type == .delimited, let type = element.wireType {
        var packed = WireReader(try reader.delimited())
        while !packed.isAtEnd {
          guard let value = try scalar(element, type, &packed) else { throw WireReader.malformed }
          parts.lists[field, default: []].append(value)
        }
      } else if let value = try value(element, number, type, &reader, depth) {
        parts.lists[field, default: []].append(value)
      } else {
        return false
      }
    case .map(let key, let element):
      guard type == .delimited else { return false }
      let entry = try entry(key, element, WireReader(try reader.delimited()), depth)
      if let place = parts.entryPlaces[field]?[FieldKey(entry.key)] {
        parts.entries[field]?[place] = entry
      } else {
        parts.entryPlaces[field, default: [:]][FieldKey(entry.key)] = parts.entries[field]?.count ?? 0
        parts.entries[field, default: []].append(entry)
      }
    case .bool, .int32, .int64, .uint32, .uint64, .sint32, .sint64, .fixed32, .fixed64, .sfixed32, .sfixed64, .float,
      .double, .string, .bytes, .enumeration, .typedEnumeration, .null, .value:
      guard let value = try scalar(form, type, &reader) else { return false }
      parts.builder.clearSiblings(of: field, in: &parts.messages)
      parts.builder.set(field, to: value)
    }
    return true
  }

  /// A value that stands by itself: of a list or a map.
  private func value(
    _ form: FieldForm, _ number: Int, _ type: WireReader.WireType, _ reader: inout WireReader, _ depth: Int
  ) throws(EvaluationError) -> Value? {
    guard let place = messagePlace(form) else { return try scalar(form, type, &reader) }
    switch type {
    case .delimited: return try message(reader.delimited(), place, depth: depth + 1)
    case .groupStart: return try message(reader.group(number), place, depth: depth + 1)
    case .varint, .fixed64, .groupEnd, .fixed32: return nil
    }
  }

  private func entry(
    _ key: FieldForm, _ element: FieldForm, _ reader: WireReader, _ depth: Int
  ) throws(EvaluationError) -> MapView.Entry {
    var reader = reader
    var found: (key: Value?, value: Value?) = (nil, nil)
    while !reader.isAtEnd {
      let (number, type) = try reader.tag()
      if number == 1, let key = try scalar(key, type, &reader) {
        found.key = key
      } else if number == 2, let value = try value(element, number, type, &reader, depth) {
        found.value = value
      } else {
        try reader.skip(number, type)
      }
    }
    if found.key == nil { found.key = try layouts.defaultValue(of: RecordType.Field("key", 1, key), arena) }
    if found.value == nil { found.value = try absentValue(element, depth) }
    return MapView.Entry(key: found.key ?? .null, value: found.value ?? .null)
  }

  /// The value of an entry that has none.
  private func absentValue(_ form: FieldForm, _ depth: Int) throws(EvaluationError) -> Value {
    if let place = messagePlace(form) { return try message(ByteView(address: 0, count: 0), place, depth: depth + 1) }
    return try layouts.defaultValue(of: RecordType.Field("value", 2, form), arena)
  }

  /// A number, a string or bytes; `nil` when it is spelt in another way than its form asks.
  private func scalar(
    _ form: FieldForm, _ type: WireReader.WireType, _ reader: inout WireReader
  ) throws(EvaluationError) -> Value? {
    guard type == form.wireType else { return nil }
    switch form {
    case .bool: return .bool(try reader.varint() != 0)
    case .int32, .enumeration: return .int(Int64(Int32(truncatingIfNeeded: try reader.varint())))
    case .typedEnumeration(let name):
      return try arena.opaque(EnumValue(name, Int32(truncatingIfNeeded: try reader.varint())))
    case .int64: return .int(Int64(bitPattern: try reader.varint()))
    case .uint32: return .uint(UInt64(UInt32(truncatingIfNeeded: try reader.varint())))
    case .uint64: return .uint(try reader.varint())
    case .sint32: return .int(Int64(Int32(truncatingIfNeeded: Self.unfolded(try reader.varint()))))
    case .sint64: return .int(Self.unfolded(try reader.varint()))
    case .fixed32: return .uint(try reader.fixed(4))
    case .fixed64: return .uint(try reader.fixed(8))
    case .sfixed32: return .int(Int64(Int32(truncatingIfNeeded: try reader.fixed(4))))
    case .sfixed64: return .int(Int64(bitPattern: try reader.fixed(8)))
    case .float: return .double(Double(Float(bitPattern: UInt32(truncatingIfNeeded: try reader.fixed(4)))))
    case .double: return .double(Double(bitPattern: try reader.fixed(8)))
    case .bytes: return try arena.bytes(reader.delimited())
    case .string:
      let text = try reader.delimited()
      guard String(validating: text, as: UTF8.self) != nil else { throw WireReader.malformed }
      return try arena.string(text)
    case .null:
      _ = try reader.varint()
      return .null
    case .message, .group, .list, .map, .value: return nil
    }
  }

  /// The number that a zigzag encoding stands for.
  private static func unfolded(_ value: UInt64) -> Int64 {
    Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }
}

extension FieldForm {
  /// How a single value of the form is spelt.
  fileprivate var wireType: WireReader.WireType? {
    switch self {
    case .bool, .int32, .int64, .uint32, .uint64, .sint32, .sint64, .enumeration, .typedEnumeration, .null: .varint
    case .fixed32, .sfixed32, .float: .fixed32
    case .fixed64, .sfixed64, .double: .fixed64
    case .string, .bytes, .message, .map: .delimited
    case .group: .groupStart
    case .list, .value: nil
    }
  }

  /// Whether many of its values may stand behind one length.
  fileprivate var isPackable: Bool {
    switch self {
    case .bool, .int32, .int64, .uint32, .uint64, .sint32, .sint64, .fixed32, .fixed64, .sfixed32, .sfixed64, .float,
      .double, .enumeration, .typedEnumeration, .null:
      true
    case .string, .bytes, .message, .group, .list, .map, .value: false
    }
  }
}
