import DiagnosticRendering
import DocumentTree
import MarkedSource
import PolicyCortex
import PolicyLanguageServer
import Testing

@Suite struct DiagnosticsTests {
  @Test("what is sent as `data` is what the command line prints as JSON", arguments: SampleFolder.all(.invalid))
  func data(sample: SampleFolder) throws {
    let bytes = try #require(sample.bytes(sample.policyFile))
    let types = sample.resourceTypes
    let path = "\(SampleFolder.repository)/\(sample.policyPath)"
    let report = PolicyValidator(resourceTypes: try types.map { try .load(from: $0) })
      .validate(bytes, name: path)
    let printed = JSONValue(
      JSONRenderer(toolVersion: "").render(
        FileFindings(
          source: report.source, status: report.status.rawValue, policyCount: report.policies.count,
          diagnostics: report.diagnostics)))
    guard let text = String(validating: bytes, as: UTF8.self) else { return }
    let client = LanguageClient(resourceTypes: types)
    client.open("file://" + path, text)
    let sent = try #require(client.published("file://" + path)?["diagnostics"]?.elements)
    #expect(sent.map { canonical($0["data"]) } == printed?["diagnostics"]?.elements.map { canonical($0) })
    #expect(!sent.isEmpty)
    for (item, diagnostic) in zip(sent, report.diagnostics) {
      #expect(item["code"]?.text == diagnostic.code)
      #expect(item["codeDescription"]?["href"]?.text?.hasSuffix(diagnostic.code) == true)
      let start = item["range"]?["start"]
      #expect(
        canonical(start) == canonical(JSONValue(position(of: diagnostic.span.start, in: text).bytes))
          || text.utf8.contains(0x0D))
    }
  }

  @Test("diagnostics are published with the version they are of, and taken back on closing")
  func versions() throws {
    let uri = "file:///nowhere/p.yaml"
    let client = LanguageClient()
    client.open(uri, "name: p\nrulez: []\n")
    #expect(client.published(uri)?["version"]?.number == "1")
    let first = try #require(client.published(uri)?["diagnostics"]?.elements.first)
    #expect(first["code"]?.text == "unknown-field")
    #expect(first["severity"]?.number == "1")
    client.change(uri, version: 5, [["range": range(8, 13, in: "name: p\nrulez: []\n"), "text": "rules"]])
    #expect(client.published(uri)?["version"]?.number == "5")
    #expect(client.published(uri)?["diagnostics"]?.elements.map { $0["code"]?.text } == ["invalid-length"])
    client.notify("textDocument/didClose", ["textDocument": ["uri": .string(uri)]])
    #expect(client.published(uri)?["diagnostics"]?.elements.isEmpty == true)
  }

  @Test("of several changes that wait only the last text is checked")
  func waiting() {
    let uri = "file:///nowhere/p.yaml"
    let client = LanguageClient()
    client.open(uri, "name: p\n")
    let changes = (2...9).flatMap { version in
      MessageFraming.framed(
        ([
          "jsonrpc": "2.0", "method": "textDocument/didChange",
          "params": [
            "textDocument": ["uri": .string(uri), "version": .integer(version)],
            "contentChanges": [["text": "name: \(version)\n"]],
          ],
        ] as JSON).bytes)
    }
    #expect(client.send(changes).map { $0["params"]?["version"]?.number } == ["9"])
  }

  @Test("an editor that asks is answered, and told no result twice")
  func pulling() throws {
    let uri = "file:///nowhere/p.yaml"
    let client = LanguageClient(pulls: true)
    client.open(uri, "name: p\nrules: []\n")
    #expect(client.published(uri) == nil)
    let document: JSON = ["uri": .string(uri)]
    let full = try #require(client.request("textDocument/diagnostic", ["textDocument": document]))
    #expect(full["kind"]?.text == "full")
    #expect(full["items"]?.elements.map { $0["code"]?.text } == ["invalid-length"])
    let id = try #require(full["resultId"]?.text)
    func kind() -> String? {
      client.request("textDocument/diagnostic", ["textDocument": document, "previousResultId": .string(id)])?["kind"]?
        .text
    }
    #expect(kind() == "unchanged")
    client.change(uri, version: 2, [["text": "name: q\nrules: []\n"]])
    #expect(kind() == "unchanged")
    client.change(uri, version: 3, [["text": "name: q\nrules: 1\n"]])
    #expect(kind() == "full")
    #expect(client.answer("textDocument/diagnostic", ["textDocument": ["uri": "file:///other"]])?["error"] != nil)
  }

  @Test("related places and tags are sent")
  func relatedPlaces() throws {
    let uri = "file:///nowhere/p.yaml"
    let client = LanguageClient()
    client.open(
      uri,
      """
      name: p
      rules:
        - {id: a, condition: resource.b == 1, action: deny, message: m}
        - {id: a, condition: resource.b == 2, action: deny, message: m}
      """)
    let items = try #require(client.published(uri)?["diagnostics"]?.elements)
    let twice = try #require(items.first { $0["code"]?.text == "duplicate-rule-id" })
    let related = try #require(twice["relatedInformation"]?.elements.first)
    #expect(related["location"]?["uri"]?.text == uri)
    #expect(related["location"]?["range"]?["start"]?["line"]?.number == "2")
    client.open(
      uri,
      """
      name: p
      variables: {unused: "resource.a == 1"}
      rules: [{condition: resource.b == 1, action: deny, message: m}]
      """)
    let unused = try #require(
      client.published(uri)?["diagnostics"]?.elements.first { $0["code"]?.text == "unused-variable" })
    #expect(unused["tags"]?.elements.map(\.number) == ["1"])
  }
}
