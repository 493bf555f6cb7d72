import MarkedSource
import Source

/// A fault put into a policy tree, and what must be said about it.
struct Fault {
  let code: String
  /// Answered once the tree is written, since only then its places are known.
  let expected: () -> (field: String, span: SourceSpan)

  /// What a test compares: code, field, and the range's start and end.
  func finding() -> Finding {
    let expected = expected()
    return Finding(code: code, field: expected.field, start: expected.span.start, end: expected.span.end)
  }
}

/// One diagnostic as far as the injected fault determines it.
struct Finding: Hashable, Comparable, CustomStringConvertible {
  let code: String
  let field: String
  let start: Int
  let end: Int

  static func < (left: Finding, right: Finding) -> Bool {
    (left.start, left.code, left.field, left.end) < (right.start, right.code, right.field, right.end)
  }

  var description: String { "\(code) at \(start)..<\(end) in \(field)" }
}

/// Puts faults of every code into policy trees.
struct FaultInjector {
  var random: SeededGenerator

  /// The codes there are, the format's own syntax error standing as `syntax`.
  static let codes = [
    "syntax", "invalid-encoding", "duplicate-key", "missing-field", "unknown-field", "wrong-type", "invalid-value",
    "invalid-length", "conflicting-fields", "limit-exceeded", "invalid-condition-syntax", "undeclared-reference",
    "invalid-macro-argument", "condition-limit-exceeded", "undeclared-variable", "duplicate-variable",
    "invalid-identifier", "duplicate-rule-id", "invalid-message-template", "hidden-unicode", "word-operator",
    "unknown-function", "wrong-argument-count", "no-matching-overload", "incomparable-types", "condition-not-boolean",
    "constant-error", "invalid-regex", "unsupported-regex", "invalid-timestamp", "invalid-duration",
  ]

  /// The broken operands of conditions; the fault reaches from `1️⃣` to `2️⃣`, or is empty where there is no `2️⃣`.
  private static let brokenOperands: [String: [String]] = [
    "invalid-condition-syntax": [
      "(resource.size > 1️⃣) && true", "resource.size >= 1️⃣|| false", "resource.a 1️⃣=2️⃣ 1", "resource.a 1️⃣===2️⃣ 1",
      "resource.a 1️⃣<>2️⃣ 1", "resource.a == 1 1️⃣&2️⃣ true", "resource.a == 1 1️⃣|2️⃣ true", "resource.a == 1 1️⃣AND2️⃣ true",
      "resource.a == 1️⃣0x2️⃣", "resource.name == 'a1️⃣\\q2️⃣b'", "1️⃣$2️⃣resource.a == 1",
      "resource.a == 1️⃣99999999999999999999992️⃣",
    ],
    "undeclared-reference": [
      "1️⃣resorce2️⃣.public == true", "1️⃣unknown2️⃣ == 1", "resource.list.exists(x, 1️⃣y2️⃣ == x)", "size(1️⃣principals2️⃣) > 1",
    ],
    "invalid-macro-argument": [
      "has(1️⃣resource2️⃣)", "resource.list.all(1️⃣x.y2️⃣, true)", "resource.list.exists(1️⃣12️⃣, true)",
    ],
    "undeclared-variable": ["variables.1️⃣nowhere2️⃣ == 1"],
    "hidden-unicode": ["resource.name == 'a1️⃣\u{202E}2️⃣b'", "resource.name == 'a1️⃣\u{200B}2️⃣b'"],
    "unknown-function": ["resource.name.1️⃣startWith2️⃣('x')", "1️⃣length2️⃣(resource.name) > 1"],
    "wrong-argument-count": ["resource.name.1️⃣startsWith2️⃣('x', 'y')", "1️⃣size2️⃣() > 1"],
    "no-matching-overload": ["1 1️⃣+2️⃣ 'a' == 2", "'5' 1️⃣>2️⃣ 5", "'a' 1️⃣in2️⃣ 'abc'"],
    "incomparable-types": ["'a' 1️⃣==2️⃣ 1", "size(resource.tags) 1️⃣!=2️⃣ '1'"],
    "constant-error": [
      "resource.size == 1️⃣1 / 02️⃣", "1️⃣[1][5]2️⃣ == 1", "resource.a == 1️⃣int('x')2️⃣", "1️⃣{'a': 1}.b2️⃣ == 1",
    ],
    "invalid-regex": [
      "resource.name.matches('a1️⃣(2️⃣b')", "matches(resource.name, r'\\d1️⃣[2️⃣b')",
      "resource.name.matches('''\\u00e9\\x411️⃣)2️⃣b''')",
    ],
    "unsupported-regex": ["resource.name.matches('(a)1️⃣\\\\12️⃣')", "resource.name.matches(r'a1️⃣(?=2️⃣b)')"],
    "invalid-timestamp": ["now < timestamp('2024-1️⃣132️⃣-01T00:00:00Z')"],
    "invalid-duration": ["now - now > duration('31️⃣d2️⃣')"],
    "word-operator": ["(resource.a == 1 1️⃣and2️⃣ resource.b == 2)", "(resource.a == 1 1️⃣or2️⃣ resource.b == 2)"],
  ]

  private mutating func pick<Element>(_ choices: [Element]) -> Element? { choices.randomElement(using: &random) }

  /// Puts a fault of a code into a policy, where no earlier fault stands.
  ///
  /// - Parameters:
  ///   - code: One of `codes`.
  ///   - policy: A valid policy, or one with earlier faults in it.
  ///   - taken: The fields that earlier faults use; the new one's is added.
  /// - Returns: The fault; `nil` where the policy has no free place for it.
  mutating func inject(_ code: String, into policy: PolicyTree, avoiding taken: inout Set<String>) -> Fault? {
    policy.assignFields()
    let rules = policy["rules"]?.elements ?? []
    guard let rule = pick(rules) else { return nil }
    switch code {
    case _ where FaultInjector.brokenOperands[code] != nil:
      return breakCondition(of: rule, code: code, avoiding: &taken)
    case "condition-not-boolean":
      guard let text = pick(["resource.size + 1", "'true'", "size(resource.tags)", "resource.a == 1 ? 1 : 2"]),
        let condition = claim(rule["condition"], &taken)
      else { return nil }
      condition.content = .string(text)
      return Fault(code: code) { (condition.field, FaultInjector.span(condition, 0, count: text.utf8.count)) }
    case "condition-limit-exceeded":
      guard let condition = claim(rule["condition"], &taken) else { return nil }
      let prefix = "resource.a == 1 || "
      condition.content = .string(
        prefix + String(repeating: "(", count: 150) + "true" + String(repeating: ")", count: 150))
      return Fault(code: code) { (condition.field, FaultInjector.span(condition, prefix.utf8.count + 128, count: 1)) }
    case "invalid-message-template":
      guard let message = claim(rule["message"], &taken) else { return nil }
      let text = "bad {{ resource.a =="
      message.content = .string(text + "}} here")
      message.allowsBlock = false
      return Fault(code: code) { (message.field, SourceSpan(at: message.places[text.utf8.count].start)) }
    case "duplicate-rule-id":
      let named = rules.filter { $0["id"] != nil && !taken.contains($0["id"]?.field ?? "") }
      guard named.count > 1, let later = named.last, let id = claim(later["id"], &taken), let first = named.first?["id"]
      else { return nil }
      taken.insert(first.field)
      id.content = first.content
      return Fault(code: code) { (id.field, id.span) }
    case "duplicate-variable", "invalid-identifier": return breakVariables(of: policy, code: code, avoiding: &taken)
    case "missing-field": return removeField(of: pick([policy, rule, rule]) ?? rule, policy: policy, avoiding: &taken)
    case "duplicate-key":
      guard let object = pick([policy, rule, rule]),
        let name = pick(["action", "severity", "name", "enabled", "description"]),
        let original = object.member(name), claim(original.value, &taken) != nil
      else { return nil }
      let copy = PolicyTree.Member(name, PolicyTree(original.value.content))
      object.members.append(copy)
      return Fault(code: code) { (original.value.field, copy.keySpan) }
    case "unknown-field":
      guard let object = pick([policy, rule, rule]) else { return nil }
      let name = pick(["colour", "colour2", "x y", "severety", "resource-typ", "descripton", "enabld"]) ?? "colour"
      let field = PolicyTree.field(name, in: object.field)
      guard taken.insert(field).inserted else { return nil }
      let member = PolicyTree.Member(name, PolicyTree(.bare("1")))
      object.members.insert(member, at: Int.random(in: 0...object.members.count, using: &random))
      return Fault(code: code) { (field, member.keySpan) }
    case "wrong-type":
      let candidates = [
        policy["name"], policy["description"], policy["severity"], rule["condition"], rule["action"],
        rule["severity"], rule["tags"], rule["enabled"], rule["message"], policy["resource_type"],
      ]
      guard let value = claim(pick(candidates.compactMap { $0 }), &taken) else { return nil }
      value.content = .bare(pick(["12", "-1.5e3", "null"]) ?? "12")
      return Fault(code: code) { (value.field, value.span) }
    case "invalid-value":
      guard let value = claim(pick([rule["action"], rule["severity"], policy["severity"]].compactMap { $0 }), &taken)
      else { return nil }
      value.content = .string(pick(["dney", "purple", "hihg", "deny "]) ?? "purple")
      return Fault(code: code) { (value.field, value.span) }
    case "invalid-length":
      guard let value = claim(pick([policy["name"], rule["condition"]].compactMap { $0 }), &taken) else { return nil }
      value.allowsBlock = false
      value.content = .string(
        pick(value === policy["name"] ? ["", "   ", String(repeating: "é", count: 129)] : ["", "  ", "// no"]) ?? "")
      return Fault(code: code) { (value.field, value.span) }
    case "conflicting-fields":
      guard rule["effect"] == nil, claim(rule["action"], &taken) != nil else { return nil }
      let effect = PolicyTree.Member("effect", PolicyTree("deny"))
      rule.members.append(effect)
      return Fault(code: code) { (PolicyTree.field("effect", in: rule.field), effect.keySpan) }
    case "limit-exceeded":
      guard policy["metadata"] == nil, taken.insert("metadata").inserted else { return nil }
      let open = String(repeating: "[", count: 300)
      let deep = PolicyTree(
        .raw(json: open + String(repeating: "]", count: 300), yaml: open + String(repeating: "]", count: 300)))
      policy.members.append(PolicyTree.Member("metadata", .object(("deep", deep))))
      // The policy and `metadata` are two levels of the 256.
      return Fault(code: code) { ("*", SourceSpan(deep.span.start + 254, deep.span.start + 255)) }
    case "invalid-encoding", "syntax": return breakText(of: rule, policy: policy, code: code, avoiding: &taken)
    default: return nil
    }
  }

  /// A value that no fault uses yet; it is taken from now on.
  private func claim(_ value: PolicyTree?, _ taken: inout Set<String>) -> PolicyTree? {
    guard let value, taken.insert(value.field).inserted else { return nil }
    return value
  }

  private static func span(_ value: PolicyTree, _ start: Int, count: Int) -> SourceSpan {
    if count == 0 {
      return SourceSpan(
        at: start < value.places.count ? value.places[start].start : value.places.last?.end ?? value.span.end)
    }
    return SourceSpan(value.places[start].start, value.places[start + count - 1].end)
  }

  private mutating func breakCondition(of rule: PolicyTree, code: String, avoiding taken: inout Set<String>) -> Fault? {
    guard let broken = pick(FaultInjector.brokenOperands[code] ?? []), let condition = claim(rule["condition"], &taken)
    else { return nil }
    var policy = RandomPolicy(random: random)
    _ = random.next()
    let prefix = "(\(policy.operand())) && "
    let marked = MarkedSource(prefix + broken + " || " + policy.operand())
    condition.content = .string(marked.text)
    let start = marked.offset("1️⃣")
    let count = marked.offsets["2️⃣"].map { $0 - start } ?? 0
    return Fault(code: code) { (condition.field, FaultInjector.span(condition, start, count: count)) }
  }

  private mutating func breakVariables(of policy: PolicyTree, code: String, avoiding taken: inout Set<String>) -> Fault?
  {
    guard let variables = policy["variables"], taken.insert("variables.\(code)").inserted else { return nil }
    let name = code == "duplicate-variable" ? "is_prod" : pick(["is-new", "1st", "while", "a b"]) ?? "1st"
    let member = PolicyTree.Member(name, PolicyTree("true"))
    variables.members.append(member)
    return Fault(code: code) { (PolicyTree.field(name, in: "variables"), member.keySpan) }
  }

  /// The file with each U+FFFD turned into a character of four bytes that lacks its last.
  static func withBrokenCharacters(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for index in bytes.indices.dropLast(2) where bytes[index...].starts(with: [0xEF, 0xBF, 0xBD]) {
      bytes.replaceSubrange(index..<(index + 3), with: [0xF0, 0x9F, 0x98])
    }
    return bytes
  }

  private mutating func removeField(of object: PolicyTree, policy: PolicyTree, avoiding taken: inout Set<String>)
    -> Fault?
  {
    let name = object === policy ? "name" : pick(["condition", "action"]) ?? "action"
    guard let value = claim(object[name], &taken) else { return nil }
    // A near miss of the name would be reported in place of its absence.
    object.remove(name)
    return Fault(code: "missing-field") { (value.field, object.missingMemberSpan) }
  }

  /// Faults of the spelling: one bad escape, or bytes that are no UTF-8.
  private mutating func breakText(
    of rule: PolicyTree, policy: PolicyTree, code: String, avoiding taken: inout Set<String>
  ) -> Fault? {
    guard
      let value = claim(pick([rule["description"], policy["description"], rule["message"]].compactMap { $0 }), &taken)
    else { return nil }
    if code == "syntax" {
      value.content = .raw(json: "\"bad \\q escape\"", yaml: "\"bad \\q escape\"")
      return Fault(code: code) { (value.field, SourceSpan(value.span.start + 5, value.span.start + 7)) }
    }
    // The writer puts text: U+FFFD holds the place of three bytes that `withBrokenCharacters` puts there.
    value.content = .raw(json: "\"bad \u{FFFD} byte\"", yaml: "\"bad \u{FFFD} byte\"")
    return Fault(code: code) { (value.field, SourceSpan(value.span.start + 5, value.span.start + 8)) }
  }
}
