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
///   - types: What is known of the inputs.
///   - workers: How many threads may work on the rules.
///   - clock: What `now` is taken to be.
///   - isDamaged: Whether errors were found in the document already.
/// - Returns: What was found, in document offsets.
func checkConditions(
  of policies: [Policy], in document: Document, _ types: InputTypes, workers: Int, clock: Timestamp, isDamaged: Bool
) -> [Diagnostic] {
  var diagnostics: [Diagnostic] = []
  var patternWork = documentPatternWork
  for policy in policies {
    let firstOfPolicy = diagnostics.count
    let variables = policy.variables
    var checker = ConditionChecker(
      document: document, variableNames: variables.map(\.name), types.readings(of: policy), types.resourceTypes,
      clock: clock)
    checker.patternWork = patternWork
    for (index, variable) in variables.enumerated() {
      checker.visibleVariableCount = index
      guard let expression = variable.expressionNode else { continue }
      checker.check(expression: expression, at: variable.expressionPath, role: .variable)
      checker.declareVariable(at: index)
    }
    checker.visibleVariableCount = variables.count
    patternWork = checker.patternWork
    diagnostics += checker.diagnostics
    checker.diagnostics = []

    let rules = policy.rules
    let chunkCount = (rules.count + ruleChunkSize - 1) / ruleChunkSize
    let fresh = checker
    let patternWorkOfRules = patternWork
    var reads = checker.reads
    let chunks = parallelMap(chunkCount, workers: workers) { chunk in
      var checker = fresh
      // What a chunk may spend depends on its place alone, so that reports are the same whatever the number of workers.
      let work = max(0, min(chunkPatternWork, patternWorkOfRules - chunk * chunkPatternWork))
      checker.patternWork = work
      for index in (chunk * ruleChunkSize)..<min((chunk + 1) * ruleChunkSize, rules.count) {
        checker.check(rules[index])
      }
      return (diagnostics: checker.diagnostics, reads: checker.reads, work: work - checker.patternWork)
    }
    for chunk in chunks {
      patternWork -= chunk.work
      diagnostics += chunk.diagnostics
      reads.formUnion(chunk.reads)
    }
    let isDamaged = isDamaged || diagnostics[firstOfPolicy...].contains { $0.severity == .error }
    diagnostics += checkPolicy(policy, reads, isDamaged: isDamaged)
  }
  return diagnostics
}

/// Rules that a worker takes at a time: enough to warm its parser up, few enough to share the work evenly.
private let ruleChunkSize = 512

/// How many patterns of a document and of a chunk of rules are looked at for what makes other engines slow; one that takes
/// a search counts for several.
private let documentPatternWork = 6_144
private let chunkPatternWork = 4_096

/// A parser and a checker, kept from one expression to the next so that clean ones cost no allocation.
private struct ConditionChecker {
  let document: Document
  var diagnostics: [Diagnostic] = []
  private var parser = Parser(options: .policy)
  private var references: ReferenceChecker
  /// A checker for each of the policy's resource types.
  ///
  /// INVARIANT: one at least.
  private var types: [Checker]
  private let attributes: AttributeFindings
  /// What each of them found of the last expression.
  private var readings: [CheckedTypes] = []
  private var constants = ConstantChecker()
  private var checks: ExpressionChecks
  /// What the expressions checked so far read.
  private(set) var reads: PolicyReads
  /// What was found in one expression, in its own offsets.
  private var found: [Diagnostic] = []

  init(
    document: Document, variableNames: [String], _ readings: [InputTypes.Reading], _ catalogue: ResourceTypeCatalogue?,
    clock: Timestamp
  ) {
    self.document = document
    references = ReferenceChecker(.policy(variables: variableNames))
    types = readings.map { Checker(.policy(variables: variableNames, attributes: $0.attributes)) }
    attributes = AttributeFindings(resourceTypes: readings.map(\.resourceType), catalogue: catalogue)
    checks = ExpressionChecks(references.environment, clock: clock)
    reads = PolicyReads(variableCount: variableNames.count)
  }

  /// Gives a variable the type of the expression that was checked last.
  mutating func declareVariable(at index: Int) {
    for reading in types.indices { types[reading].setMemberType(at: index, toTypeOf: parser.tree) }
    reads.add(checks.reads, ofVariable: index, isFaulty: found.contains { $0.severity == .error })
  }

  /// How much may be spent on patterns that other engines are slow on.
  var patternWork: Int {
    get { constants.remainingPatternWork }
    set { constants.remainingPatternWork = newValue }
  }

  /// How many of the variables, from the first, are declared before the expression that is checked.
  var visibleVariableCount = 0 {
    didSet { references.environment.setVisibleMemberCount(visibleVariableCount, of: "variables") }
  }

  mutating func check(_ rule: PolicyRule) {
    if let condition = rule.conditionNode {
      check(expression: condition, at: rule.path.key("condition"), role: .condition(rule.action))
    }
    if let message = rule.messageNode { check(message: message, at: rule.path.key("message")) }
  }

  /// Checks a string that is an expression as a whole.
  mutating func check(expression node: NodeID, at path: @autoclosure () -> FieldPath, role: ExpressionRole) {
    unsafe document.withBytes(of: node) { unsafe check($0, role: role) }
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
        unsafe check(UnsafeBufferPointer(rebasing: $0[expression.range]), role: .template)
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
  private mutating func check(_ text: UnsafeBufferPointer<UInt8>, role: ExpressionRole) {
    unsafe parser.parse(text)
    found = parser.diagnostics
    references.rejectsBareNames = role.isCondition
    references.check(parser.tree, into: &found)
    unsafe checkTypes(text, isCondition: role.isCondition)
    unsafe constants.check(parser.tree, text: text, &types[0], into: &found)
    unsafe checks.check(parser.tree, text: text, readings, role: role, into: &found)
    checkUnconditionalRule(
      parser.tree, role: role, readsResource: reads.mayReadResource(checks.reads), into: &found)
    switch role {
    case .condition, .template: reads.add(checks.reads)
    case .variable: break
    }
    if !parser.tree.isCheap, !found.contains(where: { $0.severity == .error }) { estimateCost() }
  }

  /// Checks the types of an expression with each of the policy's resource types.
  private mutating func checkTypes(_ text: UnsafeBufferPointer<UInt8>, isCondition: Bool) {
    readings.removeAll(keepingCapacity: true)
    if types.count == 1 {
      unsafe types[0].check(parser.tree, text: text, expectsBool: isCondition, into: &found)
      readings.append(types[0].checkedTypes())
    } else {
      var results: [[Diagnostic]] = []
      for reading in types.indices {
        var diagnostics = found
        unsafe types[reading].check(parser.tree, text: text, expectsBool: isCondition, into: &diagnostics)
        readings.append(types[reading].checkedTypes())
        results.append(Array(diagnostics[found.count...]))
      }
      if results.contains(where: { !$0.isEmpty }) { found += fused(results, resourceTypes: attributes.resourceTypes) }
    }
    guard types.indices.contains(where: { !types[$0].attributeFaults.isEmpty }) else { return }
    found += attributes.diagnostics(types.map(\.attributeFaults), types: readings)
  }

  /// Warns of an expression that the sizes of its literals alone make too costly.
  private mutating func estimateCost() {
    let estimate = types[0].costEstimate(of: parser.tree)
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
