internal import DiagnosticRendering
internal import PolicyCortex

/// An answer for people.
///
/// ```
/// deny input.json
///   rules[0] no-public-buckets (deny) applies: bucket `b` is public
///   rules[1] (warn) no
/// ```
struct AnswerText {
  let style: TerminalStyle
  /// How many policies there are; with several, rules say which is theirs.
  let policyCount: Int

  /// A longer value is cut, in characters.
  private static let valueLimit = 60

  /// The text of an answer.
  ///
  /// - Parameters:
  ///   - answer: The answer.
  ///   - input: What the input is called.
  /// - Returns: UTF-8, with a line end.
  func written(_ answer: PolicyAnswer, of input: String) -> [UInt8] {
    var output: [UInt8] = []
    style.append(answer.decision.role, answer.decision.rawValue, to: &output)
    output += " \(displayText(input))\n".utf8
    for rule in answer.rules { append(rule, to: &output) }
    return output
  }

  private func append(_ rule: RuleAnswer, to output: inout [UInt8]) {
    let policy = policyCount > 1 ? "[\(rule.policy)]." : ""
    let id = rule.id.map { " \(displayText($0))" } ?? ""
    output += "  \(policy)rules[\(rule.index)]\(id) (\(rule.action.rawValue)) ".utf8
    switch rule.outcome {
    case .applies: style.append(rule.action.role, "applies", to: &output)
    case .error: style.append(.error, "error", to: &output)
    case .no, .skipped: output += rule.outcome.rawValue.utf8
    }
    if let text = rule.error ?? rule.message { output += ": \(displayText(text))".utf8 }
    output += "\n".utf8
    guard let trace = rule.trace else { return }
    var known: Set<String> = []
    let labels = trace.values.compactMap { value -> TraceDiagram.Label? in
      switch value.result {
      case .value(let json), .excerpt(let json): return TraceDiagram.Label(offset: value.anchor, text: cut(json))
      case .error(let message):
        // What contains a part that fails fails for the same reason.
        guard known.insert(message).inserted else { return nil }
        return TraceDiagram.Label(offset: value.anchor, text: "<error: \(message)>", role: .error)
      }
    }
    output += TraceDiagram(style: style, indentation: 4).written(trace.condition, labels)
    output += "\n".utf8
  }

  private func cut(_ text: String) -> String {
    text.count <= Self.valueLimit ? text : text.prefix(Self.valueLimit) + "…"
  }
}

extension Decision {
  fileprivate var role: TerminalStyle.Role {
    switch self {
    case .allow: .added
    case .audit: .hint
    case .warn: .warning
    case .deny: .error
    }
  }
}

extension Action {
  fileprivate var role: TerminalStyle.Role {
    switch self {
    case .allow: .added
    case .audit: .hint
    case .warn: .warning
    case .deny: .error
    }
  }
}
