/// A grammar in the EBNF of the XML specification, section 6: `Name ::= 'text' | [a-z] | #xA | Name | (…)? * + | A - B`.
struct EBNFGrammar {
  indirect enum Expression {
    case text(String)
    /// Characters; as ranges of code points.
    case characters([ClosedRange<UInt32>])
    case production(String)
    case sequence([Expression])
    /// Alternatives, with a number of their own in the grammar.
    case choice([Expression], id: Int)
    /// `?`, `*`, `+`, with a number of its own in the grammar.
    case repetition(Expression, atLeast: Int, atMost: Int?, id: Int)
    /// What is the first and is not the second.
    case difference(Expression, Expression)
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// In the order of the file.
  private(set) var productions: [(name: String, body: Expression)] = []
  /// How many choices and repetitions there are.
  private(set) var decisionCount = 0

  private var scalars: [Unicode.Scalar]
  private var position = 0

  init(_ text: String) throws {
    scalars = Array(text.unicodeScalars)
    skipSpace()
    while position < scalars.count {
      let name = readName()
      guard !name.isEmpty, take("::=") else { throw failure("a production") }
      productions.append((name, try readChoice()))
    }
    for (name, body) in productions { try checkNames(body, in: name) }
  }

  subscript(name: String) -> Expression? { productions.first { $0.name == name }?.body }

  private func failure(_ expected: String) -> Failure {
    let line = scalars[..<min(position, scalars.count)].count { $0 == "\n" } + 1
    return Failure(description: "expected \(expected) on line \(line)")
  }

  private func checkNames(_ body: Expression, in name: String) throws {
    switch body {
    case .text, .characters: break
    case .production(let used):
      if self[used] == nil { throw Failure(description: "\(name) uses \(used), which is not there") }
    case .sequence(let parts), .choice(let parts, _): for part in parts { try checkNames(part, in: name) }
    case .repetition(let part, _, _, _): try checkNames(part, in: name)
    case .difference(let part, let other):
      try checkNames(part, in: name)
      try checkNames(other, in: name)
    }
  }
}

// MARK: - Reading

extension EBNFGrammar {
  private func peek(_ text: String) -> Bool { scalars[position...].starts(with: text.unicodeScalars) }

  private mutating func take(_ text: String) -> Bool {
    guard peek(text) else { return false }
    position += text.unicodeScalars.count
    skipSpace()
    return true
  }

  private mutating func skipSpace() {
    while position < scalars.count {
      if scalars[position].properties.isWhitespace {
        position += 1
      } else if peek("/*") {
        while position < scalars.count, !peek("*/") { position += 1 }
        position += 2
      } else {
        return
      }
    }
  }

  private mutating func readName() -> String {
    var name = ""
    while position < scalars.count, scalars[position].properties.isAlphabetic || scalars[position] == "_" {
      name.unicodeScalars.append(scalars[position])
      position += 1
    }
    skipSpace()
    return name
  }

  private mutating func readChoice() throws -> Expression {
    var alternatives = [try readSequence()]
    while take("|") { alternatives.append(try readSequence()) }
    guard alternatives.count > 1 else { return alternatives[0] }
    decisionCount += 1
    return .choice(alternatives, id: decisionCount - 1)
  }

  private mutating func readSequence() throws -> Expression {
    var parts: [Expression] = []
    while position < scalars.count, !peek("|"), !peek(")"), !startsProduction {
      let part = try readRepetition()
      parts.append(take("- ") ? .difference(part, try readRepetition()) : part)
    }
    guard !parts.isEmpty else { throw failure("an expression") }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private var startsProduction: Bool {
    var copy = self
    return !copy.readName().isEmpty && copy.peek("::=")
  }

  private mutating func readRepetition() throws -> Expression {
    let part = try readPrimary()
    for (sign, atLeast, atMost) in [("?", 0, 1), ("*", 0, nil), ("+", 1, nil)] where take(sign) {
      decisionCount += 1
      return .repetition(part, atLeast: atLeast, atMost: atMost, id: decisionCount - 1)
    }
    return part
  }

  private mutating func readPrimary() throws -> Expression {
    if take("(") {
      let inner = try readChoice()
      guard take(")") else { throw failure("`)`") }
      return inner
    }
    for quote in ["'", "\""] as [Unicode.Scalar] where scalars[position] == quote {
      var text = ""
      position += 1
      while position < scalars.count, scalars[position] != quote {
        text.unicodeScalars.append(scalars[position])
        position += 1
      }
      position += 1
      skipSpace()
      return .text(text)
    }
    if scalars[position] == "[" { return .characters(try readCharacters()) }
    if peek("#x") {
      let value = try readCharacter()
      skipSpace()
      return .characters([value...value])
    }
    let name = readName()
    guard !name.isEmpty else { throw failure("an expression") }
    return .production(name)
  }

  private mutating func readCharacters() throws -> [ClosedRange<UInt32>] {
    position += 1
    let isComplement = scalars[position] == "^"
    if isComplement { position += 1 }
    var ranges: [ClosedRange<UInt32>] = []
    while position < scalars.count, scalars[position] != "]" {
      let first = try readCharacter()
      var last = first
      if scalars[position] == "-" {
        position += 1
        last = try readCharacter()
      }
      guard first <= last else { throw failure("a range") }
      ranges.append(first...last)
    }
    position += 1
    skipSpace()
    guard isComplement else { return ranges }
    // What can be written into a text without a warning: printable ASCII, tabs and line ends, and some letters and signs.
    let all: [ClosedRange<UInt32>] = [
      0x09...0x0A, 0x0D...0x0D, 0x20...0x7E, 0xA1...0xAC, 0xC0...0x24F, 0x4E00...0x4EFF, 0x1F600...0x1F640,
    ]
    return all.flatMap { $0 }.filter { value in !ranges.contains { $0.contains(value) } }.map { $0...$0 }
  }

  private mutating func readCharacter() throws -> UInt32 {
    guard peek("#x") else {
      position += 1
      return scalars[position - 1].value
    }
    position += 2
    var digits = ""
    while position < scalars.count, scalars[position].properties.isASCIIHexDigit {
      digits.unicodeScalars.append(scalars[position])
      position += 1
    }
    guard let value = UInt32(digits, radix: 16) else { throw failure("a code point") }
    return value
  }
}
