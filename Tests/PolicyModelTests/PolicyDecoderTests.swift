import Diagnostics
import DocumentTree
import PolicyModel
import Source
import Testing

@Suite("Policies of a document")
struct PolicyDecoderTests {
  @Test("a whole policy is read field by field")
  func wholePolicy() throws {
    let text = """
      {"$schema": "x", "name": "Buckets", "id": "pol-1", "description": "d", "version": "1.10", "author": "a",
       "category": "c", "resource_types": ["AWS::S3::Bucket", "AWS::EC2::VPC"], "severity": "HIGH", "enabled": false,
       "tags": ["x", "\\u0079"], "default_action": "Deny", "variables": {"limit": "10", "double": "variables.limit * 2"},
       "compliance_frameworks": ["SOC2"], "compliance_mapping": [{"framework": "CIS", "control": "2.1"}],
       "auto_remediation": true, "remediation": {"auto_fix": true, "actions": ["tag", "lock"]},
       "metadata": {"any": [1, null]}, "x-mine": 3,
       "rules": [{"id": "r", "name": "n", "description": "rd", "condition": "resource.size > 1", "effect": "DENY",
                  "message": "m", "severity": "info", "enabled": false, "tags": ["t"], "x-policycortex": {"ignore": []}}]}
      """
    let (policies, diagnostics) = decoded(text, .json)
    #expect(diagnostics.map(\.message) == [])
    let policy = try #require(policies.first)
    #expect(policies.count == 1)
    #expect(policy.name == "Buckets")
    #expect(policy.id == "pol-1")
    #expect(policy.description == "d")
    #expect(policy.version == "1.10")
    #expect(policy.author == "a")
    #expect(policy.category == "c")
    #expect(policy.resourceTypes == ["AWS::S3::Bucket", "AWS::EC2::VPC"])
    #expect(policy.severity == .high)
    #expect(!policy.isEnabled)
    #expect(policy.tags == ["x", "y"])
    #expect(policy.defaultAction == .deny)
    #expect(policy.variables.map(\.name) == ["limit", "double"])
    #expect(policy.variables.map(\.expression) == ["10", "variables.limit * 2"])
    #expect(policy.variables.map(\.expressionPath.field) == ["variables.limit", "variables.double"])
    #expect(policy.complianceFrameworks == ["SOC2"])
    #expect(policy.complianceMapping.map(\.framework) == ["CIS"])
    #expect(policy.complianceMapping.map(\.control) == ["2.1"])
    #expect(policy.isAutoRemediated)
    #expect(policy.remediation?.isAutoFixed == true)
    #expect(policy.remediation?.actions == ["tag", "lock"])
    let rule = try #require(policy.rules.first)
    #expect(policy.rules.count == 1)
    #expect(rule.id == "r")
    #expect(rule.name == "n")
    #expect(rule.description == "rd")
    #expect(rule.condition == "resource.size > 1")
    #expect(rule.action == .deny)
    #expect(rule.message == "m")
    #expect(rule.severity == .info)
    #expect(!rule.isEnabled)
    #expect(rule.tags == ["t"])
    #expect(rule.path.field == "rules[0]")
  }

  @Test("what is left out has its default")
  func defaults() throws {
    let policy = try #require(decoded(policyJSON(), .json).policies.first)
    #expect(policy.isEnabled)
    #expect(policy.defaultAction == .allow)
    #expect(!policy.isAutoRemediated)
    #expect(policy.remediation == nil)
    #expect(policy.resourceTypes == [])
    #expect(policy.rules.first?.isEnabled == true)
    #expect(policy.rules.first?.severity == nil)
  }

  @Test("an array holds several policies, and their paths start with their index")
  func arrayOfPolicies() {
    expectDecoding(
      #"[\#(policyJSON()), {"name": "q", "rules": [{"condition": 1️⃣[], "action": "deny"}]}, 2️⃣[]]"#,
      [Expected("1️⃣", "wrong-type", "[1].rules[0].condition"), Expected("2️⃣", "wrong-type", "[2]")])
    #expect(decoded("[\(policyJSON()), \(policyJSON())]", .json).policies.map(\.path.field) == ["[0]", "[1]"])
  }

  @Test("an empty array holds no policy")
  func emptyArray() {
    expectDecoding("1️⃣[]", [Expected("1️⃣", "invalid-length", "")])
  }

  @Test("a wrapper's key is part of each path")
  func wrapper() {
    expectDecoding(
      #"{"$schema": 1, "x-a": 2, "policy": 1️⃣{"name": "p"}}"#, [Expected("1️⃣", "missing-field", "policy.rules")])
    expectDecoding(#"[{"policy": 1️⃣{"name": "p"}}]"#, [Expected("1️⃣", "missing-field", "[0].policy.rules")])
    #expect(
      decoded("{\"policy\": \(policyJSON())}", .json).policies.first?.rules.first?.path.field == "policy.rules[0]")
  }

  @Test("a wrapper holds an object")
  func wrapperOfNoObject() {
    expectDecoding(#"{"policy": 1️⃣null}"#, [Expected("1️⃣", "wrong-type", "policy")])
    expectDecoding(#"{"policy": 1️⃣[]}"#, [Expected("1️⃣", "wrong-type", "policy")])
  }

  @Test("`policy` beside other fields is one that the schema does not have")
  func wrapperBesideFields() {
    expectDecoding(policyJSON(#", 1️⃣"policy": {}"#), [Expected("1️⃣", "unknown-field", "policy")])
  }

  @Test("a misspelt wrapper is reported once, and what it holds is read")
  func misspeltWrapper() {
    expectDecoding(
      #"{1️⃣"polcy": {"name": 2️⃣[], "rules": [{"condition": "a", "action": "deny"}]}}"#,
      [Expected("1️⃣", "unknown-field", "polcy"), Expected("2️⃣", "wrong-type", "polcy.name")])
  }

  @Test("the top value is an object or an array", arguments: ["null", "12", "\"a\"", "true"])
  func topScalar(text: String) {
    expectDecoding("1️⃣\(text)", [Expected("1️⃣", "wrong-type", "")])
  }

  @Test("a damaged policy still gives its intact rules")
  func intactRules() {
    let text =
      #"{"rules": [{"condition": "a", "action": 1}, 7, {"condition": "b", "action": "deny"}, {"condition": " "}]}"#
    let policy = decoded(text, .json).policies.first
    #expect(policy?.rules.map(\.condition) == ["a", "b", nil])
    #expect(policy?.rules.map(\.position) == [0, 2, 3])
    #expect(policy?.rules.map(\.action) == [nil, .deny, nil])
    #expect(policy?.name == nil)
  }
}
