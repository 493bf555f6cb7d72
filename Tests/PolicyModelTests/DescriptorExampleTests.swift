import Diagnostics
import DocumentTree
import MarkedSource
import PolicyModel
import Source
import Testing

@Suite("The examples of the diagnostics a decoder gives")
struct DescriptorExampleTests {
  static let codes = [
    DuplicateKey.descriptor, MissingField.descriptor, UnknownField.descriptor, WrongType.descriptor,
    InvalidValue.descriptor, InvalidLength.descriptor, ConflictingFields.descriptor, DuplicateVariable.descriptor,
    InvalidIdentifier.descriptor, DuplicateRuleID.descriptor,
  ].map(\.id)

  @Test("each bad one gives its own code at its marker, and each good one nothing", arguments: codes)
  func example(code: String) throws {
    let descriptor = try #require(DiagnosticCatalog.descriptor(code))
    let bad = try #require(marked(descriptor.bad))
    let found = decoded(bad.source.text, bad.format).diagnostics
    #expect(found.map(\.code) == [code])
    #expect(found.first?.span.start == bad.source.offset("1️⃣"))
    let good = try #require(marked(descriptor.good))
    #expect(decoded(good.source.text, good.format).diagnostics.map(\.message) == [])
    if let fixIt = found.first?.fixIts.first { #expect(applied(fixIt, to: bad.source.text) == good.source.text) }
  }

  private func marked(_ example: DiagnosticExample) -> (source: MarkedSource, format: DocumentFormat)? {
    switch example {
    case .json(let text): (MarkedSource(text), .json)
    case .yaml(let text): (MarkedSource(text), .yaml)
    case .condition: nil
    }
  }
}
