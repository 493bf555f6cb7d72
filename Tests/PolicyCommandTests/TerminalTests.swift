import Foundation
import Testing

/// Exit statuses, and colours on terminals and pipes, as a shell sees them.
@Suite struct TerminalTests {
  /// A case of `NO_COLOR`, `CLICOLOR_FORCE`, `TERM` and `--color`, on a terminal or a pipe.
  struct ColorCase: Sendable, CustomStringConvertible {
    var isTerminal: Bool
    var environment: String
    var arguments: String
    var isColored: Bool
    var description: String { "\(isTerminal ? "terminal" : "pipe") \(environment) \(arguments)" }

    init(_ isTerminal: Bool, _ environment: String, _ arguments: String, _ isColored: Bool) {
      self.isTerminal = isTerminal
      self.environment = environment
      self.arguments = arguments
      self.isColored = isColored
    }
  }

  static let colorCases = [
    ColorCase(true, "TERM=xterm", "", true), ColorCase(false, "TERM=xterm", "", false),
    ColorCase(true, "TERM=dumb", "", false), ColorCase(false, "TERM=dumb", "", false),
    ColorCase(true, "TERM=xterm NO_COLOR=1", "", false), ColorCase(true, "TERM=xterm NO_COLOR=", "", true),
    ColorCase(false, "TERM=xterm CLICOLOR_FORCE=1", "", true),
    ColorCase(false, "TERM=xterm CLICOLOR_FORCE=0", "", false),
    ColorCase(true, "TERM=xterm CLICOLOR_FORCE=1 NO_COLOR=1", "", false),
    ColorCase(false, "TERM=xterm CLICOLOR_FORCE=1 NO_COLOR=1", "", false),
    ColorCase(true, "TERM=xterm", "--color never", false), ColorCase(false, "TERM=xterm", "--color always", true),
    ColorCase(true, "TERM=dumb", "--color always", true),
    ColorCase(true, "TERM=xterm NO_COLOR=1", "--color always", true),
    ColorCase(false, "TERM=dumb CLICOLOR_FORCE=1", "--color never", false),
    ColorCase(true, "TERM=xterm", "--format concise", false), ColorCase(true, "TERM=xterm", "--format json", false),
    ColorCase(true, "TERM=xterm", "-o out.txt", false),
  ]

  @Test("colours are for terminals, unless the user says otherwise", arguments: colorCases)
  func colors(row: ColorCase) throws {
    let folder = try TemporaryFolder()
    try folder.write("p.yaml", "name: p\n")
    let command = "env \(row.environment) '\(CommandRun.executable)' validate \(row.arguments) p.yaml"
    try folder.write("run.sh", command + "\n")
    let script = row.isTerminal ? "script -qec 'bash run.sh' /dev/null; cat out.txt 2>/dev/null" : "bash run.sh | cat"
    let run = try CommandRun(script: script + "; true", in: folder)
    #expect(run.output.contains("missing-field"), "\(run.error)")
    #expect(run.output.contains("\u{1B}[") == row.isColored)
  }

  @Test(
    "the exit status is 0, 1 or 2",
    arguments: [
      ("validate good.yaml", 0), ("validate hint.yaml", 0), ("validate --fail-level hint hint.yaml", 1),
      ("validate --fail-level warning hint.yaml", 0), ("validate 400.yaml", 1), ("validate 422.yaml good.yaml", 1),
      ("validate nope.yaml", 2), ("validate nope.yaml 400.yaml", 2), ("validate empty", 2), ("validate < /dev/null", 1),
      ("validate - < good.yaml", 0), ("validate --nonsense good.yaml", 2), ("validate --format nonsense good.yaml", 2),
      ("nonsense", 2), ("validate --jobs 0 good.yaml", 2), ("validate -o /nowhere/x good.yaml", 2),
      ("validate good.yaml > /dev/full", 2), ("validate 400.yaml >&-", 2), ("validate --help", 0), ("--version", 0),
      ("validate --ignore word-operator --fail-level hint hint.yaml", 0), ("validate --diff hint.yaml", 1),
      ("validate --diff good.yaml", 0), ("validate --statistics 400.yaml", 1), ("validate --config nope good.yaml", 2),
      ("validate --baseline nope good.yaml", 2), ("validate --changed-since HEAD good.yaml", 2),
      ("validate ''", 2), ("validate locked", 2), ("explain nonsense", 2),
    ])
  func exitStatus(arguments: String, status: Int32) throws {
    let folder = try TemporaryFolder()
    let rule = "name: p\nrules:\n- action: warn\n  condition: "
    try folder.write("good.yaml", rule + "resource.a\n")
    try folder.write("hint.yaml", rule + "resource.a and resource.b\n")
    try folder.write("400.yaml", "name: p\n")
    try folder.write("422.yaml", rule + "nonsense\n")
    try folder.write("empty/readme.md", "")
    try folder.link("locked", to: "locked")
    let run = try CommandRun(script: "$policycortex \(arguments)", in: folder)
    #expect(run.status == status, "\(run.output)\(run.error)")
  }

  @Test(
    "the standard error is silent where all is well, and a reader may go away",
    arguments: [
      "$policycortex validate many.json | head -c 10 > /dev/null; exit ${PIPESTATUS[0]}",
      "$policycortex validate --format json many.json | true; exit ${PIPESTATUS[0]}",
    ])
  func brokenPipe(script: String) throws {
    let folder = try TemporaryFolder()
    let rules = (0..<2_000).map { #"{"condition": "nonsense\#($0)", "action": "deny"}"# }
    try folder.write("many.json", #"{"name": "p", "rules": [\#(rules.joined(separator: ",\n"))]}"#)
    let run = try CommandRun(script: script, in: folder)
    #expect(run.status == 1)
    #expect(run.error.isEmpty)
  }

  @Test("a file without permission is unreadable, for whoever is not root")
  func permissions() throws {
    let folder = try TemporaryFolder()
    try folder.write("p.yaml", "name: p\n")
    let run = try CommandRun(
      script: "chmod 0 p.yaml; [ $(id -u) = 0 ] && echo skipped && exit 2; $policycortex validate p.yaml", in: folder)
    #expect(run.status == 2)
    if run.output != "skipped\n" { #expect(run.error == "error: cannot read `p.yaml`: Permission denied\n") }
  }

  @Test(
    "plain arguments, which are read without a parser, mean the same with one",
    arguments: [
      "p.yaml", "--format concise p.yaml", "--format json d p.yaml", "nope.yaml", "- < p.yaml",
    ])
  func plainArguments(arguments: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(".policycortex.yaml", "fail_level: hint\nseverity: {word-operator: warning}\n")
    for name in ["p.yaml", "d/q.yaml"] {
      try folder.write(name, "name: p\nrules:\n- condition: resource.a and resource.b\n  action: deny\n")
    }
    let plain = try CommandRun(script: "$policycortex validate \(arguments)", in: folder)
    let parsed = try CommandRun(script: "$policycortex validate --color auto \(arguments)", in: folder)
    #expect(plain.output == parsed.output)
    #expect(plain.error == parsed.error)
    #expect(plain.status == parsed.status)
    #expect(plain.status != 0)
  }

  @Test("progress is shown to nobody who does not wait at a terminal")
  func progress() throws {
    let folder = try TemporaryFolder()
    try folder.write("p.yaml", "name: p\nrules:\n- condition: resource.a\n  action: deny\n")
    let run = try CommandRun(["validate", "p.yaml"], in: folder)
    #expect(run.error.isEmpty)
  }
}
