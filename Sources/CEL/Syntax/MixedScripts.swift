internal import RegularExpressions
package import Source

/// A word in which letters of several scripts stand together, one of which is mistaken for another's.
package struct ConfusableWord: Sendable {
  /// Where it stands in the text that was looked at.
  package var span: SourceSpan
  package var text: String
  /// The first character that is mistaken, and for which.
  package var character: Unicode.Scalar
  package var lookalike: Unicode.Scalar
  /// The scripts, in the order of their first letters.
  package var scripts: [String]
}

/// Finds words of mixed scripts (UTS 39, section 5): those for which there is no script that all their letters belong to.
///
/// Han, kana, Hangul and bopomofo go together as they do in the writing of East Asia, and with Latin (*highly restrictive*).
/// Of what is left, only a word counts in which some letter looks like an ASCII one: `Δx` deceives nobody.
///
/// - Parameter text: UTF-8.
/// - Returns: The words, in order.
package func confusableWords(in text: UnsafeBufferPointer<UInt8>) -> [ConfusableWord] {
  guard unsafe text.contains(where: { $0 >= 0x80 }) else { return [] }
  var found: [ConfusableWord] = []
  var word = MixedScriptWord()
  var offset = 0
  for scalar in unsafe String(decoding: text, as: UTF8.self).unicodeScalars {
    if scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      || scalar.properties.canonicalCombiningClass != .notReordered
    {
      word.append(scalar, at: offset)
    } else {
      if let confusable = word.confusable(endingAt: offset) { found.append(confusable) }
      word = MixedScriptWord()
    }
    offset += UTF8.width(scalar)
  }
  if let confusable = word.confusable(endingAt: offset) { found.append(confusable) }
  return found
}

private struct MixedScriptWord {
  private var start = 0
  private var text = String.UnicodeScalarView()
  private var scripts: [String] = []
  /// The scripts that all letters so far may belong to; `nil` before the first.
  private var resolved: Set<String>?
  private var mistaken: (character: Unicode.Scalar, lookalike: Unicode.Scalar)?

  mutating func append(_ scalar: Unicode.Scalar, at offset: Int) {
    if text.isEmpty { start = offset }
    text.append(scalar)
    let script =
      scalar.isASCII
      ? (scalar.properties.isAlphabetic ? "Latin" : "Common") : scriptName(of: scalar.value) ?? "Common"
    guard script != "Common", script != "Inherited" else { return }
    if !scripts.contains(script) { scripts.append(script) }
    let augmented = Self.augmented(script)
    resolved = resolved?.intersection(augmented) ?? augmented
    if mistaken == nil, script != "Latin", let lookalike = asciiLookalike(scalar) { mistaken = (scalar, lookalike) }
  }

  func confusable(endingAt end: Int) -> ConfusableWord? {
    guard let mistaken, scripts.count > 1, resolved?.isEmpty == true else { return nil }
    return ConfusableWord(
      span: SourceSpan(start, end), text: String(text), character: mistaken.character, lookalike: mistaken.lookalike,
      scripts: scripts)
  }

  /// A script, and the writing systems that it is part of (UTS 39, section 5.1).
  private static func augmented(_ script: String) -> Set<String> {
    switch script {
    case "Han": ["Han", "Bopomofo+", "Japanese", "Korean"]
    case "Hiragana", "Katakana": [script, "Japanese"]
    case "Hangul": [script, "Korean"]
    case "Bopomofo": [script, "Bopomofo+"]
    case "Latin": [script, "Bopomofo+", "Japanese", "Korean"]
    default: [script]
    }
  }
}
