import CEL
import CELConformance
import DocumentTree

/// What a test of the suite asks for, and whether an answer is that.
struct ExpectedAnswer {
  let id: String
  let expression: String
  let tier: String
  private let expectation: JSONValue

  /// The one test of which an error is found by the checker already, as the suite's own description says.
  private static let checkedErrors: Set<String> = ["network_ext/ip_type/is_ip_cidr_compile_error"]

  init?(_ record: JSONValue) {
    guard let id = record["id"]?.text, let expression = record["expr"]?.text, let tier = record["tier"]?.text,
      let expectation = record["expect"]
    else { return nil }
    self.id = id
    self.expression = expression
    self.tier = tier
    self.expectation = expectation
  }

  /// What is wrong with an answer; `nil` when it is right.
  func difference(from answer: JSONValue) -> String? {
    let outcome = answer["outcome"]?.text ?? "none"
    if expectation["error"] != nil {
      let isError = outcome == "error" || (outcome == "check_error" && Self.checkedErrors.contains(id))
      return isError ? nil : "an error was expected"
    }
    if let value = expectation["value"] { return difference(of: answer, from: value) }
    guard let typed = expectation["typed"], let type = typed["type"] else { return "the test asks for nothing" }
    guard let found = answer["type"], Self.isSame(found, type) else { return "another type was expected" }
    if let value = typed["value"] { return difference(of: answer, from: value) }
    return outcome == "value" || outcome == "checked" ? nil : "it was to be checked"
  }

  private func difference(of answer: JSONValue, from value: JSONValue) -> String? {
    guard let found = answer["value"] else { return "a value was expected" }
    return Self.isEqual(found, value) ? nil : "another value was expected"
  }

  // MARK: - Types

  /// Whether two types are spelt alike.
  private static func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
    let (first, second) = (left.members, right.members)
    let (ones, others) = (left.elements, right.elements)
    guard left.text == right.text, first.count == second.count, ones.count == others.count else { return false }
    return zip(first, second).allSatisfy { $0.name == $1.name && isSame($0.value, $1.value) }
      && zip(ones, others).allSatisfy { isSame($0, $1) }
  }

  // MARK: - Values

  /// Whether two values are equal as the suite has it: of the same kind, numbers by value and NaN like itself.
  static func isEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
    guard let (tag, first) = left.members.first, let (otherTag, second) = right.members.first, tag == otherTag else {
      return false
    }
    switch tag {
    case "list":
      let (first, second) = (first.elements, second.elements)
      return first.count == second.count && zip(first, second).allSatisfy { isEqual($0, $1) }
    case "map": return haveEqualEntries(first.elements.map(\.elements), second.elements.map(\.elements))
    case "type": return typeName(first) == typeName(second)
    case "enum": return first["type"]?.text == second["type"]?.text && first["value"]?.number == second["value"]?.number
    case "object": return haveEqualFields(first, second)
    case "optional", "opaque": return false
    default:
      guard let first = TaggedValue.read(left), let second = TaggedValue.read(right) else { return false }
      return isEqual(first, second)
    }
  }

  /// Whether two values without parts are equal.
  private static func isEqual(_ left: CELValue, _ right: CELValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.uint(let left), .uint(let right)): left == right
    case (.double(let left), .double(let right)): left == right || left.isNaN && right.isNaN
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    case (.bytes(let left), .bytes(let right)): left == right
    case (.timestamp(let left), .timestamp(let right)): left == right
    case (.duration(let left), .duration(let right)): left == right
    default: false
    }
  }

  private static func haveEqualEntries(_ left: [[JSONValue]], _ right: [[JSONValue]]) -> Bool {
    var rest = right
    for entry in left {
      let place = rest.firstIndex { isEqual(entry[0], $0[0]) && isEqual(entry[1], $0[1]) }
      guard let place else { return false }
      rest.remove(at: place)
    }
    return rest.isEmpty
  }

  private static func typeName(_ json: JSONValue) -> String? {
    switch json.text {
    case "timestamp": "google.protobuf.Timestamp"
    case "duration": "google.protobuf.Duration"
    case "null": "null_type"
    default: json.text
    }
  }

  // MARK: - Messages

  /// Whether two messages have the same type, and equal values in the same fields.
  private static func haveEqualFields(_ left: JSONValue, _ right: JSONValue) -> Bool {
    guard left["type"]?.text == right["type"]?.text, let first = message(left), let second = message(right) else {
      return false
    }
    return areEqual(first, second)
  }

  private static let records = Environment([], types: TestMessages.withEnumsAsInts.types).records

  private static func message(_ json: JSONValue) -> CELValue? {
    guard let type = json["type"]?.text, let content = json["binary"]?.text,
      let any = TaggedValue.message(type, content)
    else { return nil }
    let arena = Arena()
    return withExtendedLifetime(arena) { try? arena.value(any, records).copied() }
  }

  private static func areEqual(_ left: CELValue, _ right: CELValue) -> Bool {
    switch (left, right) {
    case (.record(let name, let fields), .record(let otherName, let otherFields)):
      name == otherName && fields.count == otherFields.count
        && zip(fields, otherFields).allSatisfy { $0.name == $1.name && areEqual($0.value, $1.value) }
    case (.list(let left), .list(let right)):
      left.count == right.count && zip(left, right).allSatisfy { areEqual($0, $1) }
    case (.map(let left), .map(let right)):
      left.count == right.count
        && left.allSatisfy { entry in
          right.contains { areEqual(entry.key, $0.key) && areEqual(entry.value, $0.value) }
        }
    default: isEqual(left, right)
    }
  }
}
