package import Source

/// What a token is.
package enum TokenKind: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case endOfText
  // Names
  case identifier
  /// A name in backquotes.
  case quotedIdentifier
  /// A word that CEL keeps for itself (cel-spec, RESERVED); only a field may be named so.
  case reservedWord
  // Literals
  case null, `true`, `false`, int, uint, double, string, bytes
  // Brackets
  case leftParenthesis, leftBracket, leftBrace, rightParenthesis, rightBracket, rightBrace
  // Punctuation
  case dot, comma, colon, question, semicolon
  // Operators
  case not, minus, or, and, equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, `in`, plus, star, slash,
    percent
  /// An operator of other languages, such as `=` or `<>`. The parser reports it.
  case foreignOperator
  /// A number or string that cannot be read. The lexer reported it.
  case malformedLiteral
  /// A name with characters that no name may have. The lexer reported it.
  case malformedName
  /// Characters that mean nothing. The lexer reported them.
  case unknown
  /// Only in `tokens(of:)`.
  case comment
}

/// What a string's token says of its spelling.
struct TokenFlags: OptionSet, Sendable {
  let rawValue: UInt8

  static let hasEscapes = TokenFlags(rawValue: 1)
  static let isRaw = TokenFlags(rawValue: 2)
  static let isTripleQuoted = TokenFlags(rawValue: 4)
  /// In typographic quotes of three bytes each.
  static let isSmartQuoted = TokenFlags(rawValue: 8)
}

/// One word of a condition.
package struct Token: BitwiseCopyable, Sendable {
  package var span: SourceSpan
  package var kind: TokenKind
  var flags: TokenFlags = []

  init(_ kind: TokenKind, _ start: Int, _ end: Int, _ flags: TokenFlags = []) {
    self.kind = kind
    span = SourceSpan(ordered: start, end)
    self.flags = flags
  }
}

extension TokenKind {
  /// Whether an operand may start with this token.
  ///
  /// `-` is left out: behind an operand it is an operator.
  var startsOperand: Bool {
    switch self {
    case .identifier, .quotedIdentifier, .reservedWord, .null, .true, .false, .int, .uint, .double, .string, .bytes,
      .leftParenthesis, .leftBracket, .leftBrace, .dot, .not, .malformedLiteral, .malformedName:
      true
    case .endOfText, .rightParenthesis, .rightBracket, .rightBrace, .comma, .colon, .question, .semicolon, .minus, .or,
      .and, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .plus, .star, .slash, .percent,
      .foreignOperator, .unknown, .comment:
      false
    }
  }

  /// Whether an operand may end with this token.
  var endsOperand: Bool {
    switch self {
    case .identifier, .quotedIdentifier, .reservedWord, .null, .true, .false, .int, .uint, .double, .string, .bytes,
      .rightParenthesis, .rightBracket, .rightBrace, .malformedLiteral, .malformedName:
      true
    case .endOfText, .leftParenthesis, .leftBracket, .leftBrace, .dot, .comma, .colon, .question, .semicolon, .not,
      .minus, .or, .and, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .plus, .star, .slash,
      .percent, .foreignOperator, .unknown, .comment:
      false
    }
  }

  var isCloser: Bool { self == .rightParenthesis || self == .rightBracket || self == .rightBrace }

  var isOpener: Bool { self == .leftParenthesis || self == .leftBracket || self == .leftBrace }

  /// The closing bracket of an opening one, and the other way round.
  var counterpart: TokenKind? {
    switch self {
    case .leftParenthesis: .rightParenthesis
    case .leftBracket: .rightBracket
    case .leftBrace: .rightBrace
    case .rightParenthesis: .leftParenthesis
    case .rightBracket: .leftBracket
    case .rightBrace: .leftBrace
    default: nil
    }
  }

  /// How a bracket or punctuation mark is written; empty for the rest.
  var spelling: String {
    switch self {
    case .leftParenthesis: "("
    case .leftBracket: "["
    case .leftBrace: "{"
    case .rightParenthesis: ")"
    case .rightBracket: "]"
    case .rightBrace: "}"
    case .comma: ","
    case .colon: ":"
    case .semicolon: ";"
    case .dot: "."
    case .question: "?"
    default: ""
    }
  }
}
