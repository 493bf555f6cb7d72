import DiagnosticRendering
import Diagnostics
import Foundation
import MarkedSource
import Testing

@Suite struct DiagnosticReferenceTests {
  /// `Sources/DIAGNOSTICS.md`.
  static let page: String = {
    var components = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    components.removeLast(3)
    return components.joined(separator: "/") + "/Sources/DIAGNOSTICS.md"
  }()

  @Test("the page is what the catalogue prints now; RECORD=1 writes it anew")
  func pageIsCurrent() throws {
    let expected = DiagnosticReference.markdown()
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(expected).write(to: URL(fileURLWithPath: DiagnosticReferenceTests.page))
    }
    let isCurrent = SharedData.fileBytes(DiagnosticReferenceTests.page) == expected
    #expect(isCurrent, "run `policycortex diagnostics --format markdown > Sources/DIAGNOSTICS.md`")
  }

  @Test("the reference in JSON reads back, and holds every diagnostic with unmarked examples")
  func json() throws {
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(DiagnosticReference.json())) as? [String: Any])
    let entries = try #require(object["diagnostics"] as? [[String: Any]])
    #expect(entries.map { $0["code"] as? String } == DiagnosticCatalog.descriptors.map(\.id))
    for (entry, descriptor) in zip(entries, DiagnosticCatalog.descriptors) {
      let marked = MarkedSource(descriptor.bad.markedText)
      let bad = try #require(entry["bad"] as? [String: Any])
      #expect(bad["text"] as? String == marked.text)
      #expect(bad["offset"] as? Int == marked.offset("1️⃣"))
    }
  }

  @Test("an explanation shows the marked place by a caret", arguments: DiagnosticCatalog.descriptors.map(\.id))
  func explanation(_ id: String) throws {
    let descriptor = try #require(DiagnosticCatalog.descriptor(id))
    let text = String(decoding: Explanation(descriptor, style: .plain).render(), as: UTF8.self)
    #expect(text.hasPrefix("\(descriptor.severity.rawValue)[\(id)]: \(descriptor.title)\n"))
    #expect(text.contains(descriptor.explanation))
    #expect(text.contains("\nHow to fix: \(descriptor.howToFix)\n"))
    let isConfigurable = text.contains("\nConfiguration: `severity: {\(id): off}`")
    #expect(isConfigurable == (descriptor.failure == nil))
    // The page says the same.
    let page = String(decoding: DiagnosticReference.markdown([descriptor]), as: UTF8.self)
    #expect(page.contains("\n**How to fix.** \(descriptor.howToFix)\n"))
    #expect(page.contains("\n**Configuration.** "))
    #expect(text.split(separator: "\n").filter { $0.trimmingCharacters(in: .whitespaces) == "^" }.count == 1)
    #expect(!text.contains("1️⃣"))
  }

  @Test("the caret stands below the marked character")
  func caret() throws {
    let descriptor = try #require(DiagnosticCatalog.descriptor("unknown-field"))
    let text = String(decoding: Explanation(descriptor, style: .plain).render(), as: UTF8.self)
    #expect(text.contains("    - condtion: resource.public == true\n      ^\n"))
  }
}
