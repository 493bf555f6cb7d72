import DiagnosticRendering
import Diagnostics
import MarkedSource
import Source
import Testing

@Suite struct ErrorEnvelopeTests {
  let rules = FieldPath([.key("rules")])

  /// The envelope up to its diagnostics.
  func head(_ findings: Findings) -> Substring {
    let output = findings.rendered(by: ErrorEnvelope())
    return output.prefix(upTo: output.firstRange(of: "\"diagnostics\":")?.lowerBound ?? output.startIndex)
  }

  @Test("a missing field is answered as the published reference has it")
  func missingField() {
    let findings = Findings(#"1️⃣{2️⃣"name": "Test Policy"}"#).adding(MissingField(name: "rules"), in: rules)
    #expect(
      head(findings) == #"""
        {"error":"Bad Request","message":"Missing required field: rules","code":400,\#
        "details":{"field":"rules","type":"required",
        """#)
    #expect(findings.rendered(by: ErrorEnvelope()).hasSuffix("missing-field\"}]}}\n"))
  }

  @Test("an invalid condition is answered as the published reference has it")
  func invalidCondition() {
    let condition = rules.index(0).key("condition")
    let findings = Findings(#"{"rules": [{"condition": "1️⃣invalid_syntax_here2️⃣"}]}"#)
      .adding(InvalidConditionSyntax("x"), in: condition)
    #expect(
      head(findings) == #"""
        {"error":"Unprocessable Entity","message":"Policy validation failed","code":422,\#
        "details":{"field":"rules[0].condition","error":"Invalid condition syntax",
        """#)
  }

  @Test("the first error of the worse class decides, whatever stands before it")
  func worseClassDecides() {
    let findings = Findings("1️⃣x2️⃣").adding(HiddenUnicode(codePoint: "\u{202E}"))
      .adding(InvalidConditionSyntax("x"), in: rules).adding(DuplicateKey(name: "name"), in: FieldPath([.key("name")]))
      .adding(MissingField(name: "rules"), in: rules)
    #expect(
      head(findings) == #"""
        {"error":"Bad Request","message":"Duplicate field: name","code":400,"details":{"field":"name","type":"duplicate",
        """#)
  }

  @Test("a clean file is valid, with its warnings")
  func clean() {
    #expect(Findings("x").rendered(by: ErrorEnvelope()) == "{\"valid\":true,\"diagnostics\":[]}\n")
    let advice = Findings("1️⃣x2️⃣").adding(HiddenUnicode(codePoint: "\u{202E}")).rendered(by: ErrorEnvelope())
    #expect(advice.hasPrefix(#"{"valid":true,"diagnostics":[{"code":"hidden-unicode","class":null,"#))
    #expect(advice.hasSuffix("}]}\n"))
  }

  @Test(
    "the message of a malformed document names the field where the fault is one field's",
    arguments: [
      ("missing-field", "Missing required field: rules", "required"),
      ("unknown-field", "Unknown field: rules", "unknown"),
      ("duplicate-key", "Duplicate field: rules", "duplicate"),
      ("wrong-type", "Invalid type for field: rules", "type"),
      ("invalid-value", "Invalid value for field: rules", "enum"),
      ("invalid-length", "Invalid length of field: rules", "length"),
      ("conflicting-fields", "Conflicting fields: rules", "unknown"),
      ("limit-exceeded", "Limit exceeded", "limit"),
      ("invalid-json", "Invalid JSON payload", "json"),
      ("invalid-yaml", "Invalid YAML payload", "yaml"),
      ("invalid-encoding", "Invalid encoding", "format"),
    ])
  func malformedMessages(_ code: String, _ message: String, _ type: String) throws {
    let messages: [any DiagnosticMessage] = [
      MissingField(name: "rules"), UnknownField(name: "rules", closest: nil), DuplicateKey(name: "rules"),
      WrongType(field: "rules", expected: "an array", found: "a string"),
      InvalidValue(field: "rules", value: "x", allowed: [], closest: nil), InvalidLength("x"),
      ConflictingFields(name: "rules", other: "x"), LimitExceeded("x"), InvalidJSON("x"), InvalidYAML("x"),
      InvalidEncoding("x"),
    ]
    let found = try #require(messages.first { Swift.type(of: $0).descriptor.id == code })
    #expect(
      head(Findings("1️⃣x2️⃣").adding(found, in: rules))
        == "{\"error\":\"Bad Request\",\"message\":\"\(message)\",\"code\":400,\"details\":{\"field\":\"rules\",\"type\":\"\(type)\","
    )
  }
}
