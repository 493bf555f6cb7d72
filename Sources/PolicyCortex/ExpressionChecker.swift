import CEL
import Diagnostics
import PolicyModel
import Source

/// A parser and all checkers of a policy's expressions, kept from one expression to the next so that clean ones cost no
/// allocation.
struct ExpressionChecker: Sendable {
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
  /// What was found in the last expression, in its own offsets.
  var found: [Diagnostic] = []
  /// What was found before in expressions of the same policy.
  var known: ExpressionTable?

  /// Makes a checker for the expressions of a policy.
  ///
  /// - Parameters:
  ///   - variableNames: The names of the policy's variables.
  ///   - readings: The ways to read its expressions, one at least.
  ///   - catalogue: All resource types.
  ///   - clock: What `now` is taken to be.
  init(
    variableNames: [String], _ readings: [InputTypes.Reading], _ catalogue: ResourceTypeCatalogue?, clock: Timestamp
  ) {
    references = ReferenceChecker(.policy(variables: variableNames))
    types = readings.map { Checker(.policy(variables: variableNames, attributes: $0.attributes)) }
    attributes = AttributeFindings(resourceTypes: readings.map(\.resourceType), catalogue: catalogue)
    checks = ExpressionChecks(references.environment, clock: clock)
    reads = PolicyReads(variableCount: variableNames.count)
  }

  /// Gets ready for a policy of the same types without variables, as if it were new.
  mutating func reset(clock: Timestamp) {
    checks.clock = clock
    reads = PolicyReads(variableCount: 0)
    found = []
    known = nil
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

  /// Parses and checks one expression into `found`, or takes what was found in it before.
  mutating func check(_ text: UnsafeBufferPointer<UInt8>, role: ExpressionRole) {
    // Variables are declared by their trees.
    guard let known, role != .variable else { return unsafe checkAnew(text, role: role) }
    if let entry = unsafe known.entry(for: text, role) {
      found = entry.found
      reads.add(entry.reads)
      return
    }
    let work = patternWork
    unsafe checkAnew(text, role: role)
    // What slow patterns are found depends on how many there were before, and what has expired on the time.
    guard work > 0, patternWork == work, !checks.hasReadNow else { return }
    unsafe known.add(text, role, found: found, reads: checks.reads)
  }

  private mutating func checkAnew(_ text: UnsafeBufferPointer<UInt8>, role: ExpressionRole) {
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
