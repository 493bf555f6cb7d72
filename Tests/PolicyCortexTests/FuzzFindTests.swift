import DiagnosticRendering
import MarkedSource
import PolicyCortex
import Testing

/// What the fuzzers have found, each kept for good.
struct FuzzFindTests {
  /// An input that once ended the process.
  struct Find: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let name: String
    let bytes: [UInt8]

    init(_ description: String, _ name: String, _ bytes: [UInt8]) {
      testDescription = description
      self.name = name
      self.bytes = bytes
    }
  }

  static let finds = [
    Find(
      "a place behind many bytes that are not UTF-8, each of which is shown in several columns", "find.json",
      Array(#"{"name": "p", "rules": [{"condition": "#.utf8) + [UInt8](repeating: 0xB5, count: 70)
        + Array(#""resource.f(1,", "action": "deny"}]}"#.utf8)),
    Find(
      "an explicit key where a flow mapping's value should stand", "find.yaml",
      Array("{\"fo".utf8) + [0xE4, 0x90] + Array("\":?\t-\nr\"}\n".utf8)),
  ]

  @Test("what a fuzzer found is reported and shown", arguments: finds)
  func findIsReported(find: Find) {
    let report = PolicyValidator().validate(find.bytes, name: find.name)
    #expect(report.status == .malformed)
    let findings = FileFindings(
      source: report.source, status: report.status.rawValue, policyCount: report.policies.count,
      diagnostics: report.diagnostics)
    for renderer: any FindingsRenderer in [
      TextRenderer(style: .plain), ConciseRenderer(), JSONRenderer(toolVersion: "0"), ErrorEnvelope(),
    ] {
      #expect(String(validating: renderer.renderAll([findings]), as: UTF8.self)?.isEmpty == false)
    }
  }
}
