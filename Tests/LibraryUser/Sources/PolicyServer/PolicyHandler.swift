import PolicyCortex

/// What a server answers; one for all requests, on any thread.
struct PolicyHandler: Sendable {
  let validator: PolicyValidator

  init(resourceTypes directory: String) throws {
    validator = PolicyValidator(resourceTypes: try .load(from: directory))
  }

  /// Whatever the bytes, a status (200, 400 or 422), and a body in JSON that says all that is wrong.
  func validate(_ policy: [UInt8]) -> (status: Int, body: [UInt8]) {
    let report = validator.validate(policy, name: "policy")  // JSON or YAML
    return (report.status.rawValue, report.responseBody())
  }

  /// What a policy decides on an input, `{"resource": …}`.
  func evaluate(_ policy: [UInt8], on input: [UInt8]) -> (status: Int, body: [UInt8]) {
    let report = validator.validate(policy, name: "policy")
    guard report.status == .valid else { return (report.status.rawValue, report.responseBody()) }
    do {
      let answer = try PolicyEvaluator(report.policies, validatedBy: validator).evaluate(input)
      return (200, Array(#"{"decision":"\#(answer.decision)"}"#.utf8))
    } catch {
      return (400, Array("\(error)".utf8))  // input.json:1:15: what is wrong there
    }
  }
}
