import Diagnostics
import MarkedSource

/// A JSON value that a test builds and changes.
indirect enum RandomJSON {
  case null
  case boolean(Bool)
  case number(String)
  case string(String)
  case array([RandomJSON])
  case object([(key: String, value: RandomJSON)])

  /// The value as JSON spells it, on one line.
  var text: String {
    switch self {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .number(let digits): digits
    case .string(let text): JSONText.quoted(text)
    case .array(let elements): "[" + elements.map(\.text).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { JSONText.quoted($0.key) + ": " + $0.value.text }.joined(separator: ", ") + "}"
    }
  }

  /// How many values there are in it, itself included.
  var count: Int {
    switch self {
    case .null, .boolean, .number, .string: 1
    case .array(let elements): elements.reduce(1) { $0 + $1.count }
    case .object(let members): members.reduce(1) { $0 + $1.value.count }
    }
  }

  /// Changes the value that is the n-th in document order.
  func changing(_ index: Int, _ change: (RandomJSON) -> RandomJSON) -> RandomJSON {
    guard index > 0 else { return change(self) }
    var rest = index - 1
    switch self {
    case .null, .boolean, .number, .string: return self
    case .array(var elements):
      for place in elements.indices {
        let count = elements[place].count
        if rest < count {
          elements[place] = elements[place].changing(rest, change)
          break
        }
        rest -= count
      }
      return .array(elements)
    case .object(var members):
      for place in members.indices {
        let count = members[place].value.count
        if rest < count {
          members[place].value = members[place].value.changing(rest, change)
          break
        }
        rest -= count
      }
      return .object(members)
    }
  }
}

/// Builds policies that fit the schema, and changes them at random.
struct PolicyMutations {
  var generator: SeededGenerator

  static let words = ["allow", "deny", "warn", "audit", "low", "medium", "high", "critical", "info"]
  static let texts = [
    "", " ", "a", "resource.public", "// why", "// why\nresource.public", "\u{A0}", "\u{200B}", "\u{2800}x", "/", "/ /",
    "//", "a //", "DENY", "Deny ", "deny\n", "High", "\u{E0020}", "\n", "e\u{301}", String(repeating: "n", count: 128),
    String(repeating: "n", count: 129), String(repeating: "😀", count: 128), String(repeating: "😀", count: 129),
  ]
  static let keys = [
    "name", "rules", "id", "description", "version", "resource_type", "resource_types", "severity", "enabled", "tags",
    "default_action", "variables", "compliance_frameworks", "compliance_mapping", "auto_remediation", "remediation",
    "metadata", "$schema", "x-a", "x-", "X-a", "condition", "action", "effect", "message", "policy", "auto_fix",
    "actions",
    "framework", "control", "Name", "qwerty", "", "policy\n", "x",
  ]

  /// A valid policy with a random choice of the optional fields.
  mutating func policy() -> RandomJSON {
    var members: [(key: String, value: RandomJSON)] = [("name", .string("p"))]
    func some(_ member: @autoclosure () -> (String, RandomJSON), _ generator: inout SeededGenerator) {
      if Bool.random(using: &generator) { members.append(member()) }
    }
    some(("id", .string("i")), &generator)
    some(("version", .string("1")), &generator)
    some(("severity", .string("HIGH")), &generator)
    some(("enabled", .boolean(true)), &generator)
    some(("tags", .array([.string("a"), .string("")])), &generator)
    some(("default_action", .string("Allow")), &generator)
    some(("resource_type", .string("AWS::S3::Bucket")), &generator)
    some(("variables", .object([("a", .string("1")), ("b", .string("variables.a"))])), &generator)
    some(
      ("compliance_mapping", .array([.object([("framework", .string("CIS")), ("control", .string("1"))])])), &generator)
    some(("remediation", .object([("auto_fix", .boolean(false)), ("actions", .array([.string("t")]))])), &generator)
    some(("auto_remediation", .boolean(true)), &generator)
    some(("metadata", .object([("a", .null)])), &generator)
    some(("x-note", .number("1.5e3")), &generator)
    let rules = (0..<Int.random(in: 1...3, using: &generator)).map { _ in rule() }
    members.append(("rules", .array(rules)))
    return .object(members.shuffled(using: &generator))
  }

  private mutating func rule() -> RandomJSON {
    var members: [(key: String, value: RandomJSON)] = [
      ("condition", .string("resource.public")),
      (Int.random(in: 0..<4, using: &generator) == 0 ? "effect" : "action", .string("deny")),
    ]
    if Bool.random(using: &generator) { members.append(("severity", .string("low"))) }
    if Bool.random(using: &generator) { members.append(("message", .string("m"))) }
    if Bool.random(using: &generator) { members.append(("enabled", .boolean(false))) }
    if Bool.random(using: &generator) { members.append(("tags", .array([.string("t")]))) }
    return .object(members.shuffled(using: &generator))
  }

  /// A document: a policy, a wrapper, or an array of either.
  mutating func document() -> RandomJSON {
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: return wrapped()
    case 1: return .array((0..<Int.random(in: 0...2, using: &generator)).map { _ in policy() })
    case 2: return .array([wrapped(), policy()])
    default: return policy()
    }
  }

  private mutating func wrapped() -> RandomJSON {
    var members: [(key: String, value: RandomJSON)] = [("policy", policy())]
    if Bool.random(using: &generator) { members.append(("x-a", .null)) }
    if Bool.random(using: &generator) { members.append(("$schema", .string("s"))) }
    return .object(members.shuffled(using: &generator))
  }

  /// A document with one change somewhere.
  mutating func mutated(_ document: RandomJSON) -> RandomJSON {
    let place = Int.random(in: 0..<document.count, using: &generator)
    var generator = generator
    defer { self.generator = generator }
    return document.changing(place) { value in PolicyMutations.changed(value, &generator) }
  }

  private static func changed(_ value: RandomJSON, _ generator: inout SeededGenerator) -> RandomJSON {
    switch value {
    case .object(var members) where Int.random(in: 0..<6, using: &generator) > 0:
      let key = keys.randomElement(using: &generator) ?? "name"
      switch Int.random(in: 0..<3, using: &generator) {
      case 0 where !members.isEmpty: members.remove(at: Int.random(in: 0..<members.count, using: &generator))
      case 1 where !members.isEmpty && !members.contains { $0.key == key }:
        members[Int.random(in: 0..<members.count, using: &generator)].key = key
      default:
        members.removeAll { $0.key == key }
        members.append((key, scalar(&generator)))
      }
      return .object(members)
    case .array(var elements) where Int.random(in: 0..<4, using: &generator) > 0:
      if Bool.random(using: &generator) { elements.append(scalar(&generator)) } else { elements = [] }
      return .array(elements)
    case .string where Int.random(in: 0..<4, using: &generator) > 0:
      return .string((Bool.random(using: &generator) ? texts : words).randomElement(using: &generator) ?? "")
    case .null, .boolean, .number, .string, .array, .object: return scalar(&generator)
    }
  }

  private static func scalar(_ generator: inout SeededGenerator) -> RandomJSON {
    let all: [RandomJSON] = [
      .null, .boolean(true), .number("1"), .number("1.0"), .string("a"), .string("deny"), .array([]), .object([]),
      .array([.string("a")]), .object([("a", .string("b"))]),
    ]
    return all.randomElement(using: &generator) ?? .null
  }
}
