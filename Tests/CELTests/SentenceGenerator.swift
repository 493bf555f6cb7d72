import MarkedSource

/// Writes random sentences of a grammar, and remembers which of its decisions were taken which way.
struct SentenceGenerator {
  /// What a decision was decided for: an alternative's number, or whether a repetition came to nothing (0), once (1) or more (2).
  struct Decision: Hashable {
    let id: Int
    let outcome: Int
  }

  /// Names that are not generated: they are words of the language in some places, or call for arguments of some form.
  private static let avoidedNames: Set<String> = [
    "not", "and", "or", "has", "all", "exists", "map", "filter", "cel", "bind", "index",
  ]

  private let grammar: EBNFGrammar
  private var random: SeededGenerator
  /// The depth of the least deep sentence of each production.
  private var leastDepths: [String: Int] = [:]
  private(set) var decisions: Set<Decision> = []
  private(set) var productions: Set<String> = []

  init(_ grammar: EBNFGrammar, seed: UInt64) {
    self.grammar = grammar
    random = SeededGenerator(seed: seed)
    var changed = true
    while changed {
      changed = false
      for (name, body) in grammar.productions {
        let depth = leastDepth(body).map { $0 + 1 }
        if depth != leastDepths[name] {
          leastDepths[name] = depth
          changed = true
        }
      }
    }
  }

  /// A sentence: tokens, with white space and comments between them where they must or may stand.
  mutating func sentence(of production: String, depth: Int) -> String {
    var tokens: [String] = []
    write(.production(production), depth, into: &tokens)
    var text = Bool.random(using: &random) ? space() : ""
    for (index, token) in tokens.enumerated() {
      if index > 0, !isNegationOfMinus(tokens, before: index),
        mustSeparate(tokens[index - 1], token) || Int.random(in: 0..<3, using: &random) == 0
      {
        // Not `///` of a division and a comment.
        text += (tokens[index - 1] == "/" ? " " : "") + space()
      }
      text += token
    }
    return text
  }

  /// Every outcome that the grammar's decisions can have.
  static func allDecisions(of grammar: EBNFGrammar) -> [Decision: String] {
    var found: [Decision: String] = [:]
    func collect(_ body: EBNFGrammar.Expression, in name: String) {
      switch body {
      case .text, .characters, .production: break
      case .sequence(let parts): for part in parts { collect(part, in: name) }
      case .choice(let parts, let id):
        for (index, part) in parts.enumerated() {
          found[Decision(id: id, outcome: index)] = "alternative \(index + 1) of choice \(id) in \(name)"
          collect(part, in: name)
        }
      case .repetition(let part, let atLeast, let atMost, let id):
        for outcome in atLeast...min(2, atMost ?? 2) {
          found[Decision(id: id, outcome: outcome)] = "\(outcome) times in repetition \(id) in \(name)"
        }
        collect(part, in: name)
      // The exceptions are only compared with.
      case .difference(let part, _): collect(part, in: name)
      }
    }
    for (name, body) in grammar.productions where name != "RESERVED" && name != "KEYWORD" { collect(body, in: name) }
    return found
  }
}

// MARK: - Generation

extension SentenceGenerator {
  private static func isToken(_ name: String) -> Bool { !name.contains { $0.isLowercase } }

  private mutating func write(_ body: EBNFGrammar.Expression, _ depth: Int, into tokens: inout [String]) {
    switch body {
    case .text(let text): tokens.append(text)
    case .characters(let ranges):
      var text = ""
      if let range = ranges.randomElement(using: &random),
        let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random))
      {
        text.unicodeScalars.append(scalar)
      }
      tokens.append(text)
    case .production(let name):
      productions.insert(name)
      guard let body = grammar[name] else { return }
      // Enough is enough: a sentence of some hundred tokens is brought to its end.
      guard Self.isToken(name) else { return write(body, tokens.count > 150 ? 0 : depth - 1, into: &tokens) }
      var text: String
      repeat {
        var parts: [String] = []
        write(body, depth - 1, into: &parts)
        text = parts.joined()
      } while Self.avoidedNames.contains(text)
      tokens.append(text)
    case .sequence(let parts): for part in parts { write(part, depth, into: &tokens) }
    case .choice(let parts, let id):
      let open = parts.indices.filter { (leastDepth(parts[$0]) ?? .max) <= max(depth, leastDepth(body) ?? 0) }
      let chosen = open.randomElement(using: &random) ?? 0
      decisions.insert(Decision(id: id, outcome: chosen))
      write(parts[chosen], depth, into: &tokens)
    case .repetition(let part, let atLeast, let atMost, let id):
      let isOpen = (leastDepth(part) ?? .max) <= depth
      let count = isOpen ? min(atMost ?? 2, max(atLeast, Int.random(in: -5...2, using: &random))) : atLeast
      decisions.insert(Decision(id: id, outcome: count))
      for _ in 0..<count { write(part, depth, into: &tokens) }
    case .difference(let part, let exception):
      while true {
        var parts: [String] = []
        write(part, depth, into: &parts)
        if !isSentence(parts.joined(), of: exception) { return tokens.append(parts.joined()) }
      }
    }
  }

  /// Whether a text is one of an exception's words.
  private func isSentence(_ text: String, of body: EBNFGrammar.Expression) -> Bool {
    switch body {
    case .text(let word): word == text
    case .production(let name): grammar[name].map { isSentence(text, of: $0) } ?? false
    case .choice(let parts, _): parts.contains { isSentence(text, of: $0) }
    case .characters, .sequence, .repetition, .difference: false
    }
  }

  private func leastDepth(_ body: EBNFGrammar.Expression) -> Int? {
    switch body {
    case .text, .characters: return 0
    case .production(let name): return leastDepths[name]
    case .sequence(let parts):
      var deepest = 0
      for part in parts {
        guard let depth = leastDepth(part) else { return nil }
        deepest = max(deepest, depth)
      }
      return deepest
    case .choice(let parts, _): return parts.compactMap { leastDepth($0) }.min()
    case .repetition(let part, let atLeast, _, _): return atLeast == 0 ? 0 : leastDepth(part)
    case .difference(let part, _): return leastDepth(part)
    }
  }

  // MARK: - White space

  /// Whether two tokens could be read as one, or as part of a comment or string; brackets and commas never are.
  private func mustSeparate(_ left: String, _ right: String) -> Bool {
    func isWord(_ text: String) -> Bool {
      text.unicodeScalars.allSatisfy {
        $0 == "_" || ($0.isASCII && ($0.properties.isAlphabetic || ($0.value >= 0x30 && $0.value <= 0x39)))
      }
    }
    if left == "not" { return right != "(" }
    let brackets = ["(", ")", "[", "]", "{", "}", ","]
    if brackets.contains(left) || brackets.contains(right) { return false }
    // `a.b`, but not `1.b`, `.5` or `?.b`.
    let startsWithDigit = left.unicodeScalars.first.map { $0.value >= 0x30 && $0.value <= 0x39 } ?? false
    if right == "." { return !isWord(left) || startsWithDigit }
    return left != "." || !isWord(right)
  }

  /// Whether a token follows the minus of `not -x`, which a blank behind the minus makes the difference of `not` and `x`.
  private func isNegationOfMinus(_ tokens: [String], before index: Int) -> Bool {
    index > 1 && tokens[index - 2] == "not" && tokens[index - 1] == "-"
  }

  private mutating func space() -> String {
    let name = Int.random(in: 0..<4, using: &random) == 0 ? "COMMENT" : "WHITE_SPACE"
    var tokens: [String] = []
    write(.production(name), 8, into: &tokens)
    return tokens.joined()
  }
}
