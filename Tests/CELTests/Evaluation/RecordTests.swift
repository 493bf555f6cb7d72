import CEL
import CELConformance
import MarkedSource
import Testing

@Suite("Records and messages")
struct RecordTests {
  static let types: [RecordType] = [
    RecordType(
      "my.Account",
      [
        RecordType.Field("id", .int), RecordType.Field("name", .string, hasPresence: true),
        RecordType.Field("tags", .list(.string)), RecordType.Field("limits", .map(.string, .int)),
        RecordType.Field("owner", .message("my.Account")), RecordType.Field("created", .timestamp),
        RecordType.Field("quota", .wrapper(.int)), RecordType.Field("extra", .dyn),
        RecordType.Field("score", 9, .float, default: .double(0.5)),
        RecordType.Field("left", 10, .int32, oneof: "side"), RecordType.Field("right", 11, .int32, oneof: "side"),
      ])
  ]

  @Test(
    "have fields with presence, defaults and the values they were given",
    arguments: [
      "my.Account{id: 7}.id == 7", "my.Account{}.id == 0", "my.Account{}.name == ''", "!has(my.Account{}.name)",
      "has(my.Account{name: ''}.name)", "!has(my.Account{id: 0}.id)", "has(my.Account{id: 1}.id)",
      "my.Account{}.tags == []", "!has(my.Account{tags: []}.tags)", "my.Account{limits: {'a': 1}}.limits.a == 1",
      "my.Account{}.owner.owner.id == 0", "!has(my.Account{}.owner)", "has(my.Account{owner: my.Account{}}.owner)",
      "my.Account{}.created == timestamp(0)", "my.Account{}.quota == null", "my.Account{quota: 0}.quota == 0",
      "has(my.Account{quota: 0}.quota)", "my.Account{owner: null} == my.Account{}",
      "my.Account{}.extra == null", "my.Account{extra: [1, 'a']}.extra[1] == 'a'", "my.Account{}.score == 0.5",
      "my.Account{score: 0.1}.score != 0.1", "!has(my.Account{left: 1, right: 0}.left)",
      "has(my.Account{left: 1, right: 0}.right)", "my.Account{id: 1} == my.Account{id: 1, tags: []}",
      "my.Account{id: 1} != my.Account{id: 2}", "my.Account{score: 0.0 / 0.0} != my.Account{score: 0.0 / 0.0}",
      "type(my.Account{}) == my.Account", "my.Account{?id: optional.none()} == my.Account{}",
      "my.Account{?id: optional.of(3)}.id == 3", "!my.Account{}.?name.hasValue()",
      "my.Account{name: 'x'}.?name.value() == 'x'", "my.Account{} in [my.Account{}]",
    ])
  func members(expression: String) throws {
    guard case .bool(true) = try evaluated(expression, types: Self.types) else {
      Issue.record("`\(expression)` is not true")
      return
    }
  }

  @Test(
    "refuse what their fields cannot hold",
    arguments: [
      "my.Account{id: 'x'}", "my.Account{id: null}", "my.Account{tags: null}", "my.Account{tags: [1]}",
      "my.Account{missing: 1}", "my.Account{}.missing", "has(my.Account{}.missing)", "my.Missing{}",
      "my.Account{owner: 1}", "my.Account{left: 2147483648}", "my.Account{limits: {1: 1}}",
      "google.protobuf.Int32Value{value: 2147483648}", "google.protobuf.UInt32Value{value: 4294967296u}",
      "google.protobuf.Timestamp{seconds: 253402300800}", "google.protobuf.Duration{seconds: 1, nanos: -1}",
      "google.protobuf.Any{}", "google.protobuf.Any{type_url: 'a/b.C'}", "google.protobuf.Struct{fields: null}",
      "google.protobuf.Value{list_value: [type(1)]}",
      "google.protobuf.Any{type_url: 'google.protobuf.Timestamp', value: b'\\x08'}",
    ])
  func refusals(expression: String) {
    #expect(throws: EvaluationError.self) {
      try evaluated(expression, types: Self.types, isChecked: false)
    }
  }

  @Test(
    "of protocol buffers' own are values of CEL's types",
    arguments: [
      "google.protobuf.Timestamp{seconds: 1, nanos: 5} == timestamp('1970-01-01T00:00:01.000000005Z')",
      "google.protobuf.Duration{seconds: -1, nanos: -500000000} == duration('-1.5s')",
      "google.protobuf.FloatValue{value: 1e40} == double('Infinity')",
      "google.protobuf.FloatValue{value: 0.1} != 0.1",
      "google.protobuf.Value{} == null", "google.protobuf.Value{number_value: 1.0} == 1.0",
      "google.protobuf.Value{string_value: ''} == ''",
      "google.protobuf.ListValue{values: [1, true, null]} == [1.0, true, null]",
      "google.protobuf.ListValue{values: [9007199254740992]}[0] == '9007199254740992'",
      "google.protobuf.Struct{fields: {'a': {'b': [b'\\x00\\x01\\x02\\x03']}}}.a.b[0] == 'AAECAw=='",
      "google.protobuf.Struct{fields: {'a': duration('1.5s'), 'b': timestamp(0)}} == {'a': '1.500s', 'b': '1970-01-01T00:00:00Z'}",
      "google.protobuf.Value{struct_value: {'a': 1u}}.a == 1.0",
      "google.protobuf.ListValue{values: [google.protobuf.FieldMask{paths: ['user_name', 'b']}]} == ['userName,b']",
      "google.protobuf.ListValue{values: [google.protobuf.Empty{}]} == [{}]",
      "google.protobuf.Any{type_url: 'x/google.protobuf.Int64Value', value: b'\\x08\\x96\\x01'} == 150",
      "google.protobuf.Any{type_url: 'google.protobuf.StringValue', value: b'\\x0a\\x01a'} == 'a'",
      "google.protobuf.FieldMask{paths: ['a']}.paths == ['a']", "google.protobuf.Empty{} == google.protobuf.Empty{}",
    ])
  func wellKnown(expression: String) throws {
    guard case .bool(true) = try evaluated(expression, isChecked: false) else {
      Issue.record("`\(expression)` is not true")
      return
    }
  }

  private static let nestedType = "cel.expr.conformance.proto3.NestedTestAllTypes"

  /// A message of so many messages in each other, as bytes.
  private static func nestedMessage(depth: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<depth { bytes = [0x0A, 0x80 | UInt8(bytes.count & 127), UInt8(bytes.count >> 7)] + bytes }
    return bytes
  }

  /// What an expression about `x` comes to on a stack of 512 KiB.
  private static func outcome(_ expression: String, _ value: @escaping @Sendable () -> CELValue) -> String? {
    onSmallStack {
      do {
        _ = try evaluated(expression, [("x", value())], types: TestMessages.withEnumsAsInts.types)
        return "value"
      } catch {
        return "\(error)"
      }
    }
  }

  @Test("nest no deeper than protocol buffers do", arguments: [90, 110])
  func nesting(depth: Int) {
    let isTooDeep = depth > 100
    let message = "the value nests too deep for a message"
    let bytes = Self.nestedMessage(depth: depth)
    let outcome = Self.outcome("x") {
      .record("google.protobuf.Any", [("type_url", .string(Self.nestedType)), ("value", .bytes(bytes))])
    }
    #expect(outcome == (isTooDeep ? message : "value"))
    let literal = Self.outcome("google.protobuf.Any{type_url: '\(Self.nestedType)', value: x}") { .bytes(bytes) }
    #expect(literal == (isTooDeep ? message : "value"))
    let list = Self.outcome("google.protobuf.Value{list_value: x}") {
      (0..<depth).reduce(CELValue.list([])) { list, _ in .list([list]) }
    }
    #expect(list == (isTooDeep ? "`list_value` of `google.protobuf.Value`: \(message)" : "value"))
  }
}
