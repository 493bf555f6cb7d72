import Diagnostics
import DocumentTree
import MarkedSource
import Source
import Testing

/// The cases of the public yaml-test-suite that the shared data holds.
@Suite("yaml-test-suite", .enabled(if: SharedData.root != nil, "the shared data is not beside the checkout"))
struct YAMLSuiteTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var file: String
    var title: String
    var isAccepted: Bool
    var isConfiguration: Bool
    /// The documents as JSON, one a line.
    var values: String?

    var testDescription: String { "\(file) \(title)" }
  }

  static let cases: [Case] = {
    guard let bytes = SharedData.bytes("inputs/yaml/manifest.json") else { return [] }
    let manifest = readJSON(SourceText(name: "manifest.json", bytes: bytes)).document
    var cases: [Case] = []
    guard let root = manifest.roots.first else { return [] }
    manifest.forEachMember(of: root) { key, list in
      guard manifest.text(of: key) == "cases" else { return }
      manifest.forEachElement(of: list) { _, element in cases.append(Case(element, in: manifest)) }
    }
    return cases
  }()

  @Test("every case is read without harm", arguments: cases)
  func soundness(_ test: Case) throws {
    let reading = YAMLReading(try #require(SharedData.bytes("inputs/yaml/\(test.file)")))
    reading.expectSound()
    if test.isAccepted {
      // What YAML allows and a policy does not is said in these words.
      let restrictions = ["a key must be a string", "a key is missing", "means nothing in a policy"]
      for diagnostic in reading.diagnostics {
        #expect(
          !test.isConfiguration && restrictions.contains { diagnostic.message.contains($0) }, "\(diagnostic.message)")
      }
    } else {
      #expect(!reading.diagnostics.isEmpty)
    }
  }

  @Test("every accepted case is read exactly", arguments: cases.filter { $0.isAccepted && $0.values != nil })
  func values(_ test: Case) throws {
    let reading = YAMLReading(try #require(SharedData.bytes("inputs/yaml/\(test.file)")))
    if test.isConfiguration { #expect(reading.diagnostics.isEmpty) }
    guard reading.diagnostics.isEmpty else { return }
    let values = reading.document.roots.map { renderedJSON(of: $0, in: reading.document, isSorted: true) }
    #expect(values.joined(separator: "\n") == test.values)
  }

  @Test("the suite is there")
  func presence() {
    #expect(Self.cases.count { $0.isConfiguration } > 100)
  }
}

extension YAMLSuiteTests.Case {
  init(_ element: NodeID, in manifest: Document) {
    self.init(file: "", title: "", isAccepted: false, isConfiguration: false)
    manifest.forEachMember(of: element) { key, value in
      switch manifest.text(of: key) {
      case "file": file = manifest.text(of: value)
      case "title": title = manifest.text(of: value)
      case "expect": isAccepted = manifest.text(of: value) == "accept"
      case "config": isConfiguration = manifest[value].kind == .true
      case "json":
        var documents: [String] = []
        manifest.forEachElement(of: value) { _, document in
          documents.append(renderedJSON(of: document, in: manifest, isSorted: true))
        }
        values = documents.joined(separator: "\n")
      default: break
      }
    }
  }
}
