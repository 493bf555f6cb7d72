package import CEL
package import DocumentTree
public import PolicyModel
package import Source

/// The policies of a document, ready to be evaluated against any number of inputs; safe to use from any number of threads.
///
/// ```swift
/// let evaluator = PolicyEvaluator(report.policies, validatedBy: validator)
/// let answer = try evaluator.evaluate(Array(#"{"resource": {"type": "AWS::S3::Bucket"}}"#.utf8))
/// answer.decision      // .deny
/// ```
public struct PolicyEvaluator: Sendable {
  private let policies: [CompiledPolicy]
  let resourceTypes: ResourceTypeCatalogue?
  private let inputs: InputSchemas

  /// Prepares policies.
  ///
  /// - Parameters:
  ///   - policies: Those of one valid document. In one that is not valid, what is wrong ends in evaluation errors, and what
  ///     could not be read is not evaluated.
  ///   - resourceTypes: The types that resources may be of, by which their numbers are read.
  ///   - inputs: What is known of the other inputs.
  public init(
    _ policies: [Policy], resourceTypes: ResourceTypeCatalogue? = nil, inputs: InputSchemas = InputSchemas()
  ) {
    self.init(policies, resourceTypes: resourceTypes, inputs: inputs, isTraced: false)
  }

  /// Prepares policies for inputs of the types that a validator knows.
  ///
  /// - Parameters:
  ///   - policies: Those of one valid document.
  ///   - validator: What validated it.
  public init(_ policies: [Policy], validatedBy validator: PolicyValidator) {
    self.init(policies, resourceTypes: validator.types.resourceTypes, inputs: validator.types.inputs)
  }

  /// Prepares policies for answers that may have the values of the conditions' parts.
  package init(
    _ policies: [Policy], resourceTypes: ResourceTypeCatalogue? = nil, inputs: InputSchemas = InputSchemas(),
    isTraced: Bool
  ) {
    self.resourceTypes = resourceTypes
    self.inputs = inputs
    self.policies = policies.map { CompiledPolicy($0, isTraced: isTraced) }
  }

  /// Says what the policies decide on an input.
  ///
  /// An input is an object with a `resource`, and if wanted `principal`, `request`, `context` and `now` (an RFC 3339 time;
  /// the current time otherwise). Its other members mean nothing.
  ///
  /// - Parameters:
  ///   - input: The input, in JSON or YAML.
  ///   - name: Its path or label, which decides its format as in ``PolicyValidator/validate(_:name:)``.
  /// - Returns: The decision, and what each rule says. A rule whose condition fails says so in its answer.
  /// - Throws: `PolicyInputError` for what is no input.
  public func evaluate(_ input: [UInt8], name: String = "input.json") throws(PolicyInputError) -> PolicyAnswer {
    answer(to: try self.input(SourceText(name: name, bytes: input), now: EvaluationInput.currentTime()))
  }

  /// Reads an input that is a text of its own.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - now: The current time, which counts where the input names none.
  ///   - allowsResource: Whether an object without the member `resource` is a resource, and all else is absent.
  /// - Returns: The input.
  /// - Throws: `PolicyInputError` for what is no input.
  package func input(
    _ text: SourceText, now: Timestamp, allowsResource: Bool = false
  ) throws(PolicyInputError) -> EvaluationInput {
    let (document, diagnostics) = readDocument(text)
    if let fault = diagnostics.first { throw PolicyInputError(fault.message, at: fault.span, in: text) }
    guard let root = document.roots.first else {
      throw PolicyInputError("there is no input", at: SourceSpan(at: 0), in: text)
    }
    guard document.roots.count == 1 else {
      throw PolicyInputError("there are several documents", at: document[document.roots[1]].span, in: text)
    }
    do throws(InputFault) {
      if allowsResource, !document.hasMember("resource", of: root) {
        return try EvaluationInput(document, resource: root, now: now, resourceTypes: resourceTypes)
      }
      return try input(document, at: root, now: now)
    } catch {
      throw PolicyInputError(error.message, at: document[error.node].span, in: text)
    }
  }

  /// Reads an input as the schemas say.
  ///
  /// - Parameters:
  ///   - document: The document it stands in.
  ///   - root: The input's object.
  ///   - now: The current time, which counts where the input names none.
  /// - Returns: The input.
  /// - Throws: `InputFault` for what is no input.
  package func input(
    _ document: Document, at root: NodeID, now: Timestamp
  ) throws(InputFault) -> EvaluationInput {
    try EvaluationInput(document, at: root, now: now, resourceTypes: resourceTypes, inputs: inputs)
  }

  /// The conditions whose parts have values in traces; none unless traced.
  var tracedConditions: [TracedCondition] {
    policies.enumerated().flatMap { index, policy in policy.tracedConditions(policy: index) }
  }

  /// What the policies say of an input.
  package func answer(to input: EvaluationInput) -> PolicyAnswer {
    var answer = PolicyAnswer(decision: .allow, rules: [])
    for (index, policy) in policies.enumerated() {
      let (rules, decision) = policy.answer(to: input, index: index)
      answer.rules += rules
      answer.decision = max(answer.decision, decision)
    }
    return answer
  }
}

extension Document {
  fileprivate func hasMember(_ name: String, of node: NodeID) -> Bool {
    guard self[resolved(node)].kind == .object else { return true }
    var isThere = false
    forEachMember(of: resolved(node)) { key, _ in isThere = isThere || text(of: key) == name }
    return isThere
  }
}
