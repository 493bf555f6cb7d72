import Foundation
import Testing

@Suite struct BaselineTests {
  static let rule = "- condition: resource.a and resource.b\n  action: warn\n"
  static let advice = "name: p\nrules:\n" + rule

  @Test("known findings are not reported, wherever their lines move; new ones and errors are")
  func baseline() throws {
    let folder = try TemporaryFolder()
    try folder.write("d/p.yaml", Self.advice)
    let writing = try CommandRun(
      ["validate", "--write-baseline", "base.json", "--fail-level", "hint", "d"], in: folder)
    #expect(writing.status == 0)
    func run(_ policy: String, _ path: String = "d/p.yaml") throws -> CommandRun {
      try folder.write("d/p.yaml", policy)
      return try CommandRun(
        ["validate", "--baseline", "base.json", "--fail-level", "hint", "--format", "concise", path], in: folder)
    }
    #expect(try run(Self.advice).output.isEmpty)
    #expect(try run(Self.advice, folder.path + "/d/p.yaml").output.isEmpty)
    let moved = "# moved\nname: p\nrules:\n- condition: resource.x\n  action: warn\n\n" + Self.rule
    #expect(try run(moved).output.isEmpty)
    let more = try run(Self.advice + Self.rule.replacingOccurrences(of: "resource.b", with: "resource.c"))
    #expect(more.status == 1)
    #expect(more.output.hasPrefix("d/p.yaml:5:25: hint[word-operator]"))
    #expect(try run(Self.advice + Self.rule).output.hasPrefix("d/p.yaml:5:25: hint[word-operator]"))
    #expect(try run("name: p\nrules: []\n").output.contains("error[invalid-length]"))
  }

  @Test("errors are no part of a baseline")
  func errors() throws {
    let folder = try TemporaryFolder()
    try folder.write("p.yaml", "name: p\n")
    let run = try CommandRun(["validate", "--write-baseline", "base.json", "p.yaml"], in: folder)
    #expect(run.status == 1)
    #expect(try folder.read("base.json") == "{\"format_version\":\"1.0\",\"findings\":{}}\n")
  }

  @Test(
    "what is no baseline is said with its place",
    arguments: [
      ("{", "error: base.json:1:2: "), ("[]", "error: base.json:1:1: a baseline has "), ("", "error: base.json:1:1: "),
    ])
  func damaged(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("p.yaml", Self.advice)
    try folder.write("base.json", text)
    let run = try CommandRun(["validate", "--baseline", "base.json", "p.yaml"], in: folder)
    #expect(run.status == 2)
    #expect(run.error.hasPrefix(message), "\(run.error)")
  }

  @Test("statistics count the codes, as text and JSON, and the exit status stays")
  func statistics() throws {
    let folder = try TemporaryFolder()
    try folder.write("p.yaml", Self.advice + Self.rule + "foo: 1\n")
    let text = try CommandRun(["validate", "--statistics", "p.yaml"], in: folder)
    #expect(text.status == 1)
    #expect(
      text.output == """
        2  hint     word-operator  Word operator (2 fixable)
        1  error    unknown-field  Unknown field
        1 error, 2 hints in 1 file (2 fixable)

        """)
    let json = try CommandRun(["validate", "--statistics", "--format", "json", "p.yaml"], in: folder)
    let object = try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let counts = try #require(object["statistics"] as? [[String: Any]])
    #expect(counts.map { $0["code"] as? String } == ["word-operator", "unknown-field"])
    #expect(counts.map { $0["count"] as? Int } == [2, 1])
    #expect(try CommandRun(["validate", "--statistics", "--format", "api", "p.yaml"], in: folder).status == 2)
  }

  @Test("--changed-since validates what differs from a revision, and what git does not know yet")
  func changedSince() throws {
    let folder = try TemporaryFolder()
    for name in ["old.yaml", "changed.yaml", "gone.yaml", "dir ü/a \"b\".yaml"] { try folder.write(name, Self.advice) }
    let script = """
      git init -q . && git add . && git -c user.email=a@b.c -c user.name=n commit -qm one && git tag -a v1 -m v1 2>/dev/null; git tag v2
      echo '# more' >> changed.yaml; rm gone.yaml; echo '# more' >> 'dir ü/a "b".yaml'; cp old.yaml 'new file.yaml'
      $policycortex validate --format concise --changed-since v2 . | cut -d: -f1 | uniq
      cd 'dir ü' && $policycortex validate --format concise --changed-since HEAD . ../old.yaml | cut -d: -f1 | uniq
      """
    let run = try CommandRun(script: script, in: folder)
    #expect(run.output == "./changed.yaml\n./dir ü/a \"b\".yaml\n./new file.yaml\n./a \"b\".yaml\n", "\(run.error)")
    for revision in ["nope", "--help", "'; exit 0; '"] {
      let unknown = try CommandRun(["validate", "--changed-since=\(revision)", "old.yaml"], in: folder)
      #expect(unknown.status == 2)
      #expect(unknown.error == "error: git knows no revision `\(revision)`\n")
    }
    let outside = try CommandRun(
      script: "cd /; $policycortex validate --changed-since HEAD '\(folder.path)/old.yaml'", in: folder)
    #expect(outside.status == 2)
    #expect(outside.error == "error: the working directory is in no git repository\n")
  }

  @Test("--watch validates again when a file changes, and ends clean when it is interrupted")
  func watch() throws {
    let folder = try TemporaryFolder()
    try folder.write("d/p.yaml", Self.advice)
    // Each step waits for what it caused to be seen, however long that takes.
    let script = """
      $policycortex validate --format concise --watch d > out 2> err & pid=$!
      waitfor() { for i in $(seq 600); do [ "$(grep -c "$1" out)" -ge "$2" ] && return; sleep 0.1; done; echo "no $1"; }
      waitfor word-operator 1; echo 'foo: 1' >> d/p.yaml
      waitfor unknown-field 1; cp d/p.yaml d/q.yaml
      waitfor q.yaml 1; kill -INT $pid; wait $pid; echo "status $?"
      """
    let run = try CommandRun(script: "set -m\n" + script, in: folder)
    #expect(run.output == "status 0\n")
    #expect(try folder.read("err").hasPrefix("watching 1 file; interrupt to end\n"))
    #expect(try CommandRun(["validate", "--watch"], in: folder).status == 2)
  }
}
