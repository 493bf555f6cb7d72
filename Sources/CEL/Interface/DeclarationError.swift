/// Why something cannot be declared.
public struct DeclarationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was to be declared, as it was given: a name, a type or a signature.
  public let declaration: String
  /// What is wrong, lower case, without a full stop.
  public let message: String
  /// Where it is wrong, in UTF-8 bytes of `declaration`.
  public let range: Range<Int>

  init(_ declaration: String, _ message: String, at range: Range<Int>? = nil) {
    self.declaration = declaration
    self.message = message
    self.range = range ?? 0..<declaration.utf8.count
  }

  init(_ declaration: String, _ fault: Signature.Fault) {
    self.init(declaration, fault.message, at: fault.range)
  }

  public var description: String { "cannot declare `\(declaration)`: \(message) (at \(range.lowerBound))" }
}
