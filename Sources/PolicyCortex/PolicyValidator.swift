package import CEL
import Diagnostics
import DocumentTree
import PolicyModel
import Source

/// Validates policy documents; reusable, and safe to use from any number of threads at once.
///
/// ```swift
/// let validator = PolicyValidator(resourceTypes: try .load(from: "resource-types"))
/// let report = validator.validate(bytes, name: "policy.yaml")
/// report.status        // .valid, .malformed (400), .unprocessable (422)
/// ```
public struct PolicyValidator: Sendable {
  /// What is known of inputs.
  let types: InputTypes
  private let pool = ExpressionCheckerPool()
  /// How many threads work on the rules of one document.
  private let workers: Int
  /// Which warnings and hints are reported.
  package let advice: AdviceSelection
  /// What `now` is taken to be, for comparisons that it has settled for ever.
  private let clock: @Sendable () -> Timestamp

  /// Makes a validator.
  ///
  /// - Parameters:
  ///   - resourceTypes: The types that policies may name, whose attributes their conditions are checked against; without
  ///     them any type may be named, and any attribute be read.
  ///   - inputs: What is known of the other inputs.
  ///   - advice: Which warnings and hints are reported, and how much each weighs.
  ///   - workers: How many threads may work on the rules of one document; reports are the same whatever their number.
  public init(
    resourceTypes: ResourceTypeCatalogue? = nil, inputs: InputSchemas = InputSchemas(),
    advice: AdviceSelection = AdviceSelection(), workers: Int = 1
  ) {
    self.init(
      resourceTypes: resourceTypes, inputs: inputs, advice: advice, workers: workers,
      clock: EvaluationInput.currentTime)
  }

  /// Makes a validator that does what a configuration says.
  ///
  /// - Parameters:
  ///   - configuration: The configuration, whose schemas are read.
  ///   - workers: How many threads may work on the rules of one document.
  /// - Throws: `SchemaLoadingError` for schemas that cannot be read.
  public init(_ configuration: Configuration, workers: Int = 1) throws(SchemaLoadingError) {
    var resourceTypes: ResourceTypeCatalogue?
    if let path = configuration.resourceTypes { resourceTypes = try .load(from: path) }
    self.init(
      resourceTypes: resourceTypes, inputs: try .load(configuration.inputs), advice: configuration.advice,
      workers: workers)
  }

  /// Makes a validator with a clock of its own.
  package init(
    resourceTypes: ResourceTypeCatalogue? = nil, inputs: InputSchemas = InputSchemas(),
    advice: AdviceSelection = AdviceSelection(), workers: Int = 1, clock: @escaping @Sendable () -> Timestamp
  ) {
    types = InputTypes(resourceTypes: resourceTypes, inputs: inputs)
    self.advice = advice
    self.workers = workers
    self.clock = clock
  }

  /// Validates one file, which may hold several policies.
  ///
  /// Never throws: whatever the bytes, there is a report.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - name: Its path or label; `.json`, `.yaml` and `.yml` decide the format, the first byte does otherwise.
  /// - Returns: The verdict, and everything found, in document order.
  public func validate(_ bytes: [UInt8], name: String) -> ValidationReport {
    validate(bytes, name: name, cache: nil)
  }

  /// Validates one file, of which much may be in a cache.
  package func validate(_ bytes: [UInt8], name: String, cache: ExpressionCache?) -> ValidationReport {
    cache?.beginRun()
    let text = SourceText(name: name, bytes: bytes)
    let (document, readingDiagnostics) = readDocument(text)
    let (policies, policyDiagnostics) = decodePolicies(document, readingFailed: !readingDiagnostics.isEmpty)
    let typeDiagnostics = checkResourceTypes(of: policies, in: document, types.resourceTypes)
    let isDamaged = !readingDiagnostics.isEmpty || policyDiagnostics.contains { $0.severity == .error }
    let conditionDiagnostics = checkConditions(
      of: policies, in: document, types, pool, workers: workers, clock: clock(), cache: cache,
      isDamaged: isDamaged)
    var found =
      located(readingDiagnostics, in: document) + withoutHints(on: conditionDiagnostics, policyDiagnostics)
      + typeDiagnostics + conditionDiagnostics
      + duplicatePolicies(inFile: policies)
    found += checkTexts(of: document, after: found)
    let left = withoutSuppressed(found.inDocumentOrder(), in: document, policies, advice)
    return ValidationReport(source: text, policies: policies, diagnostics: advice.applied(to: left))
  }
}
