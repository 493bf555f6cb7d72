import PolicyModel

/// What an expression is in its policy, as far as checks ask.
enum ExpressionRole: Hashable {
  /// A rule's condition, and what it asks for; `nil` for an action that could not be read.
  case condition(Action?)
  /// The value of a variable.
  case variable
  /// A `{{ expression }}` of a rule's message.
  case template

  var isCondition: Bool {
    switch self {
    case .condition: true
    case .variable, .template: false
    }
  }
}
