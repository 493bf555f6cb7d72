internal import DocumentTree
internal import PolicyCortex
internal import PolicyModel
internal import Source

/// `textDocument/codeLens`: what is decided on the pinned input, and what became of tests.
struct CodeLensRequest: RequestMessage {
  static let method = "textDocument/codeLens"
  private let uri: String

  init(_ parameters: Parameters) throws(ResponseError) { uri = try parameters.documentURI() }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    var document = try server.document(uri)
    if let tests = TestFile(document) { return .array(lenses(of: tests, &document, server)) }
    guard let inspection = server.inspection(uri), let policy = inspection.policies.first else { return [] }
    // All policies of a document decide together.
    let start = policy.nameNode.map { inspection.document[$0].span } ?? inspection.document[policy.objectNode].span
    let range = document.range(SourceSpan(at: start.start))
    var lenses: [JSON] = []
    if let pinned = server.pinned, let answer = server.pinnedAnswer(uri) {
      let decision =
        switch answer {
        case .success(let answer): words(for: answer, policyCount: inspection.policies.count)
        case .failure(let problem): problem.message
        }
      lenses.append(lens("\(pinned.name): \(decision)", range))
    }
    if let path = document.path, let tester = server.tester(uri) {
      for tests in server.testFiles(ofPolicy: path) { lenses.append(lens(summary(of: tests, tester, server), range)) }
    }
    return .array(lenses)
  }

  /// Rules that apply are named up to so many.
  private static let namedRules = 3

  private func words(for answer: PolicyAnswer, policyCount: Int) -> String {
    let applying = answer.rules.filter { $0.outcome == .applies }.map { rule in
      PolicyTester.name(rule.id, rule.index, policyCount > 1 ? rule.policy : nil)
    }
    let failing = answer.rules.count { $0.outcome == .error }
    var reasons = Array(applying.prefix(Self.namedRules))
    if applying.count > Self.namedRules { reasons.append("\(applying.count - Self.namedRules) more") }
    if failing > 0 { reasons.append("\(failing) with an error") }
    return answer.decision.rawValue + (reasons.isEmpty ? "" : " (\(reasons.joined(separator: ", ")))")
  }

  private func summary(of tests: TestFile, _ tester: PolicyTester, _ server: LanguageServer) -> String {
    let failed = tests.suite.tests.filter { !tests.failures(of: $0, tester, server).isEmpty }
    let name = DocumentURI.lastPart(of: tests.path)
    guard let first = failed.first else { return "\(name): \(tests.suite.tests.count) passed" }
    return "\(name): \(failed.count) of \(tests.suite.tests.count) failed, first \(first.name)"
  }

  /// What became of each test, and a way to pin its input.
  private func lenses(of tests: TestFile, _ document: inout OpenDocument, _ server: LanguageServer) -> [JSON] {
    let tester = server.tester(ofFile: tests.policy)
    var lenses: [JSON] = []
    for (index, test) in tests.suite.tests.enumerated() {
      let range = document.range(SourceSpan(at: test.span.start))
      if let tester {
        let failures = tests.failures(of: test, tester, server)
        lenses.append(lens(failures.isEmpty ? "passed" : "failed: " + failures.joined(separator: "; "), range))
      } else {
        lenses.append(lens("not run: the policy cannot be read, or has errors", range))
      }
      lenses.append([
        "range": range,
        "command": [
          "title": "pin this input", "command": .string(ExecuteCommandRequest.pinResource),
          "arguments": [.string(uri), .integer(index)],
        ],
      ])
    }
    return lenses
  }

  /// A lens that only tells something.
  private func lens(_ title: String, _ range: JSON) -> JSON {
    ["range": range, "command": ["title": .string(title), "command": ""]]
  }
}
