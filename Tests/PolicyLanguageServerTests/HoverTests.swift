import DocumentTree
import MarkedSource
import PolicyLanguageServer
import Testing

/// A server that has one document open and knows the resource types of the samples.
struct OpenPolicy {
  let client: LanguageClient
  let source: MarkedSource
  let uri: String

  init(_ marked: String, resourceTypes: String? = nil) {
    source = MarkedSource(marked)
    uri = marked.hasPrefix("{") ? "file:///nowhere/p.json" : "file:///nowhere/p.yaml"
    client = LanguageClient(resourceTypes: resourceTypes)
    client.open(uri, source.text)
  }

  /// A policy with one condition, in YAML; `RESOURCE_TYPES` has its type.
  init(condition: String, type: String? = "AWS::S3::Bucket") throws {
    self.init(
      """
      name: p
      \(type.map { "resource_type: \($0)" } ?? "")
      variables:
        big: resource.size > 10
        names: "['a', 'b']"
      rules:
        - action: deny
          condition: >-
            \(condition)
      """, resourceTypes: type == nil ? nil : try OpenPolicy.types)
  }

  /// A folder with one resource type.
  private static var types: String {
    get throws {
      let path = "/tmp/policycortex-lsp-types.json"
      let bytes = Array(schema.utf8)
      if SharedData.fileBytes(path) != bytes { try writeFile(path, bytes) }
      return path
    }
  }

  private static let schema = """
    {"typeName": "AWS::S3::Bucket", "additionalProperties": false, "properties": {
      "BucketName": {"type": "string", "description": "A name for the bucket."},
      "Old": {"type": "string", "description": "Deprecated: gone."},
      "Versioning": {"type": "object", "additionalProperties": false, "properties": {
        "Status": {"type": "string", "enum": ["Enabled", "Suspended"]}}},
      "Rules": {"type": "array", "items": {"type": "object", "additionalProperties": false, "properties": {
        "Days": {"type": "integer"}, "Prefix": {"type": "string"}}}}}}
    """

  func ask(_ method: String, _ more: KeyValuePairs<String, JSON> = [:], at marker: String = "1️⃣") -> JSONValue? {
    client.request(
      method,
      .object(
        [
          ("textDocument", ["uri": .string(uri)]),
          ("position", position(of: source.offset(marker), in: source.text)),
        ] + more.map { ($0.key, $0.value) }))
  }
}

@Suite struct HoverTests {
  private func hover(_ condition: String) throws -> String? {
    try OpenPolicy(condition: condition).ask("textDocument/hover")?["contents"]?["value"]?.text
  }

  @Test(
    "a word is told with its type",
    arguments: [
      ("resource.Versioning.Sta1️⃣tus == 'Enabled'", "Versioning.Status: string"),
      ("resource.Versioning.Status1️⃣ == 'Enabled'", "One of `'Enabled'`, `'Suspended'`."),
      ("resource.1️⃣BucketName == 'a'", "A name for the bucket."),
      ("resource.Rules.exists(r, r.D1️⃣ays > 1)", "Rules[].Days: int"),
      ("resource.Rules.exi1️⃣sts(r, r.Days > 1)", "range.exists(variable, condition) -> bool"),
      ("variables.b1️⃣ig", "variables.big: bool"),
      ("variables.b1️⃣ig", "resource.size > 10"),
      ("variables.na1️⃣mes.size() > 1", "variables.names: list(string)"),
      ("resource.BucketName.starts1️⃣With('a')", "string.startsWith(string) -> bool"),
      ("math.ab1️⃣s(-1) > 0", "math.abs(int) -> int"),
      ("si1️⃣ze(resource.BucketName) > 1", "size(string) -> int"),
      ("n1️⃣ow > timestamp('2020-01-01T00:00:00Z')", "now: timestamp"),
      ("resource.BucketName == 'a1️⃣b'", "string"),
      ("resource.BucketName.matches('^a[0-9]{3}1️⃣$')", "Matches whole texts: `a000`, for example."),
      ("resource.BucketName.matches(r'(dev|p)\\d+1️⃣')", "Matches texts with such a part: `p0`, for example."),
      ("regex.extract(resource.BucketName, '^(?:a|1️⃣bc)') == optional.none()", "Matches texts that start so: `a`, for"),
      ("resource.age > dura1️⃣tion('1h') + duration('30m')", "Its value is always:\n\n```cel\nduration(\"3600s\")"),
      ("resource.age > duration('1h') 1️⃣+ duration('30m')", "Its value is always:\n\n```cel\nduration(\"5400s\")"),
      ("resource.size > (2 1️⃣* 3 or 1)", "int"),
      ("resource.size > 1 1️⃣/ 0", "error: division by zero"),
      ("variables.names.exists(n, 1️⃣n == 'a')", "n: string"),
    ])
  func words(condition: String, expected: String) throws {
    let text = try #require(try hover(condition), "\(condition)")
    #expect(text.contains(expected), "\(text)")
  }

  @Test("what reads the input has no value yet, and a literal is its own", arguments: ["resource.size 1️⃣+ 1", "1️⃣12"])
  func variables(part: String) throws {
    #expect(try hover("resource.size > \(part)")?.contains("always") == false)
  }

  @Test("nothing is said between words and outside of expressions")
  func silence() throws {
    #expect(OpenPolicy("na1️⃣me: p\nrules: []\n").ask("textDocument/hover")?.isNull == true)
    #expect(OpenPolicy("1️⃣").ask("textDocument/hover")?.isNull == true)
    #expect(OpenPolicy("{\"a\": 1️⃣").ask("textDocument/hover")?.isNull == true)
  }

  @Test("the range is the word's, through escapes and in messages")
  func ranges() throws {
    let escaped = OpenPolicy(
      #"{"name": "p", "rules": [{"condition": "\u0072esource.n\u0061me1️⃣ == \"a\"", "action": "deny"}]}"#)
    let range = try #require(escaped.ask("textDocument/hover")?["range"])
    let start = try #require(range["start"]?["character"]?.number.flatMap(Int.init))
    let end = try #require(range["end"]?["character"]?.number.flatMap(Int.init))
    let bytes = Array(escaped.source.text.utf8)
    #expect(String(decoding: bytes[start..<end], as: UTF8.self) == #"n\u0061me"#)
    let message = OpenPolicy(
      "name: p\nrules:\n  - {condition: 'true', action: deny, message: '{{ now.get1️⃣FullYear() }}'}\n")
    #expect(
      message.ask("textDocument/hover")?["contents"]?["value"]?.text?.contains("timestamp.getFullYear() -> int") == true
    )
  }
}

@Suite struct SignatureHelpTests {
  @Test(
    "the call around the cursor is told, and which argument is being written",
    arguments: [
      ("resource.BucketName.replace('a', 1️⃣)", "string.replace(string, string) -> string", 1),
      ("resource.BucketName.startsWith(1️⃣", "string.startsWith(string) -> bool", 0),
      ("math.greatest(1, [2, 3][0], 1️⃣", "math.greatest(", 2),
      ("variables.names.exists(n, 1️⃣)", "range.exists(variable, condition) -> bool", 1),
      ("size('a,b'1️⃣)", "size(string) -> int", 0),
    ])
  func calls(condition: String, label: String, argument: Int) throws {
    let help = try #require(try OpenPolicy(condition: condition).ask("textDocument/signatureHelp"))
    #expect(help["signatures"]?.elements.contains { $0["label"]?.text?.hasPrefix(label) == true } == true)
    #expect(help["activeParameter"]?.number == String(argument))
  }

  @Test("outside of calls there is none", arguments: ["1️⃣", "(resource.a1️⃣)", "size('a')1️⃣ == 1", "[1, 1️⃣2]"])
  func none(condition: String) throws {
    #expect(try OpenPolicy(condition: condition).ask("textDocument/signatureHelp")?.isNull == true)
  }
}
