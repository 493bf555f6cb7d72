internal import CEL
internal import DocumentTree
internal import PolicyModel

/// A rule whose condition and message are compiled.
struct CompiledRule: Sendable {
  private let index: Int
  private let id: String?
  private let action: Action
  private let isEnabled: Bool
  private let condition: CompiledExpression?
  private let message: CompiledMessage?

  init(_ rule: PolicyRule, in document: Document, _ compiler: inout ConditionCompiler, isTraced: Bool) {
    index = rule.position
    id = rule.id
    // What is not known forbids.
    action = rule.action ?? .deny
    isEnabled = rule.isEnabled
    condition = rule.conditionNode.map { node in
      unsafe document.withBytes(of: node) { unsafe compiler.compiled($0, isTraced: isTraced) }
    }
    message = rule.messageNode.map { node in
      unsafe document.withBytes(of: node) { unsafe CompiledMessage($0, &compiler) }
    }
  }

  func answer(_ outcome: RuleOutcome, policy: Int) -> RuleAnswer {
    RuleAnswer(policy: policy, index: index, id: id, action: action, outcome: outcome)
  }

  /// What the rule says under an activation, whose variables have their values.
  func answer(_ activation: Activation, _ evaluator: Evaluator, policy: Int) -> RuleAnswer {
    guard isEnabled else { return answer(.skipped, policy: policy) }
    guard let condition else {
      var answer = answer(.error, policy: policy)
      answer.error = "the rule has no condition"
      return answer
    }
    var answer = answer(.no, policy: policy)
    do throws(EvaluationError) {
      let value = try evaluator.evaluate(condition.program, activation)
      if value.kind == .bool {
        answer.outcome = value.isTrue ? .applies : .no
      } else {
        answer.outcome = .error
        answer.error = "the condition must be `bool`, and its value is `\(value.kind.typeName)`"
      }
    } catch {
      answer.outcome = .error
      answer.error = condition.words(for: error)
    }
    if answer.outcome == .applies { answer.message = message?.rendered(activation, evaluator) }
    if let plan = condition.trace {
      var run = TraceRun(condition, plan, activation)
      answer.trace = ConditionTrace(
        condition: String(decoding: condition.text, as: UTF8.self), values: run.values())
    }
    return answer
  }
}

/// A message whose `{{ expression }}` parts are compiled.
struct CompiledMessage: Sendable {
  private enum Part: Sendable {
    case text(String)
    case expression(CompiledExpression)
  }

  private let parts: [Part]

  /// A longer value is written as far as this, in bytes.
  private static let valueLimit = 64 << 10

  init(_ message: UnsafeBufferPointer<UInt8>, _ compiler: inout ConditionCompiler) {
    var parts: [Part] = []
    var written = 0
    for span in unsafe MessageTemplate(message).expressions {
      parts.append(.text(unsafe Self.text(message, written..<(span.start - 2))))
      parts.append(.expression(unsafe compiler.compiled(UnsafeBufferPointer(rebasing: message[span.range]))))
      written = span.end + 2
    }
    parts.append(.text(unsafe Self.text(message, min(written, message.count)..<message.count)))
    self.parts = parts
  }

  /// A part between templates, in which `{{{{` stands for `{{`.
  private static func text(_ message: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
    let opening = UInt8(ascii: "{")
    var text: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = unsafe message[index]
      let isLiteral =
        unsafe index + 3 < range.upperBound && byte == opening && message[index + 1] == opening
        && message[index + 2] == opening && message[index + 3] == opening
      text.append(byte)
      if isLiteral { text.append(opening) }
      index += isLiteral ? 4 : 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The message: strings as they are, other values as JSON, an error as `<error: …>` (DESIGN §5).
  func rendered(_ activation: Activation, _ evaluator: Evaluator) -> String {
    var message = ""
    for part in parts {
      switch part {
      case .text(let text): message += text
      case .expression(let expression):
        do throws(EvaluationError) {
          let value = try evaluator.evaluate(expression.program, activation)
          if value.kind == .string {
            message += value.text
          } else {
            let (text, isWhole) = ValueJSON.written(value, limit: Self.valueLimit)
            message += String(decoding: text, as: UTF8.self) + (isWhole ? "" : "…")
          }
        } catch {
          message += "<error: \(expression.words(for: error))>"
        }
      }
    }
    return message
  }
}
