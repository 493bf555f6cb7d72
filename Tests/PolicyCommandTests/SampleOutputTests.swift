import MarkedSource
import Testing

/// The command line, run in the repository's root as its users run it, prints what the samples have recorded.
struct SampleOutputTests {
  @Test(
    "`validate` prints a sample's expected.txt, and fails for errors only",
    arguments: SampleFolder.all(.invalid) + SampleFolder.all(.valid).filter { $0.bytes("expected.txt") != nil })
  func printsExpectedOutput(sample: SampleFolder) throws {
    let expected = String(decoding: try #require(sample.bytes("expected.txt")), as: UTF8.self)
    let option = sample.resourceTypes == nil ? "" : "--resource-types \(sample)/resource-types"
    let run = try CommandRun(
      script: "cd '\(SampleFolder.repository)' && $policycortex validate \(option) \(sample.policyPath)",
      in: TemporaryFolder())
    #expect(run.output == expected)
    #expect(run.status == (expected.hasPrefix("error") ? 1 : 0))
  }
}
