internal import Source

/// An expression that was read, and how far it reaches with the parentheses around it.
struct Operand {
  var id: ExpressionID
  var start: Int32
  var end: Int32

  init(_ id: ExpressionID, _ start: Int, _ end: Int) {
    self.id = id
    self.start = Int32(truncatingIfNeeded: start)
    self.end = Int32(truncatingIfNeeded: end)
  }

  var span: SourceSpan { SourceSpan(Int(start), Int(end)) }
}

/// How tightly operators bind (cel-spec, "Syntax"), loosest first.
enum Precedence {
  static let conditional: UInt8 = 0
  static let or: UInt8 = 1
  static let and: UInt8 = 2
  /// `not` binds looser than relations and tighter than `and`.
  static let wordNot: UInt8 = 3
  static let relation: UInt8 = 4
  static let addition: UInt8 = 5
  static let multiplication: UInt8 = 6
  static let prefix: UInt8 = 7
}

/// An operator whose last operand is still to come.
struct PendingOperator {
  enum Form: UInt8 {
    case binary, chain, prefix
    /// `not`, a prefix operator with a fix-it.
    case wordNot
    /// `c ?`, which waits for its `:`; and `c ? a :`.
    case question, colon
    /// `if`, reported, which waits for its `then`; that makes it a `question`.
    case ifWord
    /// Two operands that no operator of CEL joins. Reported; yields an error node of its two parts.
    case gap
    /// `a not in b`: reported; means `!(a in b)`.
    case notIn
    /// `a =~ b`, `a contains b`: reported; means a method call. `!~` means its negation.
    case method, negatedMethod
  }

  var form: Form
  var operation: Operator
  var precedence: UInt8
  /// Of a chain: how many operands are on the stack.
  ///
  /// Of a gap: the token behind which its right operand starts.
  var count: Int32 = 1
  /// The operator's first token.
  var token: Int32
  /// The diagnostic that waits for its fix-it, or -1.
  var diagnostic: Int32 = -1

  init(_ form: Form, _ operation: Operator, _ precedence: UInt8, token: Int) {
    self.form = form
    self.operation = operation
    self.precedence = precedence
    self.token = Int32(truncatingIfNeeded: token)
  }

  /// Whether this is a gap whose right operand is the one token given.
  func isGap(before operand: Int) -> Bool { form == .gap && Int(count) == operand }
}

/// What an expression stands in, which says what may follow it.
enum ExpressionContext: UInt8 {
  case condition, parentheses, index, argument, element, key, value

  /// The token that ends the bracket.
  var closing: TokenKind {
    switch self {
    case .condition: .endOfText
    case .parentheses, .argument: .rightParenthesis
    case .index, .element: .rightBracket
    case .key, .value: .rightBrace
    }
  }

  /// Whether a comma may follow, so that two neighbours lack a comma rather than an operator.
  var isList: Bool {
    switch self {
    case .condition, .parentheses, .index: false
    case .argument, .element, .key, .value: true
    }
  }
}
