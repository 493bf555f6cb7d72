/// One thing the engine can say: a descriptor, and the facts of one occurrence in stored properties.
package protocol DiagnosticMessage: Sendable {
  static var descriptor: DiagnosticDescriptor { get }
  /// One line, lower case, no full stop, user text in backticks.
  var text: String { get }
  /// Further advice, shown as `help:`.
  var help: String? { get }
  /// The one change almost everyone would make.
  var fixIt: FixIt? { get }
}

extension DiagnosticMessage {
  package var help: String? { nil }
  package var fixIt: FixIt? { nil }
}
