internal import CEL
internal import PolicyCortex

/// What the decisions that the editor shows are about: a file with an input or a resource, or the input of a test.
struct PinnedInput: Equatable {
  let path: String
  /// The place of the test in a file of tests; `nil` for a file that is the input itself.
  let test: Int?
  /// What it is called where a decision is shown.
  let name: String

  /// Finds what is to be pinned.
  ///
  /// - Throws: `UnreadableTestInput` for what is no input.
  init(uri: String, test: Int?, _ server: LanguageServer) throws(UnreadableTestInput) {
    guard let path = DocumentURI.path(of: uri) else { throw UnreadableTestInput(message: "`\(uri)` is no file") }
    guard let file = server.file(at: path) else { throw UnreadableTestInput(message: "cannot read `\(path)`") }
    self.path = path
    self.test = test
    let label = String(DocumentURI.lastPart(of: path))
    if let test {
      guard let tests = TestFile(file)?.suite.tests, tests.indices.contains(test) else {
        throw UnreadableTestInput(message: "`\(label)` has no test \(test)")
      }
      name = "\(label): \(tests[test].name)"
    } else {
      name = label
      _ = try input(PolicyTester([]), server)
    }
  }

  /// The input as it is now.
  func input(_ tester: PolicyTester, _ server: LanguageServer) throws(UnreadableTestInput) -> EvaluationInput {
    guard let file = server.file(at: path) else { throw UnreadableTestInput(message: "cannot read `\(path)`") }
    if let test {
      guard let tests = TestFile(file), tests.suite.tests.indices.contains(test) else {
        throw UnreadableTestInput(message: "the test is gone")
      }
      return try tests.input(of: tests.suite.tests[test], tester, server)
    }
    do throws(PolicyInputError) {
      return try tester.evaluator.input(file.source, now: EvaluationInput.currentTime(), allowsResource: true)
    } catch {
      throw UnreadableTestInput(message: "`\(name)`, line \(error.position.line): \(error.message)")
    }
  }
}

extension LanguageServer {
  /// What a document's policies answer to the pinned input; `nil` where nothing is pinned, or the document has errors.
  func pinnedAnswer(_ uri: String) -> Result<PolicyAnswer, UnreadableTestInput>? {
    guard let pinned, let tester = tester(uri) else { return nil }
    do throws(UnreadableTestInput) {
      return .success(tester.evaluator.answer(to: try pinned.input(tester, self)))
    } catch {
      return .failure(error)
    }
  }

  /// Has the editor ask anew for decisions.
  func refreshDecisions() {
    if client.refreshesCodeLenses { ask("workspace/codeLens/refresh", nil) }
    if client.refreshesInlayHints { ask("workspace/inlayHint/refresh", nil) }
  }
}
