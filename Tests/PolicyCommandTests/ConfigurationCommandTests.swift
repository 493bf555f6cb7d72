import Foundation
import Testing

@Suite struct ConfigurationCommandTests {
  static let advice = "name: p\nrules:\n- condition: resource.a and resource.b\n  action: warn\n"

  /// The files of which something is said, each once.
  private func paths(_ run: CommandRun) -> [String] {
    var paths: [String] = []
    for line in run.output.split(separator: "\n") {
      let path = String(line.prefix { $0 != ":" })
      if paths.last != path { paths.append(path) }
    }
    return paths
  }

  @Test("the nearest configuration counts, for each file its own")
  func nearest() throws {
    let folder = try TemporaryFolder()
    try folder.write("a/.policycortex.yaml", "ignore: [word-operator]\n")
    try folder.write("a/b/c/.policycortex.yaml", "severity: {word-operator: error}\n")
    for (index, name) in ["p.yaml", "a/p.yaml", "a/b/p.yaml", "a/b/c/p.yaml"].enumerated() {
      try folder.write(name, Self.advice.replacingOccurrences(of: "name: p", with: "name: p\(index)"))
    }
    let run = try CommandRun(["validate", "--format", "concise", "."], in: folder)
    #expect(run.status == 1)
    #expect(
      run.output.split(separator: "\n").map { $0.prefix { $0 != "]" } } == [
        "./a/b/c/p.yaml:3:25: error[word-operator", "./p.yaml:3:25: hint[word-operator",
      ])
    let isolated = try CommandRun(["validate", "--isolated", "--format", "concise", "a"], in: folder)
    #expect(isolated.status == 0)
    #expect(paths(isolated) == ["a/b/c/p.yaml", "a/b/p.yaml", "a/p.yaml"])
    let given = try CommandRun(
      ["validate", "--config", "a/b/c/.policycortex.yaml", "--format", "concise", "p.yaml"], in: folder)
    #expect(given.status == 1)
    #expect(given.output.contains("error[word-operator]"))
    let piped = try CommandRun(
      ["validate", "--format", "concise", "--stdin-filename", "a/x.yaml"], input: Self.advice, in: folder)
    #expect(piped.output.isEmpty)
  }

  @Test("a broken configuration is shown with its places, and exits 2 without validating")
  func faults() throws {
    let folder = try TemporaryFolder()
    try folder.write("p.yaml", Self.advice)
    try folder.write(".policycortex.yaml", "ignore:\n- word-operater\nselct: []\n")
    let run = try CommandRun(["validate", "p.yaml"], in: folder)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(
      run.error.contains(
        "there is no diagnostic `word-operater`; did you mean `word-operator`?\n --> .policycortex.yaml:2:3 (ignore[0])"
      ))
    #expect(
      run.error.contains(
        "error[unknown-field]: unknown field `selct`; did you mean `select`?\n --> .policycortex.yaml:3:1 (selct)"))
    let missing = try CommandRun(["validate", "--config", "nope.yaml", "p.yaml"], in: folder)
    #expect(missing.status == 2)
    #expect(missing.error == "error: cannot read `nope.yaml`: No such file or directory\n")
    #expect(try CommandRun(["validate", "--config", "a", "--isolated", "p.yaml"], in: folder).status == 2)
  }

  @Test("tests, excluded files and resource types are skipped in directories, and read when named")
  func exclusions() throws {
    let folder = try TemporaryFolder()
    try folder.write(".policycortex.yaml", "exclude: [/gen, '*.draft.yaml']\n")
    for name in ["p.yaml", "gen/a.yaml", "x/gen/a.yaml", "b.draft.yaml", "p.test.yaml", "q.test.json", "r.TEST.yml"] {
      try folder.write(name, Self.advice)
    }
    let run = try CommandRun(["validate", "--format", "concise", "."], in: folder)
    #expect(paths(run) == ["./p.yaml", "./x/gen/a.yaml"])
    let named = try CommandRun(["validate", "--format", "concise", "gen/a.yaml", "p.test.yaml"], in: folder)
    #expect(paths(named) == ["gen/a.yaml", "p.test.yaml"])
    let empty = try CommandRun(["validate", "gen"], in: folder)
    #expect(empty.status == 2)
    #expect(
      empty.error
        == "error: no policy in `gen`: it holds no *.json, *.yaml or *.yml besides tests and what is excluded\n")
    try folder.write("types/bucket.json", #"{"typeName": "A::B::C", "properties": {"Name": {"type": "string"}}}"#)
    try folder.write(".policycortex.yaml", "resource_types: types\n")
    let typed = try CommandRun(["validate", "--format", "concise", "."], in: folder)
    #expect(!typed.output.contains("types/bucket.json"))
    try folder.write(".policycortex.yaml", "resource_types: nowhere\n")
    let unreadable = try CommandRun(["validate", "."], in: folder)
    #expect(unreadable.status == 2)
    #expect(unreadable.error.hasPrefix("error: cannot read resource types: "))
  }

  @Test("the configuration's resource types check conditions")
  func resourceTypes() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "types/bucket.json",
      #"{"typeName": "A::B::C", "properties": {"Name": {"type": "string"}}, "additionalProperties": false}"#)
    try folder.write("sub/.policycortex.yaml", "resource_types: ../types\n")
    try folder.write(
      "sub/p.yaml", "name: p\nresource_type: A::B::C\nrules:\n- condition: resource.Nmae == 'x'\n  action: warn\n")
    let run = try CommandRun(["validate", "--format", "concise", "sub/p.yaml"], in: folder)
    #expect(run.output.hasPrefix("sub/p.yaml:4:23: error[unknown-attribute]"))
    #expect(try CommandRun(["validate", "--isolated", "sub/p.yaml"], in: folder).status == 0)
  }

  @Test("--select, --ignore and --fail-level go before the configuration")
  func flags() throws {
    let folder = try TemporaryFolder()
    try folder.write("p.yaml", Self.advice)
    try folder.write(".policycortex.yaml", "ignore: [word-operator]\nfail_level: hint\n")
    func run(_ arguments: String...) throws -> CommandRun {
      try CommandRun(["validate", "--format", "concise"] + arguments + ["p.yaml"], in: folder)
    }
    #expect(try run().status == 0)
    #expect(try run("--select", "hidden-unicode,word-operator").status == 1)
    #expect(try run("--select", "word-operator", "--fail-level", "error").status == 0)
    #expect(try run("--select", "word-operator", "--ignore", "word-operator").output.isEmpty)
    #expect(try run("--select", "hidden-unicode").output.isEmpty)
    let unknown = try run("--ignore", "word-operater")
    #expect(unknown.status == 2)
    #expect(unknown.error.contains("--ignore: no diagnostic `word-operater`; did you mean `word-operator`?"))
    let error = try run("--ignore", "missing-field")
    #expect(error.status == 0)
    #expect(error.error == "warning: --ignore: `missing-field` is an error, and errors are always reported\n")
  }
}
