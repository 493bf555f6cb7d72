import DocumentTree
import Glibc
import PolicyLanguageServer
import Testing

/// Decisions on a pinned input and on tests, and rules by their names: what several files say together.
@Suite final class DecisionTests {
  private let folder: String

  init() throws {
    var template = Array("/tmp/policycortex-lsp-ä XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw UnwrittenFile() }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    try writeFile("\(folder)/small.json", Array(#"{"size": 3}"#.utf8))
    try writeFile("\(folder)/p.test.yaml", Array(Self.tests.utf8))
    try writeFile("\(folder)/q.test.yaml", Array("policy: other.yaml\ntests: [{resource: {}, decision: deny}]\n".utf8))
  }

  deinit {
    for name in ["small.json", "p.test.yaml", "q.test.yaml", "p.yaml"] { unsafe unlink("\(folder)/\(name)") }
    unsafe rmdir(folder)
  }

  private static let policy = """
    name: p
    rules:
      - id: large
        condition: resource.size > 10
        action: deny
        message: large
      - condition: >
          resource.size < 5
        action: warn
        message: small
      - id: broken
        condition: resource.size.startsWith("a")
        action: warn
        message: never

    """

  private static let tests = """
    policy: p.yaml
    tests:
      - name: big ones are denied
        resource: {size: 11}
        decision: deny
      - name: small ones are not
        input: {resource: {size: "a"}}
        rules: ["large"]

    """

  private func uri(_ name: String) -> String { "file://" + folder.replacing(" ", with: "%20") + "/" + name }

  private func opened(_ names: String..., more: KeyValuePairs<String, JSON> = [:]) -> LanguageClient {
    let client = LanguageClient(more: more)
    for name in names { client.open(uri(name), name == "p.yaml" ? Self.policy : Self.tests) }
    return client
  }

  private func pin(_ client: LanguageClient, _ arguments: JSON...) -> JSONValue? {
    client.answer(
      "workspace/executeCommand", ["command": "policycortex.pinResource", "arguments": .array(arguments)])
  }

  private func lenses(_ client: LanguageClient, _ name: String) -> [String]? {
    client.request("textDocument/codeLens", ["textDocument": ["uri": .string(uri(name))]])?.elements.map {
      "\($0["range"]?["start"]?["line"]?.number ?? "?"): \($0["command"]?["title"]?.text ?? "?")"
    }
  }

  private func hints(_ client: LanguageClient, _ lines: ClosedRange<Int> = 0...99) -> [String]? {
    let range: JSON = [
      "start": ["line": .integer(lines.lowerBound), "character": 0],
      "end": ["line": .integer(lines.upperBound), "character": 0],
    ]
    return client.request("textDocument/inlayHint", ["textDocument": ["uri": .string(uri("p.yaml"))], "range": range])?
      .elements.map {
        let place = $0["position"]
        return
          "\(place?["line"]?.number ?? "?"):\(place?["character"]?.number ?? "?") \($0["label"]?.text ?? "?")"
      }
  }

  @Test("tests beside a policy are run as it is typed")
  func testLenses() {
    let client = opened("p.yaml")
    #expect(lenses(client, "p.yaml") == ["0: p.test.yaml: 1 of 2 failed, first small ones are not"])
    client.change(
      uri("p.yaml"), version: 2, [["text": .string(Self.policy.replacing("size > 10", with: "size == \"a\""))]])
    #expect(lenses(client, "p.yaml") == ["0: p.test.yaml: 2 of 2 failed, first big ones are denied"])
    client.change(uri("p.yaml"), version: 3, [["text": .string(Self.policy.replacing("> 10", with: "> > 10"))]])
    #expect(lenses(client, "p.yaml") == [])
  }

  @Test("each test says what became of it, and can be pinned")
  func lensesOfTests() {
    let client = opened("p.yaml", "p.test.yaml")
    #expect(
      lenses(client, "p.test.yaml") == [
        "2: passed", "2: pin this input",
        "5: failed: rule `large` has no value: `resource.size > 10`: it cannot take `string` and `int`; "
          + "rule `rules[1]` has no value: `resource.size < 5`: it cannot take `string` and `int`; "
          + "rule `broken` applies, and was not expected to; rule `large` was expected to apply, and does not",
        "5: pin this input",
      ])
    #expect(pin(client, .string(uri("p.test.yaml")), 0)?["result"]?["name"]?.text == "p.test.yaml: big ones are denied")
    #expect(
      lenses(client, "p.yaml")?.first
        == "0: p.test.yaml: big ones are denied: deny (large, 1 with an error)")
    // The policy is read from the file where it is not open, and there is none.
    #expect(
      lenses(opened("p.test.yaml"), "p.test.yaml")?.first == "2: not run: the policy cannot be read, or has errors")
  }

  @Test("conditions show what they come to on the pinned input, as far as they are asked for")
  func hintsOfConditions() throws {
    let client = opened(
      "p.yaml",
      more: [
        "workspace": ["codeLens": ["refreshSupport": true], "inlayHint": ["refreshSupport": true]]
      ])
    #expect(hints(client) == [])
    #expect(pin(client, .string(uri("small.json")))?["result"]?["name"]?.text == "small.json")
    #expect(
      client.notifications.suffix(2).map { $0["method"]?.text } == [
        "workspace/codeLens/refresh", "workspace/inlayHint/refresh",
      ])
    let found = try #require(hints(client))
    #expect(found.prefix(2) == ["3:33 → false", "7:23 → warn"])
    #expect(found.dropFirst(2).first?.hasPrefix("11:44 → error: ") == true)
    #expect(hints(client, 5...9) == ["7:23 → warn"])
    #expect(lenses(client, "p.yaml")?.first == "0: small.json: warn (rules[1], 1 with an error)")
    // The file is taken as it is now.
    try writeFile("\(folder)/small.json", Array(#"{"resource": {"size": 30}}"#.utf8))
    #expect(hints(client)?.prefix(2) == ["3:33 → deny", "7:23 → false"])
    #expect(pin(client, .null)?["result"]?.isNull == true)
    #expect(hints(client) == [])
  }

  @Test("what cannot be pinned is refused, and what was pinned stays")
  func refusals() throws {
    let client = opened("p.yaml", "p.test.yaml")
    _ = pin(client, .string(uri("small.json")))
    for (arguments, message) in [
      ([.string(uri("none.json"))], "cannot read"), ([.string(uri("p.test.yaml")), 2], "has no test 2"),
      (["untitled:1"], "is no file"), ([7], "is no URI"),
    ] as [([JSON], String)] {
      let answer = client.answer(
        "workspace/executeCommand", ["command": "policycortex.pinResource", "arguments": .array(arguments)])
      #expect(answer?["error"]?["message"]?.text?.contains(message) == true)
    }
    #expect(client.answer("workspace/executeCommand", ["command": "rm"])?["error"]?["code"]?.number == "-32602")
    #expect(hints(client)?.isEmpty == false)
    // A pinned file that has become unreadable says so.
    try writeFile("\(folder)/small.json", Array("{".utf8))
    #expect(lenses(client, "p.yaml")?.first?.hasPrefix("0: small.json: `small.json`, line 1: ") == true)
    #expect(hints(client) == [])
  }

  @Test("a rule is found and renamed from its policy and from its tests", arguments: ["p.yaml", "p.test.yaml"])
  func rules(from name: String) throws {
    let client = opened("p.yaml", "p.test.yaml")
    let place: JSON = name == "p.yaml" ? ["line": 2, "character": 12] : ["line": 7, "character": 15]
    func ask(_ method: String, _ more: KeyValuePairs<String, JSON> = [:]) -> JSONValue? {
      client.answer(
        "textDocument/\(method)",
        .object(
          [("textDocument", ["uri": .string(uri(name))]), ("position", place)] + more.map { ($0.key, $0.value) }))
    }
    let declaration = try #require(ask("definition")?["result"])
    #expect(declaration["uri"]?.text == uri("p.yaml"))
    #expect(declaration["range"]?["start"]?["line"]?.number == "2")
    #expect(declaration["range"]?["start"]?["character"]?.number == "8")
    let references = ask("references", ["context": ["includeDeclaration": true]])?["result"]?.elements
    #expect(references?.map { $0["uri"]?.text } == [uri("p.yaml"), uri("p.test.yaml")])
    #expect(ask("prepareRename")?["result"]?["placeholder"]?.text == "large")
    let changes = try #require(ask("rename", ["newName": "too: large"])?["result"]?["changes"])
    let policy = applying(changes[uri("p.yaml")]?.elements ?? [], to: Self.policy)
    #expect(policy.contains("- id: \"too: large\"\n") || policy.contains("- id: 'too: large'\n"))
    let tests = applying(changes[uri("p.test.yaml")]?.elements ?? [], to: Self.tests)
    #expect(tests.contains(#"rules: ["too: large"]"#))
    // Another rule has the name.
    #expect(ask("rename", ["newName": "broken"])?["error"]?["code"]?.number == "-32803")
    #expect(ask("rename", ["newName": ""])?["error"]?["code"]?.number == "-32803")
  }
}
