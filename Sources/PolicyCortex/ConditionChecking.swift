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
///   - pool: Checkers that were used before.
///   - workers: How many threads may work on the rules.
///   - clock: What `now` is taken to be.
///   - cache: What was found before.
///   - isDamaged: Whether errors were found in the document already.
/// - Returns: What was found, in document offsets.
func checkConditions(
  of policies: [Policy], in document: Document, _ types: InputTypes, _ pool: ExpressionCheckerPool, workers: Int,
  clock: Timestamp, cache: ExpressionCache?, isDamaged: Bool
) -> [Diagnostic] {
  var diagnostics: [Diagnostic] = []
  var patternWork = documentPatternWork
  for policy in policies {
    let firstOfPolicy = diagnostics.count
    let variables = policy.variables
    let readings = types.readings(of: policy)
    var checker = ConditionChecker(
      document: document,
      pool.checker(variableNames: variables.map(\.name), readings, types.resourceTypes, clock: clock))
    checker.expressions.patternWork = patternWork
    if let cache {
      let environment = ExpressionCache.Environment(
        resourceTypes: readings.map(\.resourceType), variables: variables.map { [$0.name, $0.expression] })
      checker.expressions.known = cache.table(for: environment)
    }
    for (index, variable) in variables.enumerated() {
      checker.expressions.visibleVariableCount = index
      guard let expression = variable.expressionNode else { continue }
      checker.check(expression: expression, at: variable.expressionPath, role: .variable)
      checker.expressions.declareVariable(at: index)
    }
    checker.expressions.visibleVariableCount = variables.count
    patternWork = checker.expressions.patternWork
    diagnostics += checker.diagnostics
    checker.diagnostics = []

    let rules = policy.rules
    let chunkCount = (rules.count + ruleChunkSize - 1) / ruleChunkSize
    var reads = checker.expressions.reads
    // What a chunk may spend depends on its place alone, so that reports are the same whatever the number of workers.
    let patternWorkOfRules = patternWork
    @Sendable func check(chunk: Int, _ checker: inout ConditionChecker) -> CheckedChunk {
      let work = max(0, min(chunkPatternWork, patternWorkOfRules - chunk * chunkPatternWork))
      checker.expressions.patternWork = work
      for index in (chunk * ruleChunkSize)..<min((chunk + 1) * ruleChunkSize, rules.count) {
        checker.check(rules[index])
      }
      return CheckedChunk(
        diagnostics: checker.diagnostics, reads: checker.expressions.reads,
        work: work - checker.expressions.patternWork)
    }
    let chunks: [CheckedChunk]
    if chunkCount == 1 {
      chunks = [check(chunk: 0, &checker)]
    } else {
      let fresh = checker
      chunks = parallelMap(chunkCount, workers: workers) { chunk in
        var checker = fresh
        return check(chunk: chunk, &checker)
      }
    }
    for chunk in chunks {
      patternWork -= chunk.work
      diagnostics += chunk.diagnostics
      reads.formUnion(chunk.reads)
    }
    if variables.isEmpty, document.source.bytes.count <= largestKept { pool.takeBack(checker.expressions, readings) }
    let isDamaged = isDamaged || diagnostics[firstOfPolicy...].contains { $0.severity == .error }
    diagnostics += checkPolicy(policy, reads, isDamaged: isDamaged)
  }
  return diagnostics
}

/// What was found in some rules of a policy.
private struct CheckedChunk {
  var diagnostics: [Diagnostic]
  var reads: PolicyReads
  /// How much was spent on patterns.
  var work: Int
}

/// Rules that a worker takes at a time: enough to warm its parser up, few enough to share the work evenly.
private let ruleChunkSize = 512

/// What checked a larger document, in bytes, holds memory that no other needs.
private let largestKept = 1 << 20

/// How many patterns of a document and of a chunk of rules are looked at for what makes other engines slow; one that takes
/// a search counts for several.
private let documentPatternWork = 6_144
private let chunkPatternWork = 4_096

/// Checks what a document has expressions in, and places what is found in it.
private struct ConditionChecker {
  let document: Document
  var expressions: ExpressionChecker
  var diagnostics: [Diagnostic] = []

  init(document: Document, _ expressions: ExpressionChecker) {
    self.document = document
    self.expressions = expressions
  }

  mutating func check(_ rule: PolicyRule) {
    if let condition = rule.conditionNode {
      check(expression: condition, at: rule.path.key("condition"), role: .condition(rule.action))
    }
    if let message = rule.messageNode { check(message: message, at: rule.path.key("message")) }
  }

  /// Checks a string that is an expression as a whole.
  mutating func check(expression node: NodeID, at path: @autoclosure () -> FieldPath, role: ExpressionRole) {
    unsafe document.withBytes(of: node) { unsafe expressions.check($0, role: role) }
    if let swallowing = document.swallowingComment(in: node) {
      expressions.found.append(Diagnostic(CommentSwallowsCondition(), at: swallowing))
    }
    guard !expressions.found.isEmpty else { return }
    let placement = ConditionPlacement(document: document, node: node, start: 0, path: path())
    diagnostics += expressions.found.map(placement.placed)
  }

  /// Checks the `{{ expression }}` parts of a message.
  private mutating func check(message node: NodeID, at path: @autoclosure () -> FieldPath) {
    let template = unsafe document.withBytes(of: node) { unsafe MessageTemplate($0) }
    for expression in template.expressions {
      unsafe document.withBytes(of: node) {
        unsafe expressions.check(UnsafeBufferPointer(rebasing: $0[expression.range]), role: .template)
      }
      guard !expressions.found.isEmpty else { continue }
      let placement = ConditionPlacement(document: document, node: node, start: expression.start, path: path())
      diagnostics += expressions.found.map {
        placement.placed($0.severity == .error ? Diagnostic(inTemplate: $0) : $0)
      }
    }
    if let unclosed = template.unclosed {
      let message = InvalidMessageTemplate(
        "`{{` is not closed", help: "close it with `}}`, or write `{{{{` for the characters themselves")
      let placement = ConditionPlacement(document: document, node: node, start: 0, path: path())
      diagnostics.append(placement.placed(Diagnostic(message, at: unclosed)))
    }
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
