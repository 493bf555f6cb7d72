internal import CEL
package import Diagnostics
package import DocumentTree
internal import PolicyModel
package import Source

/// The tests of a policy, as a file `*.test.yaml` or `*.test.json` has them:
/// `{"policy": FILE, "tests": [{"name", "input" | "input_file" | "resource", "decision", "rules": [ids]}]}`.
package struct PolicyTestSuite: Sendable {
  package let document: Document
  /// The policy's path, from the folder of the tests.
  package let policy: String
  package let policySpan: SourceSpan
  package let tests: [PolicyTest]

  /// Whether a file of that name, or path, holds tests.
  package static func isFileName(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    hasEnding(name, among: [".test.json", ".test.yaml", ".test.yml"])
  }

  /// Reads a file of tests.
  ///
  /// - Returns: The suite, `nil` for one with errors, and what is wrong, in the order of the places.
  package static func read(_ text: SourceText) -> (suite: PolicyTestSuite?, diagnostics: [Diagnostic]) {
    let (document, faults) = readDocument(text)
    var decoder = PolicyTestDecoder(document)
    decoder.diagnostics = faults
    let suite = decoder.suite()
    let diagnostics = decoder.diagnostics.inDocumentOrder()
    return (diagnostics.contains { $0.severity == .error } ? nil : suite, diagnostics)
  }
}

/// One test: an input, and what is expected of the policy.
package struct PolicyTest: Sendable {
  /// Where the input stands.
  package enum Input: Sendable {
    case inline(Document, NodeID)
    /// Only the resource; all else is absent.
    case resource(Document, NodeID)
    /// A file, by its path from the folder of the tests.
    case file(String, SourceSpan)
  }

  package let name: String
  /// The test's object.
  package let span: SourceSpan
  package let input: Input
  package let decision: Decision?
  /// The rules that apply, and no others, by id, or as `rules[0]`.
  package let rules: [String]?
  /// The strings that name them.
  package let ruleNodes: [NodeID]

  /// Reads an input that stands in the tests' file.
  ///
  /// - Throws: `InputFault` for what is no input.
  func inlineInput(_ evaluator: PolicyEvaluator, now: Timestamp) throws(InputFault) -> EvaluationInput? {
    switch input {
    case .inline(let document, let node): try evaluator.input(document, at: node, now: now)
    case .resource(let document, let node):
      try EvaluationInput(document, resource: node, now: now, resourceTypes: evaluator.resourceTypes)
    case .file: nil
    }
  }
}
