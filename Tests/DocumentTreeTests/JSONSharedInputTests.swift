import Diagnostics
import DocumentTree
import MarkedSource
import Source
import Testing

/// The files of JSONTestSuite (MIT) with the verdict each must get.
@Suite("JSON test suite", .enabled(if: SharedData.root != nil, "the shared inputs are not beside the checkout"))
struct JSONSharedInputTests {
  private static let malformed: Set<String> = ["invalid-json", "invalid-encoding", "limit-exceeded"]

  /// The manifest's files and verdicts, read by the reader itself.
  static func cases(_ folder: String) -> [(file: String, expect: String)] {
    guard let bytes = SharedData.bytes("inputs/\(folder)/manifest.json") else { return [] }
    let document = JSONReading(bytes).document
    var cases: [(file: String, expect: String)] = []
    guard let root = document.roots.first else { return [] }
    document.forEachMember(of: root) { key, list in
      guard document.text(of: key) == "cases" else { return }
      document.forEachElement(of: list) { _, item in
        var file = ""
        var expect = ""
        document.forEachMember(of: item) { key, value in
          if document.text(of: key) == "file" { file = document.text(of: value) }
          if document.text(of: key) == "expect" { expect = document.text(of: value) }
        }
        cases.append((file, expect))
      }
    }
    return cases
  }

  @Test("each file gets the verdict that its name tells")
  func verdicts() throws {
    let cases = Self.cases("json")
    #expect(cases.count > 50)
    for (file, expect) in cases {
      let reading = JSONReading(try #require(SharedData.bytes("inputs/json/\(file)")))
      let isAccepted = !reading.diagnostics.contains { Self.malformed.contains($0.code) }
      switch expect {
      case "accept": #expect(isAccepted, "\(file): \(reading.diagnostics.map(\.message))")
      case "reject": #expect(!isAccepted, "\(file)")
      default: #expect(expect == "either")
      }
      if reading.bytes.count < 50_000 { reading.expectSound() }
    }
  }

  @Test("hostile documents give a sound tree")
  func hostile() throws {
    let cases = Self.cases("hostile").filter { $0.file.hasSuffix(".json") }
    #expect(cases.count > 50)
    for (file, _) in cases {
      let reading = JSONReading(try #require(SharedData.bytes("inputs/hostile/\(file)")))
      if reading.bytes.count < 50_000 { reading.expectSound() }
      #expect(reading.document.nodes.count <= reading.bytes.count + 1, "\(file)")
    }
  }
}
