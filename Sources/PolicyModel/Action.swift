/// What a rule whose condition is true asks for.
public enum Action: String, Sendable, CaseIterable {
  case allow, deny, warn, audit
}

/// What a policy decides when no rule does.
public enum DefaultAction: String, Sendable, CaseIterable {
  case allow, deny
}

/// How much a rule or a policy matters.
public enum RuleSeverity: String, Sendable, CaseIterable {
  case low, medium, high, critical, info
}

/// An enumeration whose words a document may write in any letter case.
protocol DocumentWord: RawRepresentable<String>, CaseIterable, Sendable {
  static var words: WordSet<Self> { get }
}

extension Action: DocumentWord {
  static let words = WordSet(Action.self)
}

extension DefaultAction: DocumentWord {
  static let words = WordSet(DefaultAction.self)
}

extension RuleSeverity: DocumentWord {
  static let words = WordSet(RuleSeverity.self)
}

/// The words of an enumeration, each packed into 64 bits.
struct WordSet<Word: RawRepresentable<String> & CaseIterable & Sendable>: Sendable {
  private let entries: [(packed: UInt64, word: Word)]

  /// Packs the words, which have 8 letters at most.
  init(_ words: Word.Type) {
    entries = Word.allCases.map { word in
      let bytes = Array(word.rawValue.utf8)
      return (WordSet.packed(bytes, 0..<bytes.count), word)
    }
  }

  /// The word that stands in a range of some bytes, in any letter case.
  func word(in bytes: [UInt8], _ range: Range<Int>) -> Word? {
    guard !range.isEmpty, range.count <= 8 else { return nil }
    let packed = WordSet.packed(bytes, range)
    for entry in entries where entry.packed == packed { return entry.word }
    return nil
  }

  private static func packed(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
    var packed: UInt64 = 0
    for byte in bytes[range] { packed = packed &<< 8 | UInt64(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) }
    return packed
  }
}
