import DocumentTree
import MarkedSource
import PolicyCortex
import PolicyLanguageServer
import Testing

@Suite struct NavigationTests {
  /// The text of each range, in order.
  private func texts(_ ranges: [JSONValue?], in policy: OpenPolicy) -> [String] {
    ranges.compactMap { range in
      guard let range,
        let edit = JSONValue(Array("{\"range\": \(canonicalJSON(range)), \"newText\": \"\\u0001\"}".utf8))
      else { return nil }
      let after = Array(applying([edit], to: policy.source.text).utf8)
      let before = Array(policy.source.text.utf8)
      guard let start = after.firstIndex(of: 1) else { return nil }
      return String(decoding: before[start..<(start + before.count - after.count + 1)], as: UTF8.self)
    }
  }

  private func canonicalJSON(_ range: JSONValue) -> String {
    func place(_ name: String) -> String {
      "{\"line\": \(range[name]?["line"]?.number ?? ""), \"character\": \(range[name]?["character"]?.number ?? "")}"
    }
    return "{\"start\": \(place("start")), \"end\": \(place("end"))}"
  }

  private static let document = """
    name: p
    variables:
      big: resource.size > 10
      other: "!variables.big"
    rules:
      - condition: variables.b1️⃣ig && resource.big || variables.other
        action: deny
        message: "{{ variables.big }} big"
      - condition: resource.l.exists(big, b2️⃣ig > 1 && resource.m.all(big, big < 2)) && variables.big
        action: warn
    """

  @Test("the definition of a variable is its key, and that of a macro's variable its first argument")
  func definition() throws {
    let policy = OpenPolicy(Self.document)
    let variable = try #require(policy.ask("textDocument/definition"))
    #expect(variable["range"]?["start"]?["line"]?.number == "2")
    #expect(texts([variable["range"]], in: policy) == ["big"])
    let loop = try #require(policy.ask("textDocument/definition", at: "2️⃣"))
    #expect(loop["range"]?["start"]?["line"]?.number == "8")
    #expect(texts([loop["range"]], in: policy) == ["big"])
    #expect(
      OpenPolicy("name: p\nrules: [{condition: resource.a1️⃣, action: deny}]").ask("textDocument/definition")?.isNull
        == true)
  }

  @Test("references are those that mean the same, in messages too")
  func references() throws {
    let policy = OpenPolicy(Self.document)
    func lines(_ marker: String) -> [String?] {
      policy.ask("textDocument/references", ["context": ["includeDeclaration": true]], at: marker)?.elements.map {
        $0["range"]?["start"]?["line"]?.number
      } ?? []
    }
    #expect(lines("1️⃣") == ["2", "3", "5", "7", "8"])
    #expect(lines("2️⃣") == ["8", "8"])
  }

  @Test("a new name is given wherever the name means the same, and nowhere else")
  func rename() throws {
    let policy = OpenPolicy(Self.document)
    func renamed(_ marker: String, _ name: String) -> String? {
      let answer = policy.ask("textDocument/rename", ["newName": .string(name)], at: marker)
      return answer?["changes"]?[policy.uri].map { applying($0.elements, to: policy.source.text) }
    }
    let variable = try #require(renamed("1️⃣", "large"))
    #expect(variable.contains("large: resource.size > 10\n  other: \"!variables.large\""))
    #expect(variable.contains("variables.large && resource.big || variables.other"))
    #expect(variable.contains("{{ variables.large }} big"))
    #expect(variable.contains("exists(big, big > 1 && resource.m.all(big, big < 2)) && variables.large"))
    let loop = try #require(renamed("2️⃣", "x"))
    #expect(loop.contains("exists(x, x > 1 && resource.m.all(big, big < 2)) && variables.big"))
    for name in ["other", "a b", "in", "", "1a"] { #expect(renamed("1️⃣", name) == nil, "\(name)") }
    #expect(policy.ask("textDocument/prepareRename")?["placeholder"]?.text == "big")
  }

  @Test("the policies, variables and rules are the document's symbols")
  func symbols() throws {
    let policy = OpenPolicy(
      "name: p\nid: x1\nvariables: {a: resource.b}\nrules:\n  - {id: r1, condition: variables.a, action: deny}\n  - condition: 'true'\n    action: allow\n"
    )
    let symbols = try #require(policy.ask("textDocument/documentSymbol", at: "no marker")?.elements)
    #expect(symbols.map { $0["name"]?.text } == ["p"])
    #expect(symbols.first?["children"]?.elements.map { $0["name"]?.text } == ["a", "r1", "rule 2"])
    #expect(symbols.first?["children"]?.elements.map { $0["detail"]?.text } == ["resource.b", "deny", "allow"])
  }

  @Test("objects, lists and texts of several lines can be folded")
  func folding() {
    func folds(_ text: String) -> [String] {
      OpenPolicy(text).ask("textDocument/foldingRange", at: "no marker")?.elements.map {
        "\($0["startLine"]?.number ?? "")-\($0["endLine"]?.number ?? "")"
      } ?? []
    }
    #expect(
      folds("name: p\nrules:\n  - action: deny\n    condition: >-\n      a &&\n      b\n\n  - {action: deny}\n")
        == ["1-7", "2-5", "3-5"])
    #expect(folds("{\n \"name\": \"p\",\n \"rules\": [\n  {\n   \"a\": 1\n  }\n ]\n}\n") == ["2-5", "3-4"])
  }

  @Test("a selection grows from the word to the document")
  func selection() throws {
    let policy = OpenPolicy(
      "name: p\nrules:\n  - condition: resource.a == 1 && resource.b1️⃣b == 2\n    action: deny\n")
    let answer = policy.client.request(
      "textDocument/selectionRange",
      [
        "textDocument": ["uri": .string(policy.uri)],
        "positions": [position(of: policy.source.offset("1️⃣"), in: policy.source.text)],
      ])
    var ranges: [JSONValue?] = []
    var step = answer?.elements.first
    while let current = step {
      ranges.append(current["range"])
      step = current["parent"]
    }
    let texts = texts(ranges, in: policy)
    #expect(
      texts.prefix(5) == [
        "bb", "resource.bb", "resource.bb == 2", "resource.a == 1 && resource.bb == 2",
        "condition: resource.a == 1 && resource.bb == 2",
      ])
    #expect(texts.last == policy.source.text)
  }

  @Test("the words of expressions are told, each in its place")
  func semanticTokens() throws {
    let policy = OpenPolicy(
      "name: p\nrules:\n  - condition: resource.a.exists(x, x == 'b') && true\n    action: deny\n    message: 'é {{ size(resource.c) }}'\n"
    )
    let data = try #require(policy.ask("textDocument/semanticTokens/full", at: "no marker")?["data"]?.elements)
    let numbers = data.compactMap { $0.number.flatMap(Int.init) }
    let lines = policy.source.text.split(separator: "\n").map { Array($0.utf8) }
    var line = 0
    var character = 0
    var words: [String] = []
    for index in stride(from: 0, to: numbers.count, by: 5) {
      character = numbers[index] == 0 ? character + numbers[index + 1] : numbers[index + 1]
      line += numbers[index]
      let text = String(decoding: lines[line][character..<(character + numbers[index + 2])], as: UTF8.self)
      words.append("\(text):\(numbers[index + 3])")
    }
    #expect(
      words == [
        "resource:0", "a:1", "exists:4", "x:0", "x:0", "==:8", "'b':6", "&&:8", "true:5", "size:2", "resource:0", "c:1",
      ])
  }

  @Test("`and`, `or` and `not` are operators where they are, and names elsewhere")
  func wordOperators() throws {
    func operators(_ condition: String) -> Int {
      let policy = OpenPolicy("name: p\nrules:\n  - action: deny\n    condition: \(condition)\n")
      let data = policy.ask("textDocument/semanticTokens/full", at: "no marker")?["data"]?.elements ?? []
      return stride(from: 3, to: data.count, by: 5).count { data[$0].number == "8" }
    }
    for (condition, count) in [
      ("a and not b or not (c)", 4), ("a.or(b).not", 0), ("not [1] and not.a", 2), ("not[1] && not - a > 1", 3),
      ("and.b && or(c)", 1), ("a // not b", 0), ("not not a and has(a.not)", 3), ("not -a == 1", 3),
    ] {
      #expect(operators(condition) == count, "\(condition)")
    }
  }

  @Test("what has changed among the words is enough, and a part of them can be asked for")
  func semanticTokensInParts() throws {
    let text =
      "name: p\nrules:\n  - condition: resource.a == 1\n    action: deny\n  - {condition: '!b', action: deny}\n"
    let policy = OpenPolicy(text)
    func ask(_ part: String, _ more: KeyValuePairs<String, JSON>) -> JSONValue? {
      policy.ask("textDocument/semanticTokens/\(part)", more, at: "no marker")
    }
    func numbers(_ value: JSONValue?) -> [Int]? { value?.elements.compactMap { $0.number.flatMap(Int.init) } }
    let full = try #require(ask("full", [:]))
    let first = try #require(full["resultId"]?.text)
    let data = try #require(numbers(full["data"]))
    let unchanged = try #require(ask("full/delta", ["previousResultId": .string(first)]))
    #expect(unchanged["edits"]?.elements.isEmpty == true)
    #expect(unchanged["resultId"]?.text != first)
    policy.client.change(policy.uri, version: 2, [["text": .string(text.replacing("== 1", with: "== 1 || a"))]])
    // What is not known any more is sent whole.
    #expect(ask("full/delta", ["previousResultId": .string(first)])?["edits"] == nil)
    let before = try #require(ask("full", [:]))
    policy.client.change(policy.uri, version: 5, [["text": .string(text)]])
    let delta = try #require(ask("full/delta", ["previousResultId": .string(before["resultId"]?.text ?? "")]))
    var patched = try #require(numbers(before["data"]))
    for edit in try #require(delta["edits"]).elements {
      let start = try #require(edit["start"]?.number.flatMap(Int.init))
      let count = try #require(edit["deleteCount"]?.number.flatMap(Int.init))
      patched.replaceSubrange(start..<(start + count), with: numbers(edit["data"]) ?? [])
    }
    #expect(patched == data)
    let line: JSON = ["start": ["line": 4, "character": 0], "end": ["line": 5, "character": 0]]
    // The first token counts from the document's start.
    #expect(numbers(ask("range", ["range": line])?["data"]) == [4, 17, 1, 8, 0, 0, 1, 1, 0, 0])
  }

  @Test("anywhere in the samples, and in broken ones, each request has a result")
  func everywhere() throws {
    var random = SeededGenerator(seed: 12)
    for sample in SampleFolder.all(.valid) + SampleFolder.all(.invalid) {
      guard let bytes = sample.bytes(sample.policyFile), let text = String(validating: bytes, as: UTF8.self) else {
        continue
      }
      let cut = String(decoding: bytes.prefix(Int.random(in: 0...bytes.count, using: &random)), as: UTF8.self)
      for text in [text, cut] {
        let uri = "file:///nowhere/\(sample.policyFile)"
        let client = LanguageClient(resourceTypes: sample.resourceTypes)
        client.open(uri, text)
        for _ in 0..<3 {
          let place = position(of: Int.random(in: 0...text.utf8.count, using: &random), in: text)
          for method in [
            "definition", "references", "prepareRename", "rename", "documentSymbol", "foldingRange", "selectionRange",
            "semanticTokens/full", "semanticTokens/range", "semanticTokens/full/delta", "codeLens", "inlayHint",
            "formatting",
          ] {
            let answer = client.answer(
              "textDocument/\(method)",
              [
                "textDocument": ["uri": .string(uri)], "position": place, "positions": [place], "newName": "fresh",
                "range": ["start": place, "end": place],
              ])
            #expect(answer?["result"] != nil || answer?["error"]?["code"]?.number == "-32803", "\(method) in \(sample)")
          }
        }
      }
    }
  }
}
