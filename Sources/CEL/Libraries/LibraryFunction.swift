/// One signature of a function, and what it does: declared side by side, so that neither can be without the other.
///
/// ```swift
/// LibraryFunction("method string.contains(string) -> bool") { arguments, context throws(EvaluationError) in
///   .bool(arguments[0].bytes.firstIndex(of: arguments[1].bytes) != nil)
/// }
/// ```
package struct LibraryFunction: Sendable {
  /// What a call does: its arguments have the kinds that the signature says, where it says them.
  package typealias Implementation =
    @Sendable (_ arguments: Arguments, _ context: EvaluationContext) throws(EvaluationError) -> Value

  package let overload: Overload
  package let implementation: Implementation
  /// Whether it gives the same for the same arguments, so that a call with constants is computed when a program is made.
  package let isPure: Bool

  /// Declares a signature.
  ///
  /// - Parameters:
  ///   - signature: As `Signature` reads it; one that cannot be read is a mistake in the program.
  ///   - isPure: Whether it depends on its arguments alone.
  ///   - implementation: What a call does.
  init(_ signature: String, isPure: Bool = true, _ implementation: @escaping Implementation) {
    guard let overload = Signature.overload(signature) else { preconditionFailure("not a signature: \(signature)") }
    self.overload = overload
    self.isPure = isPure
    self.implementation = implementation
  }

  /// Declares what programs never call, since they have instructions for it.
  init(compiledAway signature: String) {
    self.init(signature) { _, _ throws(EvaluationError) in throw .noOverload }
  }
}
