import DocumentTree
import MarkedSource
import PolicyCortex
import PolicyLanguageServer
import Testing

@Suite struct CodeActionTests {
  private let uri = "file:///nowhere/p.yaml"

  private func actions(_ marked: String, only: [String]? = nil, uri: String = "file:///nowhere/p.yaml") -> (
    text: String, actions: [JSONValue]
  ) {
    let source = MarkedSource(marked)
    let client = LanguageClient()
    client.open(uri, source.text, language: uri.hasSuffix("json") ? "json" : "yaml")
    let offset = source.offset("1️⃣")
    let answer = client.request(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .string(uri)], "range": range(offset, offset, in: source.text),
        "context": .object(
          [("diagnostics", [])] + (only.map { [("only", .array($0.map { .string($0) }))] } ?? [])),
      ])
    return (source.text, answer?.elements ?? [])
  }

  private func edits(_ action: JSONValue, _ uri: String = "file:///nowhere/p.yaml") -> [JSONValue] {
    action["edit"]?["changes"]?[uri]?.elements ?? []
  }

  @Test("a fix-it is a quick fix, preferred when it is safe")
  func quickFix() throws {
    let (text, actions) = actions(
      "name: p\nrules:\n  - condition: resource.a 1️⃣and resource.b\n    action: deny\n    message: m\n")
    let fix = try #require(actions.first { $0["diagnostics"]?.elements.first?["code"]?.text == "word-operator" })
    #expect(fix["kind"]?.text == "quickfix")
    #expect(applying(edits(fix), to: text).contains("resource.a && resource.b"))
    let report = PolicyValidator().validate(Array(text.utf8), name: "p.yaml")
    let fixIt = try #require(report.diagnostics.first { $0.code == "word-operator" }?.fixIts.first)
    #expect(fix["isPreferred"]?.isTrue ?? false == (fixIt.applicability == .safe))
  }

  @Test("away from a diagnostic there is no action but that for the whole document")
  func elsewhere() {
    let (_, actions) = actions(
      "na1️⃣me: p\nrules:\n  - condition: resource.a and resource.b\n    action: deny\n    message: m\n")
    #expect(actions.allSatisfy { $0["kind"]?.text == "source.fixAll.policycortex" })
  }

  @Test("all safe fixes at once give what `--fix` leaves", arguments: SampleFolder.all(.invalid))
  func fixAll(sample: SampleFolder) throws {
    let bytes = try #require(sample.bytes(sample.policyFile))
    guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0x0D) else { return }
    let validator = PolicyValidator(resourceTypes: try sample.resourceTypes.map { try .load(from: $0) })
    let uri = "file:///nowhere/\(sample.policyFile)"
    let fixed = PolicyFixer(validator).fixed(bytes, name: "/nowhere/\(sample.policyFile)").bytes
    let client = LanguageClient(resourceTypes: sample.resourceTypes)
    client.open(uri, text)
    let answer = client.request(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .string(uri)], "range": range(0, 0, in: text),
        "context": ["diagnostics": [], "only": ["source.fixAll"]],
      ])
    let edits = answer?.elements.first?["edit"]?["changes"]?[uri]?.elements ?? []
    #expect(applying(edits, to: text) == String(decoding: fixed, as: UTF8.self))
  }

  @Test("kinds that are not wanted are not offered")
  func kinds() {
    let marked = "name: p\nrules:\n  - condition: resource.a 1️⃣and resource.b\n    action: deny\n    message: m\n"
    #expect(actions(marked, only: ["refactor"]).actions.isEmpty)
    #expect(actions(marked, only: ["quick"]).actions.isEmpty)
    #expect(actions(marked, only: ["quickfix"]).actions.allSatisfy { $0["kind"]?.text == "quickfix" })
  }

  @Test(
    "advice is suppressed in place, with a reason, and nothing else changes",
    arguments: [
      "name: p\nrules:\n  - con1️⃣dition: resource.a == 1\n    action: deny\n",
      "name: p\nrules:\n  - action: deny\n    message: m\n    condition: >-\n      resource.a == 1 1️⃣and\n      resource.b\n",
      "{\"name\": \"p\",\n \"rules\": [{\"condition\": \"resource.a 1️⃣and resource.b\", \"action\": \"deny\", \"message\": \"m\"}]}",
    ])
  func suppression(marked: String) throws {
    let uri = marked.hasPrefix("{") ? "file:///nowhere/p.json" : uri
    let before = PolicyValidator().validate(Array(MarkedSource(marked).text.utf8), name: String(uri.suffix(6)))
    let advised = before.diagnostics.filter { $0.failure == nil }
    let (text, actions) = actions(marked, uri: uri)
    for action in actions where action["title"]?.text?.hasPrefix("suppress") == true {
      let code = try #require(action["diagnostics"]?.elements.first?["code"]?.text)
      let after = applying(edits(action, uri), to: text)
      let report = PolicyValidator().validate(Array(after.utf8), name: String(uri.suffix(6)))
      #expect(!report.diagnostics.contains { $0.code == code }, "\(after)")
      #expect(report.diagnostics.count < before.diagnostics.count)
      #expect(after.contains("reason"))
      return
    }
    #expect(Bool(false), "no suppression of \(advised.map(\.code)) among \(actions.map { $0["title"]?.text ?? "" })")
  }

  @Test("formatting gives what `format` writes")
  func formatting() {
    let text = "name: p\nrules:\n  - condition: 'resource.a==1&&  resource.b  >2'\n    action: deny\n"
    let client = LanguageClient()
    client.open(uri, text)
    let edits = client.request(
      "textDocument/formatting", ["textDocument": ["uri": .string(uri)], "options": ["tabSize": 2]])
    let expected = PolicyFormatter().format(Array(text.utf8), name: "p.yaml").bytes
    #expect(applying(edits?.elements ?? [], to: text) == String(decoding: expected, as: UTF8.self))
    #expect(expected != Array(text.utf8))
  }
}
