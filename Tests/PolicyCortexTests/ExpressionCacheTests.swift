import DiagnosticRendering
import Diagnostics
import MarkedSource
import PolicyCortex
import Source
import Testing

@Suite struct ExpressionCacheTests {
  private static let types = #"""
    [{"typeName": "A::B::C", "properties": {"Status": {"type": "string", "enum": ["On", "Off"]}}},
     {"typeName": "A::B::D", "properties": {"Size": {"type": "integer"}}}]
    """#

  /// Parts of which documents are made; many conditions have something wrong with them.
  private static let conditions = [
    "resource.Status == 'On'", "resource.Status == 'Onn'", "resource.Size > 1 &&", "variables.big || resource.x",
    "resource.name.matches('(a+)+$')", "[1].all(x, x > 'a')", "now > timestamp('2020-01-01T00:00:00Z')", "size(1)",
    "true", "resource.a and resource.b", "variables.small", "principal.name == \"é😀\"",
  ]

  private static func document(_ random: inout SeededGenerator) -> String {
    var text = ""
    for policy in 0..<Int.random(in: 1...3, using: &random) {
      if policy > 0 { text += "---\n" }
      text += "name: p\(policy)\n"
      if Bool.random(using: &random) {
        text += "resource_type: \(["A::B::C", "A::B::D"].randomElement(using: &random) ?? "")\n"
      }
      if Bool.random(using: &random) {
        text += "variables:\n  big: \(["resource.Size > 10", "1", "resource."].randomElement(using: &random) ?? "")\n"
      }
      text += "rules:\n"
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        text += "- condition: >-\n    \(conditions.randomElement(using: &random) ?? "")\n"
        text += "  action: \(["deny", "warn", "allow", "dney"].randomElement(using: &random) ?? "")\n"
        text += "  message: 'm {{ \(conditions.randomElement(using: &random)?.replacing("'", with: "\"") ?? "") }}'\n"
      }
    }
    return text
  }

  private func found(_ report: ValidationReport) -> [String] {
    let json = DiagnosticJSON(report.source)
    return report.diagnostics.map { diagnostic in
      var bytes: [UInt8] = []
      json.appendMembers(of: diagnostic, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  @Test("one document after another is judged as without a cache", arguments: [1, 2] as [UInt64])
  func equalReports(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let catalogue = try ResourceTypeCatalogue([SourceText(name: "types.json", text: Self.types)])
    for types in [catalogue, nil] {
      let cache = ExpressionCache()
      let kept = PolicyValidator(resourceTypes: types)
      let other = PolicyValidator(resourceTypes: types)
      for round in 0..<40 {
        let bytes = Array(Self.document(&random).utf8)
        let expected = found(other.validate(bytes, name: "p.yaml"))
        let report = kept.validate(bytes, name: "p.yaml", cache: cache)
        #expect(found(report) == expected, "seed \(seed), round \(round)")
      }
    }
  }
}
