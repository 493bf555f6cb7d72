import Glibc
import PolicyCortex
import Testing

/// What only users of the library call.
@Suite("The library")
struct LibraryTests {
  @Test(
    "answers with the status and the body of the API",
    arguments: [
      ("name: p\nrules:\n- {condition: resource.size > 3, action: warn}", 200, #"{"valid":true,"diagnostics":[]}"#),
      ("name: p", 400, #"{"error":"Bad Request","message":"Missing required field: rules","code":400,"#),
      (
        "name: p\nrules:\n- {condition: invalid_syntax_here, action: deny}", 422,
        #"{"error":"Unprocessable Entity","message":"Policy validation failed","code":422,"details":"#
          + #"{"field":"rules[0].condition","error":"Invalid condition syntax","diagnostics":[{"#
      ),
    ])
  func response(policy: String, status: Int, start: String) {
    let report = PolicyValidator().validate(Array(policy.utf8), name: "policy.yaml")
    let body = String(decoding: report.responseBody(), as: UTF8.self)
    #expect(report.status.rawValue == status)
    #expect(body.hasPrefix(start), "\(body)")
    #expect(body.hasSuffix("}") && !body.contains("\n"), "\(body)")
  }

  static let policy = """
    name: p
    rules:
    - {id: big, condition: resource.size > 3, action: deny, message: "{{ resource.size }} is too big"}
    - {id: old, condition: now > timestamp("2026-01-01T00:00:00Z"), action: warn}
    """

  @Test("says what policies decide on an input, which is JSON or YAML")
  func evaluate() throws {
    let validator = PolicyValidator()
    let evaluator = PolicyEvaluator(
      validator.validate(Array(Self.policy.utf8), name: "p.yaml").policies, validatedBy: validator)
    let old = try evaluator.evaluate(Array(#"{"resource": {"size": 4}, "now": "2025-01-01T00:00:00Z"}"#.utf8))
    #expect(old.decision == .deny)
    #expect(old.rules.map(\.outcome) == [.applies, .no])
    #expect(old.rules.map(\.id) == ["big", "old"])
    #expect(old.rules[0].message == "4 is too big")
    let new = try evaluator.evaluate(
      Array("resource: {size: 3}\nnow: 2027-01-01T00:00:00Z".utf8), name: "input.yaml")
    #expect(new.decision == .warn)
    // Without `now` it is now, which is not before 2026.
    #expect(try evaluator.evaluate(Array(#"{"resource": {"size": 1}}"#.utf8)).decision == .warn)
    let failed = try evaluator.evaluate(Array(#"{"resource": {"size": "x"}}"#.utf8))
    #expect(failed.decision == .deny)
    #expect(failed.rules[0].error != nil)
  }

  @Test(
    "says of bytes that are no input what is wrong, and where",
    arguments: [
      ("", "input.json:1:1: "), ("{}", "input.json:1:1: the input has no `resource`"),
      ("[1]", "input.json:1:1: an input is an object"), ("{\n \"resource\": {\"a\" 1}}", "input.json:2:19: a `:` is"),
      ("{\"resource\": {}, \"now\": \"today\"}", "input.json:1:25: `now` is no timestamp"),
      ("\u{0}\u{FFFF}", "input.json:1:1: "),
    ])
  func fault(input: String, start: String) throws {
    let evaluator = PolicyEvaluator(PolicyValidator().validate(Array(Self.policy.utf8), name: "p.yaml").policies)
    let error = #expect(throws: PolicyInputError.self) { try evaluator.evaluate(Array(input.utf8)) }
    #expect(error?.description.hasPrefix(start) == true, "\(error?.description ?? "")")
  }

  @Test("formats, whatever the length of lines that is asked for", arguments: [Int.min, 0, 100, Int.max])
  func format(lineLength: Int) {
    let bytes = Array("name: p\nrules:\n- {condition: 'a.b==1 and c.d==2', action: deny}\n".utf8)
    let report = PolicyFormatter(lineLength: lineLength).format(bytes, name: "p.yaml")
    #expect(report.isChanged && report.obstacles.isEmpty)
    #expect(String(decoding: report.bytes, as: UTF8.self).contains("a.b == 1 && c.d == 2"))
  }

  @Test("does what a configuration says, with paths from where that stands")
  func configuration() throws {
    let directory = try #require(temporaryDirectory())
    defer { remove(directory) }
    write("resource_types: disk.json\nignore: [word-operator]\nfail_level: hint\n", to: directory + "/c.yaml")
    write(#"{"typeName": "T::Disk", "properties": {"size": {"type": "integer"}}}"#, to: directory + "/disk.json")
    write("ignroe: [x]\n", to: directory + "/bad.yaml")

    let configuration = try Configuration.load(from: directory + "/c.yaml")
    #expect(configuration.failLevel == .hint)
    let validator = try PolicyValidator(configuration)
    let policy = "name: p\nresource_type: T::Disk\nrules:\n- {condition: resource.sise > 1 and true, action: deny}"
    let codes = validator.validate(Array(policy.utf8), name: "p.yaml").diagnostics.map(\.code)
    #expect(codes.contains("unknown-attribute") && !codes.contains("word-operator"), "\(codes)")

    let bad = #expect(throws: ConfigurationLoadingError.self) { try Configuration.load(from: directory + "/bad.yaml") }
    #expect(bad?.diagnostics.count == 1 && bad?.description.contains("`ignroe`") == true, "\(String(describing: bad))")
    for path in [directory + "/none.yaml", directory, "", "a\u{0}b"] {
      let error = #expect(throws: ConfigurationLoadingError.self) { try Configuration.load(from: path) }
      #expect(error?.diagnostics.isEmpty == true)
    }
  }

  private func temporaryDirectory() -> String? {
    let root = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var template = Array("\(root)/policycortex-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { return nil }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func write(_ text: String, to path: String) {
    let file = unsafe fopen(path, "w")
    #expect(unsafe file != nil, "\(path)")
    guard let file = unsafe file else { return }
    unsafe fputs(text, file)
    unsafe fclose(file)
  }

  private func remove(_ directory: String) {
    for name in ["c.yaml", "disk.json", "bad.yaml"] { unsafe unlink("\(directory)/\(name)") }
    unsafe rmdir(directory)
  }
}
