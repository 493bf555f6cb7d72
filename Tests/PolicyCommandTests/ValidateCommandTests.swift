import Foundation
import MarkedSource
import Testing

@Suite struct ValidateCommandTests {
  static let clean = #"{"name": "p", "rules": [{"condition": "resource.public == true", "action": "warn"}]}"#
  static let missingRules = #"{"name": "Test Policy"}"#
  static let notACondition =
    #"{"name": "Test Policy", "rules": [{"condition": "invalid_syntax_here", "action": "deny"}]}"#
  static let advice = #"{"name": "p", "rules": [{"condition": "resource.a and resource.b", "action": "warn"}]}"#

  /// The members of a JSON object.
  func object(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  // MARK: Envelopes

  @Test("a missing field is answered as the published reference has it")
  func missingField() throws {
    let run = try CommandRun(
      ["validate", "--format", "api", "-"], input: ValidateCommandTests.missingRules, in: TemporaryFolder())
    let envelope = try object(run.output)
    #expect(run.status == 1)
    #expect(envelope["error"] as? String == "Bad Request")
    #expect(envelope["message"] as? String == "Missing required field: rules")
    #expect(envelope["code"] as? Int == 400)
    let details = try #require(envelope["details"] as? [String: Any])
    #expect(details["field"] as? String == "rules")
    #expect(details["type"] as? String == "required")
    let diagnostics = try #require(details["diagnostics"] as? [[String: Any]])
    #expect(diagnostics.map { $0["code"] as? String } == ["missing-field"])
  }

  @Test("a condition that is none is answered as the published reference has it")
  func invalidCondition() throws {
    let run = try CommandRun(
      ["validate", "--format", "api", "-"], input: ValidateCommandTests.notACondition, in: TemporaryFolder())
    let envelope = try object(run.output)
    #expect(run.status == 1)
    #expect(envelope["error"] as? String == "Unprocessable Entity")
    #expect(envelope["message"] as? String == "Policy validation failed")
    #expect(envelope["code"] as? Int == 422)
    let details = try #require(envelope["details"] as? [String: Any])
    #expect(details["field"] as? String == "rules[0].condition")
    #expect(details["error"] as? String == "Invalid condition syntax")
    let diagnostics = try #require(details["diagnostics"] as? [[String: Any]])
    #expect(diagnostics.map { $0["code"] as? String } == ["invalid-condition-syntax"])
  }

  @Test("a clean policy is valid in every format", arguments: ["pretty", "concise", "json", "jsonl", "api"])
  func clean(_ format: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("p.json", ValidateCommandTests.clean)
    let run = try CommandRun(["validate", "--format", format, "p.json"], in: folder)
    #expect(run.status == 0)
    #expect(run.error.isEmpty)
    switch format {
    case "pretty": #expect(run.output == "no problems found in 1 file\n")
    case "json":
      let summary = try #require(try object(run.output)["summary"] as? [String: Int])
      #expect(summary == ["files": 1, "errors": 0, "warnings": 0, "hints": 0, "fixable": 0])
    case "api": #expect(run.output == "{\"valid\":true,\"diagnostics\":[]}\n")
    default: #expect(run.output.isEmpty)
    }
  }

  // MARK: Input

  @Test("the standard input is read without a path too, under the name it is given")
  func standardInput() throws {
    for arguments in [["check"], ["lint", "-"]] {
      let run = try CommandRun(
        arguments + ["--format", "concise", "--stdin-filename", "x.json"], input: "name: p", in: TemporaryFolder())
      #expect(run.status == 1)
      #expect(run.output.hasPrefix("x.json:1:1: error[invalid-json]: "))
    }
  }

  @Test("files that cannot be read give a line each and exit status 2, and the others are validated")
  func missingFiles() throws {
    let folder = try TemporaryFolder()
    try folder.write("p.json", ValidateCommandTests.missingRules)
    let run = try CommandRun(["validate", "--format", "concise", "nope.json", "p.json", "no/pe"], in: folder)
    #expect(run.status == 2)
    #expect(run.output == "p.json:1:1: error[missing-field]: missing required field `rules` (rules)\n")
    #expect(
      run.error == """
        error: cannot read `nope.json`: No such file or directory
        error: cannot read `no/pe`: No such file or directory

        """)
  }

  @Test("directories are searched for policies in path order, hidden ones aside")
  func directories() throws {
    let folder = try TemporaryFolder()
    for name in ["d/b.json", "d/a.YAML", "d/c/z.yml", "d/.git/x.json", "d/.policycortex.yaml", "d/readme.md", "e.txt"] {
      try folder.write(name, "[]")
    }
    let run = try CommandRun(
      ["validate", "--isolated", "--format", "jsonl", "e.txt", "d/", "d/b.json", "d"], in: folder)
    let paths = try run.output.split(separator: "\n").map { try object(String($0))["path"] as? String }
    #expect(run.status == 1)
    #expect(paths == ["d/a.YAML", "d/b.json", "d/c/z.yml", "e.txt"])
  }

  @Test("links that lead back end the search, and links to files are followed")
  func links() throws {
    let folder = try TemporaryFolder()
    try folder.write("d/sub/a.json", "[]")
    try folder.write("elsewhere.json", "[]")
    try folder.link("d/sub/loop", to: "..")
    try folder.link("d/sub/again", to: ".")
    try folder.link("d/link.json", to: "../elsewhere.json")
    let run = try CommandRun(["validate", "--format", "concise", "d"], in: folder)
    #expect(run.status == 1)
    #expect(run.output.split(separator: "\n").map { $0.prefix { $0 != ":" } } == ["d/link.json", "d/sub/a.json"])
  }

  @Test("a link that leads nowhere is unreadable")
  func brokenLink() throws {
    let folder = try TemporaryFolder()
    try folder.write("d/a.json", ValidateCommandTests.clean)
    try folder.link("d/gone.json", to: "nowhere")
    let run = try CommandRun(["validate", "d"], in: folder)
    #expect(run.status == 2)
    #expect(run.error == "error: cannot read `d/gone.json`: No such file or directory\n")
    #expect(run.output == "no problems found in 1 file\n")
  }

  @Test("a directory without a policy is missing input")
  func emptyDirectory() throws {
    let folder = try TemporaryFolder()
    try folder.write("d/readme.md", "")
    let run = try CommandRun(["validate", "d"], in: folder)
    #expect(run.status == 2)
    #expect(run.error == "error: no policy in `d`: it holds no *.json, *.yaml or *.yml\n")
    #expect(run.output.isEmpty)
  }

  @Test("a named pipe is read like a file")
  func namedPipe() throws {
    let folder = try TemporaryFolder()
    try folder.write("p.json", ValidateCommandTests.missingRules)
    let run = try CommandRun(
      script: #"mkfifo pipe.json; cat p.json > pipe.json & "$policycortex" validate --format concise pipe.json"#,
      in: folder)
    #expect(run.status == 1)
    #expect(run.output.hasPrefix("pipe.json:1:1: error[missing-field]"))
  }

  @Test("a document beyond 64 MiB is answered without being read, from a file and from a pipe")
  func tooLarge() throws {
    let folder = try TemporaryFolder()
    let run = try CommandRun(
      script: #"""
        truncate -s $(( (64 << 20) + 1 )) large.json
        "$policycortex" validate --format concise large.json; echo $?
        cat large.json | "$policycortex" validate --format concise -; echo $?
        """#, in: folder)
    let message = "1:1: error[limit-exceeded]: a document has at most 64 MiB"
    #expect(run.output == "large.json:\(message)\n1\n<stdin>:\(message)\n1\n")
  }

  // MARK: Output

  @Test(
    "the output is the same bytes for any number of jobs",
    arguments: [
      "pretty", "concise", "json", "jsonl", "api", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson",
    ])
  func jobs(_ format: String) throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 7)
    let texts = [
      ValidateCommandTests.clean, ValidateCommandTests.missingRules, ValidateCommandTests.notACondition, "[", "a: [",
    ]
    for index in 0..<60 {
      let text = texts.randomElement(using: &generator) ?? ""
      try folder.write("d/\(index % 7)/\(index).\(Bool.random(using: &generator) ? "json" : "yaml")", text)
    }
    let one = try CommandRun(["validate", "d", "--format", format, "--jobs", "1"], in: folder)
    #expect(one.status == 1)
    for jobs in ["2", "8", "100"] {
      let run = try CommandRun(["validate", "d", "--format", format, "--jobs", jobs], in: folder)
      #expect(run.output == one.output, "--jobs \(jobs)")
      #expect(run.status == one.status)
    }
  }

  @Test("plain command lines, which are read without ArgumentParser, give what others do")
  func plainArguments() throws {
    let folder = try TemporaryFolder()
    try folder.write("p.json", ValidateCommandTests.missingRules)
    try folder.write("-q", ValidateCommandTests.missingRules)
    for arguments in [
      ["p.json"], ["--format", "json", "p.json", "nope"], ["p.json", "--format", "api"], ["p.json", "./-q"],
    ] {
      let plain = try CommandRun(["validate"] + arguments, in: folder)
      let parsed = try CommandRun(["validate", "--color", "auto"] + arguments, in: folder)
      #expect(plain.output == parsed.output)
      #expect(plain.error == parsed.error)
      #expect(plain.status == parsed.status)
    }
    #expect(try CommandRun(["validate", "p.json", "-q"], in: folder).output.hasPrefix("error[missing-field]"))
    #expect(try CommandRun(["validate", "p.json", ""], in: folder).status == 2)
  }

  @Test("output goes to a file where one is named")
  func outputFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("p.json", ValidateCommandTests.missingRules)
    let direct = try CommandRun(["validate", "p.json"], in: folder)
    let run = try CommandRun(["validate", "p.json", "-o", "out.txt"], in: folder)
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    #expect(try folder.read("out.txt") == direct.output)
    let failed = try CommandRun(["validate", "p.json", "-o", "no/out.txt"], in: folder)
    #expect(failed.status == 2)
    #expect(failed.error == "error: cannot write `no/out.txt`: No such file or directory\n")
  }

  @Test("output that cannot be written is a failure, and a reader that went away is none")
  func unwritableOutput() throws {
    let folder = try TemporaryFolder()
    for index in 0..<400 { try folder.write("d/\(index).json", "[") }
    let run = try CommandRun(
      script: #"""
        "$policycortex" validate d > /dev/full; echo $?
        "$policycortex" validate d | head -c 5 > /dev/null; echo ${PIPESTATUS[0]}
        """#, in: folder)
    #expect(run.output == "2\n1\n")
    #expect(run.error == "error: cannot write the output: No space left on device\n")
  }

  @Test("the least severity that fails the run can be chosen")
  func failLevel() throws {
    let folder = try TemporaryFolder()
    try folder.write("p.json", ValidateCommandTests.advice)
    let statuses = try ["error", "warning", "hint"].map {
      try CommandRun(["validate", "p.json", "--fail-level", $0], in: folder).status
    }
    #expect(statuses == [0, 0, 1])
  }

  @Test("colour is used when asked for, by option or environment")
  func color() throws {
    let folder = try TemporaryFolder()
    try folder.write("p.json", ValidateCommandTests.missingRules)
    func isColored(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Bool {
      try CommandRun(["validate", "p.json"] + arguments, in: folder, environment: environment).output.contains(
        "\u{1B}[")
    }
    #expect(try !isColored([]))
    #expect(try isColored(["--color", "always"]))
    #expect(try isColored([], ["CLICOLOR_FORCE": "1"]))
    #expect(try !isColored([], ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]))
  }

  @Test("quiet leaves the summary out")
  func quiet() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.json", ValidateCommandTests.clean)
    try folder.write("b.json", ValidateCommandTests.missingRules)
    #expect(try CommandRun(["validate", "-q", "a.json"], in: folder).output.isEmpty)
    let run = try CommandRun(["validate", "--quiet", "b.json"], in: folder)
    #expect(run.output.hasPrefix("error[missing-field]"))
    #expect(!run.output.contains("1 error"))
  }

  @Test(
    "wrong usage exits with 2 and says why on standard error",
    arguments: [
      ["validate", "--format", "xml", "p.json"], ["validate", "--jobs", "0", "p.json"], ["validate", "--bogus"],
      ["bogus"],
      ["explain", "unknown-feild"], ["diagnostics", "--format", "pretty"], ["completions", "tcsh"],
    ])
  func wrongUsage(_ arguments: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.write("p.json", ValidateCommandTests.clean)
    let run = try CommandRun(arguments, in: folder)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(!run.error.isEmpty)
  }
}
