internal import DiagnosticRendering
internal import Diagnostics
internal import Source

/// Diagnostics of a document as they are sent.
struct DiagnosticItems {
  private var document: OpenDocument
  private let json: DiagnosticJSON

  private init(_ document: OpenDocument) {
    self.document = document
    json = DiagnosticJSON(document.source)
  }

  /// The diagnostics of a document, one for one.
  static func items(_ diagnostics: [Diagnostic], of document: OpenDocument) -> [JSON] {
    guard !diagnostics.isEmpty else { return [] }
    var items = DiagnosticItems(document)
    return diagnostics.map { items.item($0) }
  }

  private mutating func item(_ diagnostic: Diagnostic) -> JSON {
    var data = Array("{".utf8)
    json.appendMembers(of: diagnostic, to: &data)
    data.append(UInt8(ascii: "}"))
    let related = diagnostic.related.filter { $0.elsewhere == nil }
    return .members([
      "range": document.range(diagnostic.span),
      "severity": DiagnosticItems.severity(diagnostic.severity),
      "code": .string(diagnostic.code),
      "codeDescription": ["href": .string(DiagnosticReference.url(of: diagnostic.code))],
      "source": "policycortex",
      "message": .string(diagnostic.message + (diagnostic.help.map { "\nhelp: \($0)" } ?? "")),
      "tags": DiagnosticItems.tags[diagnostic.code].map { [.integer($0)] },
      "relatedInformation": related.isEmpty
        ? nil
        : .array(
          related.map { ["location": document.location($0.span), "message": .string($0.message)] }),
      "data": .written(data),
    ])
  }

  private static func severity(_ severity: Severity) -> JSON {
    switch severity {
    case .error: 1
    case .warning: 2
    case .hint: 4
    }
  }

  /// What may go is shown faded (1), what should not be used is struck through (2).
  private static let tags = [
    UnusedVariable.descriptor.id: 1, UnusedSuppression.descriptor.id: 1, RedundantExistenceCheck.descriptor.id: 1,
    DeprecatedAttribute.descriptor.id: 2,
  ]
}
