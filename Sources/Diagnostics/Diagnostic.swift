public import Source

/// A place in another file than the diagnostic's.
public struct FilePlace: Hashable, Sendable {
  /// The file's name, as it goes by in output.
  public let name: String
  /// The place's first character.
  public let start: SourcePosition
  /// The first character behind it.
  public let end: SourcePosition

  package init(name: String, start: SourcePosition, end: SourcePosition) {
    self.name = name
    self.start = start
    self.end = end
  }
}

/// Another place that helps to understand a diagnostic.
public struct RelatedPlace: Hashable, Sendable {
  /// What is there.
  public let message: String
  /// Where, in the same text as the diagnostic's span; the diagnostic's own span for what is in another file.
  public package(set) var span: SourceSpan
  /// Where, for what is in another file.
  public package(set) var elsewhere: FilePlace?
  /// The value it belongs to.
  public package(set) var path: FieldPath

  package init(_ message: String, at span: SourceSpan, in path: FieldPath = FieldPath()) {
    self.message = message
    self.span = span
    self.path = path
  }
}

/// Something the engine found, and where.
///
/// A pass over a condition reports offsets of the condition's text and an empty path. The engine carries those into the
/// document; what a user of the library sees is always in document offsets.
public struct Diagnostic: Sendable {
  package let descriptor: DiagnosticDescriptor
  /// What is wrong, on one line.
  public package(set) var message: String
  /// Further advice.
  public let help: String?
  /// Where, in UTF-8 bytes of the document.
  public package(set) var span: SourceSpan
  /// Where in the decoded condition, for what was found inside one.
  public package(set) var conditionSpan: SourceSpan?
  /// The value it belongs to.
  public package(set) var path: FieldPath
  /// Other places that belong to it.
  public package(set) var related: [RelatedPlace]
  /// The changes that would mend it.
  public package(set) var fixIts: [FixIt]
  /// Errors fail a document; warnings and hints do not.
  ///
  /// Advice weighs what the user says that it weighs.
  public package(set) var severity: Severity

  package init(
    _ message: some DiagnosticMessage, at span: SourceSpan, in path: FieldPath = FieldPath(),
    related: [RelatedPlace] = []
  ) {
    descriptor = type(of: message).descriptor
    severity = descriptor.severity
    assert(DiagnosticCatalog.contains(descriptor.id), "\(descriptor.id) is missing from DiagnosticCatalog.messages")
    self.message = message.text
    help = message.help
    self.span = span
    self.path = path
    self.related = related
    fixIts =
      message.fixIt.map { fixIt in
        var fixIt = fixIt
        if let replacement = fixIt.replacement { fixIt.edits = [SourceEdit(span: span, text: replacement)] }
        return [fixIt]
      } ?? []
  }

  /// The stable kebab-case code.
  public var code: String { descriptor.id }
  /// A few words that name the kind of diagnostic.
  public var title: String { descriptor.title }
  /// Which way it fails the document; `nil` for warnings and hints.
  public var failure: Failure? { descriptor.failure }
  /// `rules[0].condition`; empty for the document itself.
  public var field: String { path.field }
  /// `/rules/0/condition`, a JSON Pointer.
  public var pointer: String { path.pointer }
}

extension Diagnostic {
  /// Document order: by offset, then by code.
  package static func precedes(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
    if left.span.start != right.span.start { return left.span.start < right.span.start }
    return (left.code, left.span.end, left.message) < (right.code, right.span.end, right.message)
  }
}

extension [Diagnostic] {
  /// The diagnostics in document order; those that are alike stay as they are.
  package func inDocumentOrder() -> [Diagnostic] {
    // Diagnostics are large, and mostly in order already.
    if zip(indices, indices.dropFirst()).allSatisfy({ !Diagnostic.precedes(self[$1], self[$0]) }) { return self }
    return indices.sorted { Diagnostic.precedes(self[$0], self[$1]) }.map { self[$0] }
  }
}
