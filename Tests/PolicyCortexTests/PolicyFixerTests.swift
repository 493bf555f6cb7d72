import Diagnostics
import DocumentTree
import MarkedSource
import PolicyCortex
import Source
import Testing

@Suite struct PolicyFixerTests {
  private func fixed(_ text: String, name: String = "p.yaml", includesUnsafe: Bool) -> String {
    let fixer = PolicyFixer(PolicyValidator(), includesUnsafe: includesUnsafe)
    return String(decoding: fixer.fixed(Array(text.utf8), name: name).bytes, as: UTF8.self)
  }

  @Test("safe fixes leave alone what a person should look at")
  func applicability() {
    let text = "name: p\nrules:\n- condition: resource.a and resorce.b\n  action: dney\n"
    #expect(fixed(text, includesUnsafe: false) == text.replacing("and", with: "&&"))
    #expect(
      fixed(text, includesUnsafe: true)
        == "name: p\nrules:\n- condition: resource.a && resource.b\n  action: deny\n")
  }

  @Test("what stands behind a misspelt key is fixed once the key is right")
  func rounds() {
    let text = "name: p\nruls:\n- condtion: resorce.a and resource.b = 1\n  action: dney\n"
    #expect(
      fixed(text, includesUnsafe: true)
        == "name: p\nrules:\n- condition: resource.a && resource.b == 1\n  action: deny\n")
  }

  @Test("a key is fixed even if what it held is found to be wrong then")
  func revealed() {
    let text = "name: p\nrules:\n- condtion: nonsense_here\n  action: deny\n"
    #expect(fixed(text, includesUnsafe: true) == text.replacing("condtion", with: "condition"))
  }

  @Test("what is not reported is not fixed")
  func silenced() {
    let text = "name: p\nrules:\n- condition: resource.a and resource.b\n  action: deny\n"
    let fixer = PolicyFixer(PolicyValidator(advice: AdviceSelection(ignored: ["word-operator"])))
    #expect(fixer.fixed(Array(text.utf8), name: "p.yaml").count == 0)
    let suppressed = text.replacing("resource.b", with: "resource.b # policycortex: ignore[word-operator]")
    #expect(fixed(suppressed, includesUnsafe: true) == suppressed)
  }

  @Test("fixing bytes of any kind ends, and changes nothing the second time")
  func anyBytes() {
    for seed in UInt64(1)...200 {
      var random = SeededGenerator(seed: seed)
      let parts = [
        "{", "}", "[", "]", ",", ":", "\"name\"", "\"rules\"", "\"", "'", "a", "1", "\n", " ", "and", "#", "- ",
      ]
      let text = (0..<Int.random(in: 1...40, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
      for name in ["p.json", "p.yaml"] {
        let once = fixed(text.joined(), name: name, includesUnsafe: true)
        #expect(fixed(once, name: name, includesUnsafe: true) == once, "seed \(seed) \(name)")
      }
    }
  }
}

/// Over random policies with faults in them.
@Suite struct FixPropertyTests {
  /// A policy with up to four faults; advice alone where `isValid`.
  private func policy(seed: UInt64, isValid: Bool) -> PolicyTree {
    var random = SeededGenerator(seed: seed)
    var generator = RandomPolicy(random: SeededGenerator(seed: seed &* 7919))
    let policy = generator.policy()
    if isValid {
      for rule in policy["rules"]?.elements ?? [] {
        guard let condition = rule["condition"], case .string(let text) = condition.content else { continue }
        var words = text
        if Bool.random(using: &random) { words = words.replacing(" && ", with: " and ") }
        if Bool.random(using: &random) { words = words.replacing(" || ", with: " or ") }
        if Bool.random(using: &random) { words = words.replacing("!has(", with: "not has(") }
        condition.content = .string(words)
      }
      return policy
    }
    var injector = FaultInjector(random: SeededGenerator(seed: seed &* 104_729))
    var taken: Set<String> = []
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let code = FaultInjector.codes.randomElement(using: &random) ?? "unknown-field"
      _ = injector.inject(code, into: policy, avoiding: &taken)
    }
    return policy
  }

  private func document(_ policy: PolicyTree, seed: UInt64, isYAML: Bool) -> (bytes: [UInt8], name: String) {
    let written = isYAML ? PolicyWriter.yaml(policy, seed: seed) : PolicyWriter.json(policy, seed: seed)
    return (FaultInjector.withBrokenCharacters(written), isYAML ? "p.yaml" : "p.json")
  }

  @Test("fixing is idempotent, and a document that could be read can be read afterwards", arguments: [false, true])
  func idempotence(includesUnsafe: Bool) {
    let validator = PolicyValidator()
    let fixer = PolicyFixer(validator, includesUnsafe: includesUnsafe)
    let reading: Set<String> = ["invalid-json", "invalid-yaml", "invalid-encoding", "duplicate-key"]
    var fixedCount = 0
    for seed in UInt64(1)...250 {
      let policy = policy(seed: seed, isValid: false)
      for isYAML in [false, true] {
        let (bytes, name) = document(policy, seed: seed, isYAML: isYAML)
        let before = validator.validate(bytes, name: name).diagnostics
        let fixed = fixer.fixed(bytes, name: name)
        let after = fixed.report.diagnostics
        fixedCount += fixed.count
        let again = fixer.fixed(fixed.bytes, name: name)
        #expect(again.bytes == fixed.bytes, "seed \(seed) \(name)\n\(String(decoding: bytes, as: UTF8.self))")
        #expect(
          after.count { reading.contains($0.code) } <= before.count { reading.contains($0.code) },
          "seed \(seed) \(name)\n\(String(decoding: fixed.bytes, as: UTF8.self))")
        if !before.contains(where: { $0.failure != nil }) {
          #expect(!after.contains { $0.failure != nil }, "seed \(seed) \(name)")
        }
      }
    }
    #expect(fixedCount > (includesUnsafe ? 100 : 20))
  }

  @Test("a safe fix changes no rule's outcome on any resource")
  func decisions() throws {
    let validator = PolicyValidator()
    var compared = 0
    for seed in UInt64(1)...150 {
      let policy = policy(seed: seed, isValid: true)
      for isYAML in [false, true] {
        let (bytes, name) = document(policy, seed: seed, isYAML: isYAML)
        let before = validator.validate(bytes, name: name)
        guard before.status == .valid else {
          Issue.record("seed \(seed) \(name): \(before.diagnostics.map(\.message))")
          continue
        }
        let fixed = PolicyFixer(validator).fixed(bytes, name: name)
        guard fixed.count > 0 else { continue }
        #expect(fixed.report.status == .valid, "seed \(seed) \(name)")
        let evaluators = [PolicyEvaluator(before.policies), PolicyEvaluator(fixed.report.policies)]
        var random = SeededGenerator(seed: seed &* 15_485_863)
        for _ in 0..<8 {
          let input = try input(&random)
          let answers = evaluators.map { $0.answer(to: input) }
          #expect(answers[0].decision == answers[1].decision, "seed \(seed) \(name)")
          #expect(answers[0].rules.map(\.outcome) == answers[1].rules.map(\.outcome), "seed \(seed) \(name)")
          compared += answers[0].rules.count { $0.outcome == .applies || $0.outcome == .no }
        }
      }
    }
    #expect(compared > 1_000)
  }

  /// A resource with some of the attributes that random policies ask for.
  private func input(_ random: inout SeededGenerator) throws -> EvaluationInput {
    func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "null" }
    let members = [
      ("encryption", ["{}", #"{"enabled": true}"#, #"{"enabled": false}"#, "null"]), ("public", ["true", "false"]),
      ("size", ["5", "500"]), ("name", [#""prod-x""#, #""dev""#]), ("region", [#""eu-west-1""#, #""us""#]),
      ("tags", ["{}", #"{"owner": "a"}"#, #"{"ttl": "1d", "cost center": "x"}"#]),
      ("rules", ["[]", #"[{"port": 22, "cidr": "0.0.0.0/0"}]"#]),
      ("labels", ["[]", #"["a", "b"]"#]), ("note", [#""it's: #1""#, #""n""#]), ("ports", ["[]", "[80, 8080]"]),
      ("ratio", ["0.25", "2.5"]), ("type", [#""AWS::S3::Bucket""#]), ("env", [#""prod""#, #""dev""#]),
    ]
    var attributes: [String] = []
    for (name, values) in members where name == "type" || Int.random(in: 0..<4, using: &random) > 0 {
      attributes.append("\"\(name)\": \(pick(values))")
    }
    let text = """
      {"resource": {\(attributes.joined(separator: ", "))}, "principal": {"role": \(pick(["\"admin\"", "\"user\""])), "level": 3},
       "request": {"mfa": \(pick(["true", "false"]))}, "context": {"hour": \(pick(["3", "20"]))}, "now": "2026-01-31T12:00:00Z"}
      """
    let (document, _) = readDocument(SourceText(name: "input.json", text: text))
    return try EvaluationInput(document, at: #require(document.roots.first), now: EvaluationInput.currentTime())
  }
}
