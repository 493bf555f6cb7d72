internal import CEL
internal import PolicyCortex
internal import Source

/// What the words of all expressions of a document are.
struct SemanticTokens {
  /// What words can be, in the order of the numbers that they go by.
  enum Kind: Int, CaseIterable {
    case variable, property, function, method, macro, keyword, string, number, `operator`, comment

    var name: String {
      switch self {
      case .variable: "variable"
      case .property: "property"
      case .function: "function"
      case .method: "method"
      case .macro: "macro"
      case .keyword: "keyword"
      case .string: "string"
      case .number: "number"
      case .operator: "operator"
      case .comment: "comment"
      }
    }
  }

  /// Five numbers for each: lines and characters from the one before, length, kind, and no modifiers.
  private(set) var data: [Int] = []

  /// Finds the tokens of a document.
  ///
  /// - Parameters:
  ///   - inspection: What the document says.
  ///   - document: The document, for its positions.
  ///   - range: The part that is wanted, in bytes; `nil` for all.
  init(_ inspection: DocumentInspection, _ document: inout OpenDocument, in range: SourceSpan? = nil) {
    var found: [(span: SourceSpan, kind: Kind)] = []
    for text in inspection.policies.flatMap(inspection.texts) {
      let whole = text.documentSpan(SourceSpan(0, text.bytes.count))
      if let range, whole.end < range.start || whole.start > range.end { continue }
      let tokens = tokens(of: String(decoding: text.bytes, as: UTF8.self))
      for index in tokens.indices {
        guard let kind = SemanticTokens.kind(of: index, tokens, text.bytes) else { continue }
        found.append((text.documentSpan(tokens[index].span), kind))
      }
    }
    found.sort { $0.span.start < $1.span.start }
    var last = Position(line: 0, character: 0)
    var covered = 0
    for (span, kind) in found where span.start >= covered && !span.isEmpty {
      if let range, span.end <= range.start || span.start >= range.end { continue }
      let start = document.position(of: span.start)
      let end = document.position(of: span.end)
      // The protocol knows no token of several lines.
      guard start.line == end.line, end.character > start.character else { continue }
      let isSameLine = start.line == last.line
      data += [
        start.line - last.line, isSameLine ? start.character - last.character : start.character,
        end.character - start.character, kind.rawValue, 0,
      ]
      last = start
      covered = span.end
    }
  }

  var json: JSON { .array(data.map { .integer($0) }) }

  private static let macros = Set(
    ["has", "all", "exists", "exists_one", "existsOne", "filter", "map", "transformList", "transformMap", "sortBy"]
      + ["optMap", "optFlatMap", "bind"])

  private static func kind(of index: Int, _ tokens: [Token], _ text: [UInt8]) -> Kind? {
    switch tokens[index].kind {
    case .identifier where WordOperators(tokens, of: text).contains(index): return .operator
    case .identifier, .quotedIdentifier:
      let isMember = index > 0 && tokens[index - 1].kind == .dot
      guard index + 1 < tokens.count, tokens[index + 1].kind == .leftParenthesis else {
        return isMember ? .property : .variable
      }
      let name = String(decoding: text[tokens[index].span.range], as: UTF8.self)
      return macros.contains(name) ? .macro : isMember ? .method : .function
    case .null, .true, .false, .in, .reservedWord: return .keyword
    case .int, .uint, .double: return .number
    case .string, .bytes: return .string
    case .comment: return .comment
    case .question, .colon, .not, .minus, .or, .and, .equal, .notEqual, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .plus, .star, .slash, .percent, .foreignOperator:
      return .operator
    case .endOfText, .leftParenthesis, .leftBracket, .leftBrace, .rightParenthesis, .rightBracket, .rightBrace, .dot,
      .comma, .semicolon, .malformedLiteral, .malformedName, .unknown:
      return nil
    }
  }
}
