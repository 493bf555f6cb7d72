import DiagnosticRendering
import Diagnostics
import MarkedSource
import PolicyCortex
import Testing

/// The samples are documentation first: each invalid one shows its own diagnostic, and each valid one is clean.
struct SampleTests {
  private func report(on sample: SampleFolder) throws -> ValidationReport {
    try validator(of: sample).validate(try #require(sample.bytes(sample.policyFile)), name: sample.policyPath)
  }

  /// A validator that knows the sample's own resource types.
  private func validator(of sample: SampleFolder) throws -> PolicyValidator {
    PolicyValidator(resourceTypes: try sample.resourceTypes.map { try .load(from: $0) })
  }

  @Test("there are stories in both formats")
  func storiesExist() {
    let files = SampleFolder.all(.valid).map(\.policyFile)
    #expect(files.filter { $0 == "policy.yaml" }.count >= 5)
    #expect(files.filter { $0 == "policy.json" }.count >= 5)
  }

  @Test("every diagnostic has a sample, and every sample a diagnostic")
  func everyDiagnosticHasASample() {
    let samples = SampleFolder.all(.invalid).map(\.name)
    #expect(samples == DiagnosticCatalog.descriptors.map(\.id).sorted())
  }

  @Test("a valid sample has neither errors nor warnings, and holds a policy", arguments: SampleFolder.all(.valid))
  func validSampleIsClean(sample: SampleFolder) throws {
    let report = try report(on: sample)
    #expect(report.diagnostics.filter { $0.severity != .hint }.map { "\($0.code) \($0.field): \($0.message)" } == [])
    #expect(report.status == .valid)
    #expect(!report.policies.isEmpty)
  }

  @Test("an invalid sample reports its own diagnostic and no other", arguments: SampleFolder.all(.invalid))
  func invalidSampleReportsItsOwn(sample: SampleFolder) throws {
    let report = try report(on: sample)
    #expect(Set(report.diagnostics.map(\.code)) == [sample.name])
  }

  @Test(
    "expected.txt is what `policycortex validate` prints; a valid sample has one only for its hints",
    arguments: SampleFolder.all(.valid) + SampleFolder.all(.invalid))
  func expectedOutputIsCurrent(sample: SampleFolder) throws {
    let report = try report(on: sample)
    let findings = FileFindings(
      source: report.source, status: report.status.rawValue, policyCount: report.policies.count,
      diagnostics: report.diagnostics)
    let output = TextRenderer(style: .plain).renderAll([findings])
    #expect(sample.isCurrent("expected.txt", report.diagnostics.isEmpty ? nil : output))
  }

  @Test(
    "fixed.* is what `--fix --unsafe-fixes` leaves, with fewer findings, and fixing it changes nothing",
    arguments: SampleFolder.all(.invalid))
  func fixedSampleIsCurrent(sample: SampleFolder) throws {
    let before = try report(on: sample)
    let fixer = PolicyFixer(try validator(of: sample), includesUnsafe: true)
    let fixed = fixer.fixed(before.source.bytes, name: sample.policyPath)
    #expect(sample.isCurrent(sample.fixedFile, fixed.count > 0 ? fixed.bytes : nil))
    #expect(fixed.report.diagnostics.count <= before.diagnostics.count)
    #expect(fixed.count > 0 || !before.diagnostics.contains { !$0.fixIts.isEmpty })

    let again = fixer.fixed(fixed.bytes, name: sample.policyPath)
    #expect(again.count == 0)
    #expect(again.bytes == fixed.bytes)
  }
}
