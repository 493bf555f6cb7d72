import CEL

extension CELValue {
  /// The value as an expression spells it, so that a table can say what is expected: `["a", 1u, 2.5]`.
  ///
  /// Strings are in double quotes without escapes, bytes are a list of numbers, and the types of numbers show.
  var spelling: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .uint(let value): "\(value)u"
    case .double(let value): "\(value)"
    case .string(let text): "\"\(text)\""
    case .bytes(let content): "b\(content)"
    case .timestamp(let value): value.description
    case .duration(let value): value.description
    case .list(let elements): "[\(elements.map(\.spelling).joined(separator: ", "))]"
    case .map(let entries):
      "{\(entries.map { "\($0.key.spelling): \($0.value.spelling)" }.sorted().joined(separator: ", "))}"
    case .type(let name): name
    case .optional(nil): "optional.none()"
    case .optional(let value?): "optional.of(\(value.spelling))"
    case .record(let name, let fields):
      "\(name){\(fields.map { "\($0.name): \($0.value.spelling)" }.joined(separator: ", "))}"
    case .opaque(let value): "\(value.typeName)(\(value))"
    }
  }
}

/// What an expression gives, spelled out; `error: ` and the message when it gives an error.
func outcome(_ expression: String, _ bindings: [(String, CELValue)] = [], isChecked: Bool = true) -> String {
  do { return try evaluated(expression, bindings, isChecked: isChecked).spelling } catch { return "error: \(error)" }
}
