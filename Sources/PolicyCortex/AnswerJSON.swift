internal import Diagnostics
internal import PolicyModel
internal import Source

/// An answer as one line of JSON, the same one in every place that speaks JSON.
package struct AnswerJSON: Sendable {
  /// How many policies there are; with several, rules say which is theirs.
  let policyCount: Int

  package init(policyCount: Int) { self.policyCount = policyCount }

  /// The line of an answer.
  package func written(_ answer: PolicyAnswer) -> [UInt8] {
    var output: [UInt8] = []
    output += "{\"decision\":\"\(answer.decision.rawValue)\",\"rules\":[".utf8
    for (number, rule) in answer.rules.enumerated() {
      if number > 0 { output.append(UInt8(ascii: ",")) }
      append(rule, to: &output)
    }
    output += "]".utf8
    let traced = answer.rules.filter { $0.trace != nil }
    if !traced.isEmpty {
      output += ",\"trace\":[".utf8
      for (number, rule) in traced.enumerated() {
        if number > 0 { output.append(UInt8(ascii: ",")) }
        if let trace = rule.trace { append(trace, of: rule, to: &output) }
      }
      output += "]".utf8
    }
    output += "}\n".utf8
    return output
  }

  private func append(_ rule: RuleAnswer, to output: inout [UInt8]) {
    output += "{".utf8
    appendIdentity(of: rule, to: &output)
    output += ",\"action\":\"\(rule.action.rawValue)\",\"outcome\":\"\(rule.outcome.rawValue)\"".utf8
    if let error = rule.error {
      output += ",\"error\":".utf8
      JSONText.append(error, to: &output)
    }
    if let message = rule.message {
      output += ",\"message\":".utf8
      JSONText.append(message, to: &output)
    }
    output += "}".utf8
  }

  private func appendIdentity(of rule: RuleAnswer, to output: inout [UInt8]) {
    if policyCount > 1 { output += "\"policy\":\(rule.policy),".utf8 }
    output += "\"index\":\(rule.index),\"id\":".utf8
    if let id = rule.id { JSONText.append(id, to: &output) } else { output += "null".utf8 }
  }

  private func append(_ trace: ConditionTrace, of rule: RuleAnswer, to output: inout [UInt8]) {
    output += "{".utf8
    appendIdentity(of: rule, to: &output)
    output += ",\"condition\":".utf8
    JSONText.append(trace.condition, to: &output)
    output += ",\"values\":[".utf8
    for (number, value) in trace.values.enumerated() {
      output += (number > 0 ? ",{\"expression\":" : "{\"expression\":").utf8
      JSONText.append(value.expression, to: &output)
      output += ",\"start\":\(value.span.start),\"end\":\(value.span.end),".utf8
      switch value.result {
      case .value(let json): output += "\"value\":\(json)}".utf8
      case .excerpt(let text):
        output += "\"excerpt\":".utf8
        JSONText.append(text, to: &output)
        output += "}".utf8
      case .error(let message):
        output += "\"error\":".utf8
        JSONText.append(message, to: &output)
        output += "}".utf8
      }
    }
    output += "]}".utf8
  }
}
