extension Parser {
  /// Expands a call that has the form of a macro.
  ///
  /// - Parameter call: A `call` or `memberCall` node, just appended: its name, receiver, arguments and span are there.
  /// - Returns: The node that takes the call's place, `nil` when the call is an ordinary one.
  mutating func expandMacro(_ call: ExpressionID) -> ExpressionID? { nil }
}
