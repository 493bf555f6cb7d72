internal import CEL
internal import PolicyCortex
internal import Source

/// A place in an expression: the word that it is in or behind, and the tokens before that.
struct ExpressionCursor {
  let text: [UInt8]
  let place: Int
  /// The tokens without comments and the end.
  let tokens: [Token]
  /// The token that holds the place, one that starts there before one that ends there.
  let token: Token?

  init(_ expression: InspectedExpression, atDocument offset: Int) {
    self.init(expression.text, at: expression.offset(ofDocument: offset))
  }

  init(_ text: [UInt8], at place: Int) {
    self.text = text
    self.place = place
    tokens = CEL.tokens(of: String(decoding: text, as: UTF8.self)).filter {
      $0.kind != .comment && $0.kind != .endOfText
    }
    token =
      tokens.first { $0.span.start <= place && place < $0.span.end && $0.kind.isWord }
      ?? tokens.first { $0.span.end == place && $0.kind.isWord }
      ?? tokens.first { $0.span.start <= place && place < $0.span.end }
  }

  /// Where the word starts that is being written; the place itself where there is none.
  var wordStart: Int {
    guard let token, token.kind.isWord else { return place }
    return token.span.start
  }

  /// The last token that ends before an offset or there.
  func token(before offset: Int) -> Token? { tokens.last { $0.span.end <= offset && !$0.span.isEmpty } }

  func text(of token: Token) -> String { String(decoding: text[token.span.range], as: UTF8.self) }

  /// The names with dots that end with a token: `math.abs`.
  func dottedName(endingWith token: Token) -> String {
    guard var index = tokens.firstIndex(where: { $0.span == token.span }) else { return text(of: token) }
    var name = text(of: token)
    while index >= 2, tokens[index - 1].kind == .dot, tokens[index - 2].kind == .identifier {
      name = text(of: tokens[index - 2]) + "." + name
      index -= 2
    }
    return name
  }

  /// The call whose arguments the place is among: its name, and how many commas stand before the place.
  var enclosingCall: (name: Token, argument: Int)? {
    var depth = 0
    var commas = 0
    for index in tokens.indices.reversed() where tokens[index].span.end <= place {
      switch tokens[index].kind {
      case .rightParenthesis, .rightBracket, .rightBrace: depth += 1
      case .comma where depth == 0: commas += 1
      case .leftParenthesis where depth == 0:
        guard index > 0, tokens[index - 1].kind == .identifier else {
          commas = 0
          continue
        }
        return (tokens[index - 1], commas)
      case .leftBracket where depth == 0, .leftBrace where depth == 0: commas = 0
      case .leftParenthesis, .leftBracket, .leftBrace: depth -= 1
      default: break
      }
    }
    return nil
  }
}

extension TokenKind {
  /// Whether names and keywords are of the kind.
  var isWord: Bool {
    self == .identifier || self == .reservedWord || self == .true || self == .false || self == .null || self == .in
  }
}
