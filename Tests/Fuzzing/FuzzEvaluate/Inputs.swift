import CEL
import Invariants

/// Variables and their values.
struct Inputs {
  let environment: Environment
  private let values: [String: CELValue]
  /// Whether what the maps lack reads as null.
  private let readsAbsentAsNull: Bool

  /// What policies see.
  static let policy = Inputs(
    environment: .policy(variables: ["a", "b"]),
    values: ["resource": map, "principal": map, "request": .map([]), "now": .timestamp(time)], readsAbsentAsNull: true)

  /// Variables of many types, records among them.
  static let typed = Inputs(
    environment: Environment(
      [
        VariableDeclaration("a", type: .dyn), VariableDeclaration("b", type: .bool),
        VariableDeclaration("i", type: .int), VariableDeclaration("u", type: .uint),
        VariableDeclaration("d", type: .double), VariableDeclaration("s", type: .string),
        VariableDeclaration("y", type: .bytes), VariableDeclaration("t", type: .timestamp),
        VariableDeclaration("x", type: .list(.dyn)), VariableDeclaration("m", type: .map(.string, .dyn)),
        VariableDeclaration("o", type: .optional(.int)), VariableDeclaration("r", type: .message("p.R")),
        VariableDeclaration("w", type: .wrapper(.int)), VariableDeclaration("unset", type: .int),
      ], container: "p", types: [record]),
    values: [
      "a": map, "b": .bool(true), "i": .int(.min), "u": .uint(.max), "d": .double(-0.5),
      "s": .string("h\u{e9}llo \u{1f600}"),
      "y": .bytes([0, 255, 65]), "t": .timestamp(time), "x": list, "m": map, "o": .optional(.int(3)),
      "r": .record("p.R", [("text", .string("r")), ("names", .list([.string("a"), .string("b")]))]), "w": .null,
    ], readsAbsentAsNull: false)

  private static let time = Timestamp(seconds: 1_709_251_199) ?? Timestamp(seconds: 0).unsafelyUnwrapped

  private static let list = CELValue.list([
    .int(1), .uint(2), .double(1.5), .string("a"), .null, .list([.int(1), .int(3)]),
    .map([CELValue.Entry(.string("a"), .int(1))]), .optional(nil), .bytes([1]), .type("int"),
  ])

  private static let map = CELValue.map([
    CELValue.Entry(.string("a"), .map([CELValue.Entry(.string("b"), list), CELValue.Entry(.string("n"), .null)])),
    CELValue.Entry(.string("b"), .string("text")), CELValue.Entry(.string("c"), .int(42)),
    CELValue.Entry(.string("tags"), list), CELValue.Entry(.string("type"), .string("AWS::S3::Bucket")),
    CELValue.Entry(.string("public"), .bool(true)), CELValue.Entry(.int(1), .double(0.1)),
  ])

  private static let record = RecordType(
    "p.R",
    [
      RecordType.Field("count", 1, .int32), RecordType.Field("text", 2, .string, hasPresence: true),
      RecordType.Field("ratio", 3, .float), RecordType.Field("names", 4, .list(.string)),
      RecordType.Field("table", 5, .map(.string, .message("p.R"))), RecordType.Field("next", 6, .message("p.R")),
      RecordType.Field("any", 7, .message("google.protobuf.Any")), RecordType.Field("size", 8, .uint64),
      RecordType.Field("limit", 9, .message("google.protobuf.Int64Value")), RecordType.Field("data", 10, .bytes),
      RecordType.Field("at", 11, .message("google.protobuf.Timestamp")), RecordType.Field("choice", 12, .enumeration),
      RecordType.Field("json", 13, .message("google.protobuf.Value"), oneof: "kind"),
      RecordType.Field("flag", 14, .bool, oneof: "kind"),
    ])

  func activation() -> Activation {
    let activation = Activation(environment)
    for (index, variable) in environment.variables.enumerated() {
      guard let value = values[variable.name] else { continue }
      do {
        activation.set(index, to: try self.value(value, in: activation.arena))
      } catch {
        invariant(false, "the value of `\(variable.name)`: \(error)")
      }
    }
    if readsAbsentAsNull { activation.set(environment.slot(ofMember: 0), to: .int(7)) }
    return activation
  }

  private func value(_ value: CELValue, in arena: Arena) throws(EvaluationError) -> Value {
    guard readsAbsentAsNull else { return try arena.value(value, environment.records) }
    switch value {
    case .list(let elements):
      var values: [Value] = []
      for element in elements { values.append(try self.value(element, in: arena)) }
      return try arena.list(values)
    case .map(let entries):
      var values: [MapView.Entry] = []
      for entry in entries {
        values.append(MapView.Entry(key: try arena.value(entry.key), value: try self.value(entry.value, in: arena)))
      }
      return try arena.map(values).readingAbsentAsNull
    case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type, .optional, .record, .opaque:
      return try arena.value(value)
    }
  }
}
