import Diagnostics
import DocumentTree
import PolicyModel
import Testing

@Suite("A policy in JSON and its twin in YAML")
struct TwinTests {
  static let json = """
    {"policy": {"name": "Buckets é", "resource_type": "AWS::S3::Bucket", "severity": "High", "tags": ["a", "b"],
      "variables": {"limit": "10"}, "remediation": {"actions": ["lock"]},
      "compliance_mapping": [{"framework": "CIS", "control": "2.1"}],
      "rules": [{"id": "r1", "condition": "resource.public &&\\nresource.size > 1", "action": "deny", "enabled": false},
                {"condition": "'it''s'", "effect": "WARN", "message": "m", "tags": []}]}}
    """
  static let yaml = """
    policy:
      name: "Buckets \\xE9"
      resource_type: AWS::S3::Bucket
      severity: High
      tags: [a, 'b']
      variables: {limit: '10'}
      remediation:
        actions:
        - lock
      compliance_mapping:
      - {framework: CIS, control: "2.1"}
      rules:
      - id: r1
        condition: |-
          resource.public &&
          resource.size > 1
        action: deny
        enabled: false
      - condition: "'it''s'"
        effect: WARN
        message: >-
          m
        tags: []
    """

  /// Everything a user of the library sees of a policy.
  private func facts(_ policy: Policy) -> [String] {
    [
      "\(policy.path.field) \(policy.name ?? "-") \(policy.resourceTypes) \(String(describing: policy.severity))",
      "\(policy.tags) \(policy.variables.map { "\($0.name)=\($0.expression ?? "-")" })",
      "\(policy.remediation?.actions ?? []) \(policy.complianceMapping) \(policy.isEnabled) \(policy.defaultAction)",
    ]
      + policy.rules.map { rule in
        "\(rule.path.field) \(rule.id ?? "-") \(rule.condition ?? "-") \(String(describing: rule.action)) "
          + "\(rule.message ?? "-") \(rule.isEnabled) \(rule.tags)"
      }
  }

  @Test("give the same typed policy")
  func samePolicy() throws {
    let (json, yaml) = (decoded(TwinTests.json, .json), decoded(TwinTests.yaml, .yaml))
    #expect(json.diagnostics.map(\.message) == [])
    #expect(yaml.diagnostics.map(\.message) == [])
    let (left, right) = (try #require(json.policies.first), try #require(yaml.policies.first))
    #expect(facts(left) == facts(right))
    #expect(left.rules.count == 2)
  }

  @Test("give the same diagnostics when they have the same faults")
  func sameDiagnostics() {
    let json =
      #"{"name": 12, "tag": [1], "rules": [{"condition": " ", "acton": "deny"}, 3, {"condition": "a", "action": "dney", "effect": "deny"}], "enabled": null}"#
    let yaml =
      "name: 12\ntag: [1]\nrules:\n- condition: ' '\n  acton: deny\n- 3\n- condition: a\n  action: dney\n  effect: deny\nenabled: ~\n"
    let facts = { (text: String, format: DocumentFormat) in
      decoded(text, format).diagnostics.map { "\($0.code) \($0.pointer) \($0.message)" }
    }
    #expect(facts(json, .json) == facts(yaml, .yaml))
    #expect(facts(json, .json).count == 8)
  }
}
