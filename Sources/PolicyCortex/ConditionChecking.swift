import CEL
import Diagnostics
import DocumentTree
import PolicyModel
import Source

/// Checks the expressions of policies: conditions, variables, and the templates in messages.
///
/// - Parameters:
///   - policies: The policies of one document.
///   - document: The document they were read from.
///   - workers: How many threads may work on the rules.
/// - Returns: What was found, in document offsets.
func checkConditions(of policies: [Policy], in document: Document, workers: Int) -> [Diagnostic] {
  var diagnostics: [Diagnostic] = []
  for policy in policies {
    let variables = policy.variables
    var checker = ConditionChecker(document: document, variableNames: variables.map(\.name))
    for (index, variable) in variables.enumerated() {
      checker.visibleVariableCount = index
      guard let expression = variable.expressionNode else { continue }
      checker.check(expression: expression, at: variable.expressionPath)
      checker.declareVariable(at: index)
    }
    checker.visibleVariableCount = variables.count
    diagnostics += checker.diagnostics
    checker.diagnostics = []

    let rules = policy.rules
    let chunkCount = (rules.count + ruleChunkSize - 1) / ruleChunkSize
    let fresh = checker
    diagnostics += parallelMap(chunkCount, workers: workers) { chunk in
      var checker = fresh
      for index in (chunk * ruleChunkSize)..<min((chunk + 1) * ruleChunkSize, rules.count) {
        checker.check(rules[index])
      }
      return checker.diagnostics
    }.joined()
  }
  return diagnostics
}

/// Rules that a worker takes at a time: enough to warm its parser up, few enough to share the work evenly.
private let ruleChunkSize = 512

/// A parser and a checker, kept from one expression to the next so that clean ones cost no allocation.
private struct ConditionChecker {
  let document: Document
  var diagnostics: [Diagnostic] = []
  private var parser = Parser(options: .policy)
  private var references: ReferenceChecker
  private var types: Checker
  private var constants = ConstantChecker()
  /// What was found in one expression, in its own offsets.
  private var found: [Diagnostic] = []

  init(document: Document, variableNames: [String]) {
    self.document = document
    references = ReferenceChecker(.policy(variables: variableNames))
    types = Checker(references.environment)
  }

  /// Gives a variable the type of the expression that was checked last.
  mutating func declareVariable(at index: Int) { types.setMemberType(at: index, toTypeOf: parser.tree) }

  /// How many of the variables, from the first, are declared before the expression that is checked.
  var visibleVariableCount = 0 {
    didSet { references.environment.setVisibleMemberCount(visibleVariableCount, of: "variables") }
  }

  mutating func check(_ rule: PolicyRule) {
    if let condition = rule.conditionNode {
      check(expression: condition, at: rule.path.key("condition"), isCondition: true)
    }
    if let message = rule.messageNode { check(message: message, at: rule.path.key("message")) }
  }

  /// Checks a string that is an expression as a whole.
  mutating func check(expression node: NodeID, at path: @autoclosure () -> FieldPath, isCondition: Bool = false) {
    unsafe document.withBytes(of: node) { unsafe check($0, isCondition: isCondition) }
    if let swallowing = document.swallowingComment(in: node) {
      found.append(Diagnostic(CommentSwallowsCondition(), at: swallowing))
    }
    guard !found.isEmpty else { return }
    let placement = ConditionPlacement(document: document, node: node, start: 0, path: path())
    diagnostics += found.map(placement.placed)
  }

  /// Checks the `{{ expression }}` parts of a message.
  private mutating func check(message node: NodeID, at path: @autoclosure () -> FieldPath) {
    let template = unsafe document.withBytes(of: node) { unsafe MessageTemplate($0) }
    for expression in template.expressions {
      unsafe document.withBytes(of: node) {
        unsafe check(UnsafeBufferPointer(rebasing: $0[expression.range]), isCondition: false)
      }
      guard !found.isEmpty else { continue }
      let placement = ConditionPlacement(document: document, node: node, start: expression.start, path: path())
      diagnostics += found.map { placement.placed($0.severity == .error ? Diagnostic(inTemplate: $0) : $0) }
    }
    if let unclosed = template.unclosed {
      let message = InvalidMessageTemplate(
        "`{{` is not closed", help: "close it with `}}`, or write `{{{{` for the characters themselves")
      let placement = ConditionPlacement(document: document, node: node, start: 0, path: path())
      diagnostics.append(placement.placed(Diagnostic(message, at: unclosed)))
    }
  }

  /// Parses and checks one expression into `found`.
  private mutating func check(_ text: UnsafeBufferPointer<UInt8>, isCondition: Bool) {
    unsafe parser.parse(text)
    found = parser.diagnostics
    references.rejectsBareNames = isCondition
    references.check(parser.tree, into: &found)
    unsafe types.check(parser.tree, text: text, expectsBool: isCondition, into: &found)
    unsafe constants.check(parser.tree, text: text, &types, into: &found)
    if !parser.tree.isCheap, !found.contains(where: { $0.severity == .error }) { estimateCost() }
  }

  /// Warns of an expression that the sizes of its literals alone make too costly.
  private mutating func estimateCost() {
    let estimate = types.costEstimate(of: parser.tree)
    guard let culprit = estimate.tooCostly else { return }
    let message = ConditionTooCostly(steps: estimate.tooCostlySteps, limit: CostEstimate.limit)
    found.append(Diagnostic(message, at: parser.tree[culprit].span))
  }
}

extension Diagnostic {
  /// An error of an expression, told as one of the message that holds it.
  fileprivate init(inTemplate inner: Diagnostic) {
    self.init(
      InvalidMessageTemplate(inner.message, help: inner.help, fixIt: inner.fixIts.first), at: inner.span,
      related: inner.related)
  }
}
