import Diagnostics
import MarkedSource
import PolicyCortex
import Source
import Testing

@Suite("The catalogue of diagnostics")
struct DiagnosticCatalogTests {
  /// A descriptor by its id, so that a failing row prints a name.
  private static let ids = DiagnosticCatalog.descriptors.map(\.id)

  /// An example as a document: its name, its text, and where its marker stands.
  private struct ExampleDocument {
    let name: String
    let text: String
    let markedOffset: Int
    /// Offsets are the condition's, not the document's.
    let isCondition: Bool

    init(_ example: DiagnosticExample) {
      let marked = MarkedSource(example.markedText)
      markedOffset = marked.offset("1️⃣")
      switch example {
      case .yaml: (name, text, isCondition) = ("example.yaml", marked.text, false)
      case .json: (name, text, isCondition) = ("example.json", marked.text, false)
      case .condition:
        let condition = JSONText.quoted(marked.text)
        name = "example.json"
        text = #"{"name": "p", "rules": [{"condition": \#(condition), "action": "warn"}]}"#
        isCondition = true
      }
    }

    func diagnostics() -> [Diagnostic] {
      PolicyValidator(resourceTypes: ExampleResourceTypes.catalogue).validate(Array(text.utf8), name: name).diagnostics
    }
  }

  @Test("has ids that are unique, in kebab case, and never empty words")
  func idsAreUnique() {
    #expect(Set(Self.ids).count == Self.ids.count)
    for descriptor in DiagnosticCatalog.descriptors {
      #expect(descriptor.id.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D })
      #expect(!descriptor.title.isEmpty && !descriptor.explanation.isEmpty)
      #expect(DiagnosticCatalog.descriptor(descriptor.id)?.title == descriptor.title)
    }
    #expect(DiagnosticCatalog.descriptor("no-such-diagnostic") == nil)
  }

  @Test("say how to fix what they report, in sentences", arguments: ids)
  func howToFix(id: String) throws {
    let text = try #require(DiagnosticCatalog.descriptor(id)).howToFix
    #expect(text.first?.isUppercase == true && text.last == ".")
  }

  @Test("classes match: a 400 has a details type, all else has none", arguments: ids)
  func classes(id: String) throws {
    let descriptor = try #require(DiagnosticCatalog.descriptor(id))
    #expect((descriptor.failure == .malformed) == (descriptor.schemaErrorType != nil))
    #expect((descriptor.failure == nil) == (descriptor.severity != .error))
  }

  @Test("the bad example gives exactly its own diagnostic, at its marker", arguments: ids)
  func badExample(id: String) throws {
    let example = ExampleDocument(try #require(DiagnosticCatalog.descriptor(id)).bad)
    let found = example.diagnostics()
    #expect(found.map(\.code) == [id])
    let span = example.isCondition ? found.first?.conditionSpan : found.first?.span
    #expect(span?.start == example.markedOffset)
  }

  @Test("the good example is clean", arguments: ids)
  func goodExample(id: String) throws {
    let example = ExampleDocument(try #require(DiagnosticCatalog.descriptor(id)).good)
    #expect(example.diagnostics().map(\.message) == [])
  }

  @Test("the fix-it makes the good example of the bad one", arguments: ids)
  func fixIt(id: String) throws {
    let descriptor = try #require(DiagnosticCatalog.descriptor(id))
    let bad = ExampleDocument(descriptor.bad)
    guard let fixIt = bad.diagnostics().first?.fixIts.first else { return }
    #expect(bad.text.applying(fixIt.edits) == ExampleDocument(descriptor.good).text)
  }
}
