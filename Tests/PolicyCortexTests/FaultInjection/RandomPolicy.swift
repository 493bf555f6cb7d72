import MarkedSource

/// Makes valid policies of random shape.
struct RandomPolicy {
  var random: SeededGenerator

  private mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &random) == 0 }

  private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }

  /// One operand of a condition, which parses, checks, and is of type bool.
  mutating func operand() -> String {
    pick([
      "resource.encryption.enabled != true", "resource.public == true", "resource.size > 100",
      "resource.name.startsWith(\"prod-\")", "resource.region in [\"eu-west-1\", 'eu-central-1']",
      "has(resource.tags.owner)", "!has(resource.tags.ttl)",
      "resource.rules.exists(r, r.port == 22 && r.cidr == '0.0.0.0/0')",
      "resource.labels.all(label, label.size() < 64)", "(principal.role == \"admin\" || principal.level >= 7)",
      "request.mfa == false", "resource.description != \"naïve – 日本語 😀\"", "resource.note == 'it\\'s: #1'",
      "size(resource.ports.filter(p, p > 1024)) == 0", "context.hour < 18", "resource.ratio <= 0.5",
      "resource.tags[\"cost center\"] == null", "now > timestamp(\"2024-01-01T00:00:00Z\")",
    ])
  }

  mutating func condition() -> String {
    let count = Int.random(in: 1...4, using: &random)
    return (0..<count).map { _ in operand() }.joined(separator: pick([" && ", " || "]))
  }

  private mutating func rule(_ index: Int) -> PolicyTree {
    var members: [(String, PolicyTree)] = []
    if chance(2) { members.append(("id", PolicyTree("rule-\(index)"))) }
    if chance(3) {
      members.append(("description", PolicyTree("Rule number \(index): see the \"guide\"", allowsBlock: true)))
    }
    members.append(("condition", PolicyTree(condition(), allowsBlock: true)))
    members.append(("action", PolicyTree(pick(["deny", "allow", "warn", "audit"]))))
    if chance(2) { members.append(("severity", PolicyTree(pick(["low", "medium", "high", "critical"])))) }
    if chance(3) { members.append(("enabled", PolicyTree(.bare(pick(["true", "false"]))))) }
    if chance(3) { members.append(("tags", PolicyTree(.array([PolicyTree("pii"), PolicyTree("it's net")])))) }
    if chance(3) {
      members.append(("message", PolicyTree("{{ resource.name }} breaks rule \(index)", allowsBlock: true)))
    }
    if chance(4) { members.shuffle(using: &random) }
    return PolicyTree(.object(members.map { PolicyTree.Member($0.0, $0.1) }))
  }

  mutating func policy() -> PolicyTree {
    var members: [(String, PolicyTree)] = [("name", PolicyTree("Policy \(Int.random(in: 0..<1000, using: &random))"))]
    if chance(2) { members.append(("description", PolicyTree("What it is for, and why.", allowsBlock: true))) }
    if chance(2) { members.append(("resource_type", PolicyTree("AWS::S3::Bucket"))) }
    if chance(2) {
      let variables = PolicyTree.object(
        ("is_prod", PolicyTree("resource.env == \"prod\"", allowsBlock: true)),
        ("is_open", PolicyTree("variables.is_prod && resource.public == true", allowsBlock: true)))
      members.append(("variables", variables))
    }
    let count = Int.random(in: 2...6, using: &random)
    members.append(("rules", PolicyTree(.array((0..<count).map { rule($0) }))))
    if chance(3) { members.append(("severity", PolicyTree("high"))) }
    if chance(3) {
      let mapping = PolicyTree.object(("framework", PolicyTree("SOC 2")), ("control", PolicyTree("CC6.1")))
      members.append(("compliance_mapping", PolicyTree(.array([mapping]))))
    }
    if chance(3) {
      let remediation = PolicyTree.object(
        ("auto_fix", PolicyTree(.bare("false"))), ("actions", PolicyTree(.array([PolicyTree("notify")]))))
      members.append(("remediation", remediation))
    }
    if chance(3) {
      let metadata = PolicyTree.object(("owner", PolicyTree("data")), ("revision", PolicyTree(.bare("7"))))
      members.append(("metadata", metadata))
    }
    return PolicyTree(.object(members.map { PolicyTree.Member($0.0, $0.1) }))
  }
}
