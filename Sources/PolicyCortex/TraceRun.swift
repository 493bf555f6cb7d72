internal import CEL
internal import Source

/// The trace of one evaluation: the values of the parts that the evaluation comes to.
struct TraceRun {
  private let expression: CompiledExpression
  private let plan: TracePlan
  private let evaluator: Evaluator
  private let evaluation: PolicyEvaluation
  /// What each part gave, once it is known: the truth value that decides, and what is shown.
  private var outcomes: [(truth: Bool?, result: TracedValue.Result)?]

  /// Each part may use less than a whole condition, since there are many.
  private static let budget = EvaluationBudget(steps: 1_000_000, iterations: 100_000, bytes: 16 << 20)
  /// A longer value is shown as far as this, in bytes of its JSON.
  private static let valueLimit = 16 << 10

  init(_ expression: CompiledExpression, _ plan: TracePlan, _ evaluation: PolicyEvaluation) {
    self.expression = expression
    self.plan = plan
    self.evaluation = evaluation
    evaluator = Evaluator(budget: Self.budget)
    outcomes = Array(repeating: nil, count: plan.parts.count)
  }

  /// The values, from left to right, parts before what is made of them.
  mutating func values() -> [TracedValue] {
    var values: [TracedValue] = []
    var pending = plan.parts.isEmpty ? [] : [0]
    while let index = pending.popLast() {
      let part = plan.parts[index]
      if part.isShown {
        let text = String(decoding: expression.text[part.span.range], as: UTF8.self)
        values.append(
          TracedValue(
            part: index, expression: text, span: part.span, anchor: part.anchor, result: outcome(of: index).result))
      }
      pending += reached(from: part)
    }
    return values.sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
  }

  /// The parts of a part that its evaluation comes to.
  private mutating func reached(from part: TracePlan.Part) -> ArraySlice<Int> {
    switch part.kind {
    case .plain: return part.children[...]
    case .conjunction, .disjunction:
      let deciding = part.children.firstIndex { outcome(of: $0).truth == (part.kind == .disjunction) }
      return deciding.map { part.children[...$0] } ?? part.children[...]
    case .conditional:
      guard part.children.count == 3 else { return part.children[...] }
      switch outcome(of: part.children[0]).truth {
      case true?: return part.children[...1]
      case false?: return [part.children[0], part.children[2]]
      case nil: return part.children[..<1]
      }
    }
  }

  private mutating func outcome(of index: Int) -> (truth: Bool?, result: TracedValue.Result) {
    if let known = outcomes[index] { return known }
    let outcome: (truth: Bool?, result: TracedValue.Result)
    do throws(EvaluationError) {
      let value = try evaluator.evaluate(plan.parts[index].program, evaluation.activation)
      let (text, isWhole) = ValueJSON.written(value, limit: Self.valueLimit)
      let json = String(decoding: text, as: UTF8.self)
      outcome = (value.kind == .bool ? value.isTrue : nil, isWhole ? .value(json) : .excerpt(json))
    } catch {
      outcome = (nil, .error(evaluation.words(for: error, in: expression)))
    }
    outcomes[index] = outcome
    return outcome
  }
}
