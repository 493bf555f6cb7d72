public import Source

/// Why a text is no input for policies.
public struct PolicyInputError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What the text goes by.
  public let name: String
  /// Where the fault is.
  public let position: SourcePosition
  /// What is wrong: lower case, without a full stop.
  public let message: String

  init(_ message: String, at span: SourceSpan, in text: SourceText) {
    name = text.name
    position = LineTable(text).position(of: span.start)
    self.message = message
  }

  /// `name:line:column: message`.
  public var description: String { "\(name):\(position.line):\(position.column): \(message)" }
}
