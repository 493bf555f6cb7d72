import Foundation
import Testing

@Suite struct EvaluateCommandTests {
  private static let policy = """
    name: Buckets
    rules:
    - id: public
      condition: resource.public == true && resource.size > 10
      action: deny
      message: "{{ resource.name }} is public"
    - condition: resource.size > 1000
      action: warn
    """

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("policy.yaml", Self.policy)
    try folder.write("input.json", #"{"resource": {"name": "b", "public": true, "size": 42}}"#)
    return folder
  }

  @Test("an answer is one line of JSON")
  func json() throws {
    let run = try CommandRun(["evaluate", "policy.yaml", "--input", "input.json"], in: folder())
    #expect(run.status == 0)
    #expect(
      run.output == """
        {"decision":"deny","rules":[{"index":0,"id":"public","action":"deny","outcome":"applies","message":"b is public"},\
        {"index":1,"id":null,"action":"warn","outcome":"no"}]}

        """)
    #expect(run.error.isEmpty)
  }

  @Test("with `--resource-types` numbers are read as the schema says")
  func resourceTypes() throws {
    let folder = try folder()
    try folder.write("types.json", #"{"typeName": "T", "properties": {"size": {"type": "integer"}}}"#)
    try folder.write("typed.yaml", "name: p\nrules:\n- condition: resource.size + 1 == 43\n  action: deny\n")
    try folder.write("typed.json", #"{"resource": {"type": "T", "size": 42.0}}"#)
    let arguments = ["evaluate", "typed.yaml", "--input", "typed.json"]
    let typed = try CommandRun(arguments + ["--resource-types", "types.json"], in: folder)
    #expect(typed.output.contains(#""outcome":"applies""#) && typed.status == 0)
    let untyped = try CommandRun(arguments, in: folder)
    #expect(untyped.output.contains(#""outcome":"error""#))
  }

  @Test("a trace has the value of every part, and the JSON is sound")
  func trace() throws {
    let run = try CommandRun(["evaluate", "policy.yaml", "-i", "input.json", "--trace"], in: folder())
    let answer = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let traces = try #require(answer["trace"] as? [[String: Any]])
    #expect(traces.count == 2)
    #expect(traces[0]["condition"] as? String == "resource.public == true && resource.size > 10")
    let values = try #require(traces[0]["values"] as? [[String: Any]])
    let size = try #require(values.first { $0["expression"] as? String == "resource.size" })
    #expect(size["value"] as? Int == 42 && size["start"] as? Int == 27 && size["end"] as? Int == 40)
  }

  @Test("pretty output shows values under their source")
  func pretty() throws {
    let run = try CommandRun(
      ["evaluate", "policy.yaml", "--input", "input.json", "--trace", "--format", "pretty"], in: folder())
    #expect(
      run.output == """
        deny input.json
          rules[0] public (deny) applies: b is public
            resource.public == true && resource.size > 10
                     |      |       |           |    |
                     true   true    true        42   true

          rules[1] (warn) no
            resource.size > 1000
                     |    |
                     42   false


        """)
  }

  @Test("--fail-on makes the status 1 from a decision on")
  func failOn() throws {
    let folder = try folder()
    try folder.write("small.json", #"{"resource": {"size": 2000}}"#)
    for (input, level, status) in [
      ("input.json", "deny", 1), ("small.json", "deny", 0), ("small.json", "warn", 1), ("input.json", "audit", 1),
    ] {
      let run = try CommandRun(["evaluate", "policy.yaml", "--input", input, "--fail-on", level], in: folder)
      #expect(run.status == Int32(status), "\(input) \(level)")
    }
  }

  @Test("each line of NDJSON gets a line, also one that cannot be read")
  func lines() throws {
    let input = """
      {"resource": {"size": 1}}

      {"resource": {"size": 1,}}
      {"resource": {"size": 2000}, "principle": {}}
      [1]
      """
    let run = try CommandRun(["evaluate", "policy.yaml", "--input", "-"], input: input, in: folder())
    #expect(run.status == 2)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix(#"{"decision":"allow""#) && lines[2].hasPrefix(#"{"decision":"warn""#))
    #expect(lines[1].hasPrefix(#"{"error":"<stdin>:3:24: "#), "\(lines[1])")
    #expect(lines[3] == #"{"error":"<stdin>:5:1: an input is an object with a `resource`"}"#)
    #expect(
      run.error.contains("warning: <stdin>:4: the input's member `principle` means nothing; did you mean `principal`?"))
    #expect(run.error.contains("error: <stdin>:5:1: an input is an object"))
  }

  @Test("an input of several lines is one input, and one of a .ndjson file is a line")
  func oneInput() throws {
    let folder = try folder()
    try folder.write("long.json", "{\n  \"resource\": {\n    \"size\": 1\n  }\n}\n")
    let one = try CommandRun(["evaluate", "policy.yaml", "--input", "long.json"], in: folder)
    #expect(one.status == 0 && one.output.split(separator: "\n").count == 1)
    try folder.write("bad.ndjson", "{\"resource\":\n{\"resource\": {}}\n")
    let lines = try CommandRun(["evaluate", "policy.yaml", "--input", "bad.ndjson"], in: folder)
    #expect(lines.status == 2 && lines.output.split(separator: "\n").count == 2)
  }

  @Test(
    "lines are inputs of their own when they are objects, also damaged ones",
    arguments: [
      ("{\"resource\": {}}\n{\"resource\": {}}\n", 2), ("{\"resource\": 5\n{\"resource\": {}}\n", 2),
      ("\n{\"resource\": {}}\n\n", 1), ("{\"resource\":\n{}}\n", 1), ("{\n\"resource\": {\n}}", 1),
      ("{\"resource\": {}}\r\n{\"resource\": {}}", 2), ("{\"resource\": [\n{},\n{}]}", 1),
    ])
  func lineCount(input: String, count: Int) throws {
    let run = try CommandRun(["evaluate", "policy.yaml", "--input", "-"], input: input, in: folder())
    #expect(run.output.split(separator: "\n").count == count, "\(run.error)")
  }

  @Test("the values of a condition of very long lines are a list")
  func longLines() throws {
    let folder = try folder()
    let condition = "resource.size > 1" + String(repeating: " && resource.size > 1", count: 30)
    try folder.write(
      "long.json", "{\"name\": \"p\", \"rules\": [{\"condition\": \"\(condition)\", \"action\": \"warn\"}]}")
    let run = try CommandRun(
      ["evaluate", "long.json", "--input", "input.json", "--trace", "--format", "pretty"], in: folder)
    #expect(
      run.output.contains("\n    resource.size > 1 = true\n    resource.size = 42\n")
        || run.output.contains("\n    resource.size = 42\n    resource.size > 1 = true\n"))
  }

  @Test("a policy with errors is not evaluated")
  func invalidPolicy() throws {
    let folder = try folder()
    try folder.write("bad.yaml", "name: p\nrules:\n- {condition: resorce.a == 1, action: deny}\n")
    let run = try CommandRun(["evaluate", "bad.yaml", "--input", "input.json"], in: folder)
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    #expect(run.error.hasPrefix("error[undeclared-reference]: "))
  }

  @Test("what cannot be read is said, and the status is 2")
  func unreadable() throws {
    let folder = try folder()
    try folder.write("empty.json", "\n")
    let policy = try CommandRun(["evaluate", "none.yaml", "--input", "input.json"], in: folder)
    #expect(policy.status == 2 && policy.error == "error: cannot read `none.yaml`: No such file or directory\n")
    let input = try CommandRun(["evaluate", "policy.yaml", "--input", "none.json"], in: folder)
    #expect(input.status == 2 && input.error == "error: cannot read `none.json`: No such file or directory\n")
    let empty = try CommandRun(["evaluate", "policy.yaml", "--input", "empty.json"], in: folder)
    #expect(empty.status == 2 && empty.error == "error: no input in `empty.json`\n")
    let both = try CommandRun(["evaluate", "-", "--input", "-"], in: folder)
    #expect(both.status == 2)
  }

  @Test("the example of the README is what is printed")
  func readme() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../README.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let section = try #require(text.components(separatedBy: "\n## Evaluate\n").last)
    let console = try #require(section.components(separatedBy: "```console\n").dropFirst().first)
    let example = try #require(console.components(separatedBy: "```\n").first)
    let folder = try TemporaryFolder()
    for step in example.components(separatedBy: "$ ").dropFirst() {
      let lines = step.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let words = lines[0].split(separator: " ").map(String.init)
      if words[0] == "cat" {
        try folder.write(words[1], lines[1])
      } else {
        let run = try CommandRun(Array(words.dropFirst()), in: folder)
        #expect(run.output == lines[1], "\(lines[0])")
      }
    }
  }

  @Test("types are printed with their places, and errors on standard error")
  func types() throws {
    let run = try CommandRun(["types", "size(resource.a) > 1"], in: TemporaryFolder())
    #expect(run.status == 0)
    #expect(
      run.output == """
        0..<20 bool size(resource.a) > 1
        0..<16 int size(resource.a)
        5..<15 dyn resource.a
        5..<13 dyn resource
        19..<20 int 1

        """)
    let macro = try CommandRun(["types", "[1u].map(x, math.abs(int(x)))"], in: TemporaryFolder())
    #expect(macro.output.contains("0..<29 list(int) [1u].map(x, math.abs(int(x)))\n"))
    #expect(macro.output.contains("25..<26 uint x\n"))
    #expect(!macro.output.contains(" math\n"))
    let damaged = try CommandRun(["types", "1 + 'a' == 2"], in: TemporaryFolder())
    #expect(damaged.status == 1)
    #expect(damaged.error.hasPrefix("error[no-matching-overload]: "))
  }
}
