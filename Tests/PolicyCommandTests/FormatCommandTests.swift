import Foundation
import Testing

@Suite("`format`")
struct FormatCommandTests {
  private static let untidy = "name: p # n\nrules:\n- {condition: \"a==1  and b\", action: deny}\n"
  private static let tidy = "name: p # n\nrules:\n- {condition: \"a == 1 && b\", action: deny}\n"

  @Test("files are laid out in place, and keep their mode and the links that lead to them")
  func inPlace() throws {
    let folder = try TemporaryFolder()
    try folder.write("a/p.yaml", Self.untidy)
    try folder.write("a/q.yaml", Self.tidy)
    try folder.write("a/p.test.yaml", "policy: p.yaml\ncondition: a==1\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.path("a/p.yaml"))
    try folder.link("link.yaml", to: "a/p.yaml")
    let run = try CommandRun(["format", "link.yaml", "a"], in: folder)
    #expect(run.status == 0)
    #expect(run.output == "")
    #expect(try folder.read("a/p.yaml") == Self.tidy)
    #expect(try folder.read("a/p.test.yaml") == "policy: p.yaml\ncondition: a==1\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("a/p.yaml"))
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link.yaml")) == "a/p.yaml")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("a")).sorted() == [
        "p.test.yaml", "p.yaml", "q.yaml",
      ])
    let again = try CommandRun(["fmt", "a"], in: folder)
    #expect(again.error == "0 files formatted, 2 unchanged\n")
  }

  @Test("the standard input goes to the standard output")
  func standardInput() throws {
    let folder = try TemporaryFolder()
    let run = try CommandRun(["format", "-"], input: Self.untidy, in: folder)
    #expect(run.status == 0)
    #expect(run.output == Self.tidy)
    #expect(run.error == "")
  }

  @Test("--check names the files that would change, --diff shows how; neither writes")
  func checkAndDiff() throws {
    let folder = try TemporaryFolder()
    try folder.write("p.yaml", Self.untidy)
    try folder.write("q.yaml", Self.tidy)
    let check = try CommandRun(["format", "--check", "p.yaml", "q.yaml"], in: folder)
    #expect(check.status == 1)
    #expect(check.output == "would format p.yaml\n")
    #expect(check.error == "1 file would be formatted, 1 unchanged\n")
    let diff = try CommandRun(["format", "--diff", "p.yaml", "q.yaml"], in: folder)
    #expect(diff.status == 1)
    #expect(
      diff.output == """
        --- a/p.yaml
        +++ b/p.yaml
        @@ -1,3 +1,3 @@
         name: p # n
         rules:
        -- {condition: "a==1  and b", action: deny}
        +- {condition: "a == 1 && b", action: deny}

        """)
    #expect(try folder.read("p.yaml") == Self.untidy)
    #expect(try CommandRun(["format", "--check", "q.yaml"], in: folder).status == 0)
  }

  @Test("what cannot be read is left as it is, and makes the exit status 1")
  func obstacles() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "p.yaml", "name: p\nrules:\n- {condition: a &&, action: deny}\n- {condition: a==b, action: deny}\n")
    let run = try CommandRun(["format", "p.yaml"], in: folder)
    #expect(run.status == 1)
    #expect(run.error.contains("error[invalid-condition-syntax]"))
    #expect(run.error.contains("1 left as it is\n"))
    #expect(try folder.read("p.yaml").contains("condition: a == b,"))
    #expect(try CommandRun(["format", "absent.yaml"], in: folder).status == 2)
    #expect(try CommandRun(["format", "--line-length", "0", "p.yaml"], in: folder).status == 2)
    #expect(try CommandRun(["format", "--check", "--diff", "p.yaml"], in: folder).status == 2)
  }
}
