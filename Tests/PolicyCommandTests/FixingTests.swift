import Foundation
import MarkedSource
import Testing

@Suite struct FixingTests {
  static let policy = "name: p\nrules:\n- condition: resource.a and resorce.b\n  action: warn\n"
  static let safe = policy.replacingOccurrences(of: " and ", with: " && ")
  static let whole = safe.replacingOccurrences(of: "resorce", with: "resource")

  @Test("--fix applies safe fixes, --unsafe-fixes all, and a second run changes nothing")
  func fix() throws {
    for (flags, expected, status) in [
      (["--fix"], Self.safe, 1), (["--unsafe-fixes"], Self.whole, 0), (["--fix", "--unsafe-fixes"], Self.whole, 0),
    ] {
      let folder = try TemporaryFolder()
      try folder.write("p.yaml", Self.policy)
      let run = try CommandRun(["validate"] + flags + ["p.yaml"], in: folder)
      #expect(run.status == status)
      #expect(try folder.read("p.yaml") == expected)
      #expect(
        run.output.contains(
          status == 0 ? "no problems found in 1 file (2 fixed)\n" : "1 error in 1 file (1 fixable, 1 fixed)\n"))
      let again = try CommandRun(["validate"] + flags + ["p.yaml"], in: folder)
      #expect(try folder.read("p.yaml") == expected)
      #expect(!again.output.contains("fixed"))
    }
  }

  @Test("--diff writes nothing, exits 1, and `patch` makes the fixed file of it")
  func diff() throws {
    let folder = try TemporaryFolder()
    try folder.write("my policies/p.yaml", Self.policy)
    let run = try CommandRun(["validate", "--diff", "--unsafe-fixes", "my policies"], in: folder)
    #expect(run.status == 1)
    #expect(try folder.read("my policies/p.yaml") == Self.policy)
    try folder.write("changes.diff", run.output)
    let patch = try CommandRun(script: "git apply changes.diff", in: folder)
    #expect(patch.status == 0, "\(patch.error)")
    #expect(try folder.read("my policies/p.yaml") == Self.whole)
    let clean = try CommandRun(["validate", "--diff", "--unsafe-fixes", "my policies"], in: folder)
    #expect(clean.status == 0)
    #expect(clean.output.isEmpty)
  }

  @Test("the standard input's fixed text goes to the standard output, and what is left to the standard error")
  func standardInput() throws {
    let run = try CommandRun(["validate", "--fix", "--format", "concise"], input: Self.policy, in: TemporaryFolder())
    #expect(run.status == 1)
    #expect(run.output == Self.safe)
    #expect(run.error.hasPrefix("<stdin>:3:28: error[undeclared-reference]: "))
    let diff = try CommandRun(["validate", "--diff", "-"], input: Self.policy, in: TemporaryFolder())
    #expect(diff.output.hasPrefix("--- a/<stdin>\n+++ b/<stdin>\n@@ -1,4 +1,4 @@\n"))
  }

  @Test("mode and links stay, and nothing is left beside the file")
  func replacement() throws {
    let folder = try TemporaryFolder()
    try folder.write("real/p.yaml", Self.policy)
    try folder.link("link.yaml", to: "real/p.yaml")
    let run = try CommandRun(
      script:
        "chmod 640 real/p.yaml; $policycortex validate --unsafe-fixes link.yaml; stat -c %a real/p.yaml; ls -A real; readlink link.yaml",
      in: folder)
    #expect(run.output == "no problems found in 1 file (2 fixed)\n640\np.yaml\nreal/p.yaml\n")
    #expect(try folder.read("real/p.yaml") == Self.whole)
  }

  @Test("a file that cannot be replaced stays as it is, and that is said")
  func failures() throws {
    let folder = try TemporaryFolder()
    try folder.write("p.yaml", Self.policy)
    let run = try CommandRun(
      script: "mkfifo pipe.yaml; (cat p.yaml > pipe.yaml &) ; $policycortex validate --fix pipe.yaml", in: folder)
    #expect(run.status == 2)
    #expect(run.error == "error: cannot fix `pipe.yaml`: it is no regular file\n")
  }

  @Test("fixing every invalid sample leaves its fixed file", arguments: SampleFolder.all(.invalid))
  func samples(sample: SampleFolder) throws {
    let folder = try TemporaryFolder()
    let types = sample.resourceTypes == nil ? "" : "--resource-types resource-types"
    let copy = try CommandRun(
      script:
        "cp -r '\(SampleFolder.repository)/\(sample)/.' . && $policycortex validate --fix --unsafe-fixes -q \(types) \(sample.policyFile) > /dev/null; cat \(sample.policyFile)",
      in: folder)
    let expected = sample.bytes(sample.fixedFile) ?? sample.bytes(sample.policyFile)
    #expect(copy.output == expected.map { String(decoding: $0, as: UTF8.self) })
  }
}
