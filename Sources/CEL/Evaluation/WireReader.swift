/// Reads the bytes of a protocol buffer message field by field (protobuf, "Encoding").
struct WireReader {
  private let bytes: ByteView
  private(set) var offset = 0

  init(_ bytes: ByteView) { self.bytes = bytes }

  /// How a field's value is spelt.
  enum WireType: UInt8 {
    case varint, fixed64, delimited, groupStart, groupEnd, fixed32
  }

  var isAtEnd: Bool { offset >= bytes.count }

  static let malformed = EvaluationError.invalidArgument("the bytes are no message of their type")

  /// The number of the next field, and how its value is spelt.
  mutating func tag() throws(EvaluationError) -> (number: Int, type: WireType) {
    let tag = try varint()
    guard let type = WireType(rawValue: UInt8(tag & 7)), tag >> 3 > 0, tag >> 3 < 1 << 29 else {
      throw Self.malformed
    }
    return (Int(tag >> 3), type)
  }

  mutating func varint() throws(EvaluationError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64 {
      guard offset < bytes.count else { throw Self.malformed }
      let byte = bytes[offset]
      offset += 1
      value |= UInt64(byte & 127) << shift
      if byte < 128 { return value }
      shift += 7
    }
    throw Self.malformed
  }

  /// A number of so many bytes, the least significant first.
  mutating func fixed(_ count: Int) throws(EvaluationError) -> UInt64 {
    guard count <= bytes.count - offset else { throw Self.malformed }
    var value: UInt64 = 0
    for index in 0..<count { value |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
    offset += count
    return value
  }

  /// The bytes behind a length.
  mutating func delimited() throws(EvaluationError) -> ByteView {
    guard let count = Int(exactly: try varint()), count <= bytes.count - offset else { throw Self.malformed }
    offset += count
    return bytes.slice((offset - count)..<offset)
  }

  /// The bytes of a group whose start was read, without its end.
  mutating func group(_ number: Int) throws(EvaluationError) -> ByteView {
    let start = offset
    var open = [number]
    while let innermost = open.last {
      let end = offset
      let (number, type) = try tag()
      switch type {
      case .groupStart: open.append(number)
      case .groupEnd:
        guard number == innermost else { throw Self.malformed }
        open.removeLast()
        if open.isEmpty { return bytes.slice(start..<end) }
      case .varint, .fixed64, .delimited, .fixed32: try skip(number, type)
      }
    }
    throw Self.malformed
  }

  /// Passes over a value.
  mutating func skip(_ number: Int, _ type: WireType) throws(EvaluationError) {
    switch type {
    case .varint: _ = try varint()
    case .fixed64: _ = try fixed(8)
    case .fixed32: _ = try fixed(4)
    case .delimited: _ = try delimited()
    case .groupStart: _ = try group(number)
    case .groupEnd: throw Self.malformed
    }
  }

  /// The bytes from a place to where the reader is.
  func bytes(from start: Int) -> ByteView { bytes.slice(start..<offset) }
}

extension FieldForm {
  /// How a single value of the form is spelt; `nil` for those that messages do not have.
  var wireType: WireReader.WireType? {
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
  var isPackable: Bool {
    switch self {
    case .bool, .int32, .int64, .uint32, .uint64, .sint32, .sint64, .fixed32, .fixed64, .sfixed32, .sfixed64, .float,
      .double, .enumeration, .typedEnumeration, .null:
      true
    case .string, .bytes, .message, .group, .list, .map, .value: false
    }
  }
}
