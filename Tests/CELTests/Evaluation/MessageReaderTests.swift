import CEL
import CELConformance
import MarkedSource
import Testing

@Suite("The bytes of messages")
struct MessageReaderTests {
  private static let prefix = "cel.expr.conformance.proto2"
  private static let records = Environment([], types: TestMessages.withEnumsAsInts.types).records

  /// Whether an expression about the message `x` is true.
  private func isTrue(_ expression: String, of bytes: [UInt8], _ type: String = "TestAllTypes") throws -> Bool {
    let message = CELValue.record(
      "google.protobuf.Any", [("type_url", .string("/\(Self.prefix).\(type)")), ("value", .bytes(bytes))])
    guard case .bool(let found) = try evaluated(expression, [("x", message)], types: TestMessages.withEnumsAsInts.types)
    else {
      return false
    }
    return found
  }

  @Test(
    "are read field by field, the last of several counting, and lists in either spelling",
    arguments: [
      // single_int32 twice
      ("x.single_int32 == 2", [0x08, 1, 0x08, 2]),
      // single_int32 as -1 in ten bytes, and of more than 32 bits
      ("x.single_int32 == -1", [0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]),
      ("x.single_int32 == 0", [0x08, 0x80, 0x80, 0x80, 0x80, 0x10]),
      // single_sint32, single_sint64
      ("x.single_sint32 == -3 && x.single_sint64 == 2", [0x28, 5, 0x30, 4]),
      // repeated_int32, packed and not
      ("x.repeated_int32 == [1, 2, 300]", [0xF8, 0x01, 1, 0xFA, 0x01, 3, 2, 0xAC, 0x02]),
      // standalone_message in two parts
      ("x.standalone_message.bb == 5", [0xBA, 0x01, 2, 0x08, 4, 0xBA, 0x01, 2, 0x08, 5]),
      // map_string_string: the same key twice, an entry without value
      (
        "x.map_string_string == {'a': 'c', '': ''}",
        [0xEA, 0x03, 6, 0x0A, 1, 0x61, 0x12, 1, 0x62, 0xEA, 0x03, 6, 0x12, 1, 0x63, 0x0A, 1, 0x61, 0xEA, 0x03, 0]
      ),
      // oneof_bool, then oneof_msg
      ("has(x.oneof_msg) && !has(x.oneof_bool)", [0x90, 0x19, 1, 0x8A, 0x19, 0]),
      ("has(x.oneof_bool) && !has(x.oneof_msg)", [0x8A, 0x19, 0, 0x90, 0x19, 1]),
      // NestedGroup
      ("x.nestedgroup.single_id == 9", [0x9B, 0x19, 0xA0, 0x19, 9, 0x9C, 0x19]),
      // A field that nobody declared, and one that is spelt as another type
      ("x != cel.expr.conformance.proto2.TestAllTypes{}", [0xC0, 0xBB, 0x01, 1]),
      ("x.single_int32 == -32", [0x0D, 1, 2, 3, 4]),
      ("x == cel.expr.conformance.proto2.TestAllTypes{}", []),
      // single_any of a type that nobody declared
      ("has(x.single_any)", [0xA2, 0x06, 5, 0x0A, 3, 0x61, 0x2F, 0x62]),
    ] as [(String, [UInt8])])
  func fields(expression: String, bytes: [UInt8]) throws {
    #expect(try isTrue(expression, of: bytes), "\(expression)")
  }

  @Test(
    "that are no message are refused",
    arguments: [
      [0x08], [0x08, 0x80], [0x00], [0x07], [0x0A, 5, 1], [0x0D, 1, 2], [0x0C], [0x9B, 0x19], [0x72, 1, 0xFF],
      [0x9B, 0x19, 0x0C], [0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
      [0xFA, 0x01, 1, 0x80], [0xA2, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0],
    ] as [[UInt8]])
  func malformed(bytes: [UInt8]) {
    #expect(throws: EvaluationError.self) { try isTrue("true", of: bytes) }
  }

  /// A message, read; `nil` for bytes that are none.
  private static func message(_ bytes: [UInt8]) -> CELValue? {
    let arena = Arena()
    let any = CELValue.record(
      "google.protobuf.Any",
      [("type_url", .string("\(prefix).TestAllTypes")), ("value", .bytes(bytes))])
    return withExtendedLifetime(arena) { try? arena.value(any, records).copied() }
  }

  private static func bytes(_ message: CELValue) -> [UInt8]? {
    guard case .record(let name, let fields) = message else { return nil }
    var writer = MessageWriter(records)
    writer.write(name, fields)
    return writer.bytes
  }

  @Test("are written as they were read, whatever they are")
  func randomBytes() {
    for seed in 0..<2_000 {
      var generator = SeededGenerator(seed: UInt64(seed))
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...12, using: &generator) { bytes += Self.randomField(&generator, depth: 0) }
      guard let message = Self.message(bytes) else { continue }
      guard let written = Self.bytes(message), let again = Self.message(written) else {
        Issue.record("seed \(seed): what was written cannot be read")
        continue
      }
      #expect(Self.bytes(again) == written, "seed \(seed)")
    }
  }

  /// A field with content that mostly fits some form.
  private static func randomField(_ generator: inout SeededGenerator, depth: Int) -> [UInt8] {
    let number =
      [
        Int.random(in: 1...60, using: &generator), Int.random(in: 61...135, using: &generator),
        Int.random(in: 200...330, using: &generator), Int.random(in: 400...410, using: &generator),
        Int.random(in: 1000...1009, using: &generator),
      ].randomElement(using: &generator) ?? 1
    let type = [0, 2, 2, 2, 5, 1, 3].randomElement(using: &generator) ?? 0
    var bytes = varint(number << 3 | type)
    switch type {
    case 0: bytes += varint(Int.random(in: 0...Int.max, using: &generator) >> Int.random(in: 0...62, using: &generator))
    case 1: bytes += (0..<8).map { _ in UInt8.random(in: 0...255, using: &generator) }
    case 5: bytes += (0..<4).map { _ in UInt8.random(in: 0...255, using: &generator) }
    case 3: bytes += depth < 4 ? randomField(&generator, depth: depth + 1) + varint(number << 3 | 4) : []
    default:
      var content: [UInt8] = []
      if depth < 4, Bool.random(using: &generator) {
        for _ in 0..<Int.random(in: 0...3, using: &generator) { content += randomField(&generator, depth: depth + 1) }
      } else {
        content = (0..<Int.random(in: 0...6, using: &generator)).map { _ in UInt8.random(in: 0...127, using: &generator)
        }
      }
      bytes += varint(content.count) + content
    }
    return bytes
  }

  private static func varint(_ value: Int) -> [UInt8] {
    var value = value
    var bytes: [UInt8] = []
    while value > 127 {
      bytes.append(UInt8(value & 127) | 128)
      value >>= 7
    }
    return bytes + [UInt8(value)]
  }
}
