internal import CEL
internal import DocumentTree
internal import PolicyCortex
internal import Source

/// A file of tests, and the policy that they are for.
struct TestFile {
  let document: OpenDocument
  let suite: PolicyTestSuite
  /// The path of the policy.
  let policy: String

  /// Reads the tests of a document; `nil` for one that is in no file, or holds no tests.
  init?(_ document: OpenDocument) {
    guard document.isTest, let path = document.path, let suite = PolicyTestSuite.read(document.source).suite else {
      return nil
    }
    self.document = document
    self.suite = suite
    policy = TestFile.beside(path, suite.policy)
  }

  /// The file's path.
  var path: String { document.path ?? document.name }

  /// A path that is meant from the folder of another file.
  static func beside(_ path: String, _ name: String) -> String {
    name.hasPrefix("/") ? name : DocumentURI.directory(of: path) + "/" + name
  }

  /// What was expected of a test's policy and did not come, a line each.
  func failures(of test: PolicyTest, _ tester: PolicyTester, _ server: LanguageServer) -> [String] {
    do throws(UnreadableTestInput) {
      return tester.result(of: test, on: try input(of: test, tester, server)).failures
    } catch {
      return [error.message]
    }
  }

  /// The input of a test.
  func input(
    of test: PolicyTest, _ tester: PolicyTester, _ server: LanguageServer
  ) throws(UnreadableTestInput) -> EvaluationInput {
    let now = EvaluationInput.currentTime()
    switch test.input {
    case .inline, .resource:
      do throws(InputFault) {
        if let input = try tester.inlineInput(of: test, now: now) { return input }
      } catch {
        throw UnreadableTestInput(message: error.message)
      }
      throw UnreadableTestInput(message: "there is no input")
    case .file(let name, _):
      let path = TestFile.beside(self.path, name)
      guard let file = server.file(at: path) else { throw UnreadableTestInput(message: "cannot read `\(path)`") }
      do throws(PolicyInputError) { return try tester.evaluator.input(file.source, now: now) } catch {
        throw UnreadableTestInput(message: "`\(path)`, line \(error.position.line): \(error.message)")
      }
    }
  }
}

/// Why a test has no input.
struct UnreadableTestInput: Error {
  let message: String
}

extension LanguageServer {
  /// More files of tests than these are not looked for beside a policy.
  private static let testFileLimit = 64

  /// The files of tests beside a policy that are for it.
  func testFiles(ofPolicy path: String) -> [TestFile] {
    let policy = DocumentURI.resolved(path)
    let directory = DocumentURI.directory(of: path)
    let names = (namesInDirectory(Array(directory.utf8)) ?? []).map { String(decoding: $0, as: UTF8.self) }
    var found: [TestFile] = []
    for name in names.filter(OpenDocument.isTestName).prefix(Self.testFileLimit) {
      guard let file = file(at: directory + "/" + name).flatMap(TestFile.init) else { continue }
      if DocumentURI.resolved(file.policy) == policy { found.append(file) }
    }
    return found
  }
}
