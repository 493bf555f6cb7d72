/// Whether a character cannot be seen, or changes the order in which text is shown (Unicode TR 36; CVE-2021-42574).
package func isHidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true  // bidirectional controls
  case 0x00AD, 0x180E, 0x200B...0x200D, 0x2060...0x2064, 0xFEFF: true  // no width
  case 0x206A...0x206F, 0xFFF9...0xFFFB, 0x1D173...0x1D17A: true  // format controls
  case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x17B4, 0x17B5: true  // fillers
  case 0xE0000...0xE007F: true  // tags, which can spell a whole text that nobody sees
  default: false
  }
}

/// Whether a hidden character stands where scripts and emoji need it: a joiner between emoji or inside a word of a joining
/// script, a break between words of a script without blanks, the tags behind a flag.
///
/// Of a run of tags that stands elsewhere, the first is out of place and the others follow it.
package func isInPlace(_ hidden: Unicode.Scalar, _ previous: Unicode.Scalar?, _ next: Unicode.Scalar?) -> Bool {
  guard let previous else { return false }
  switch hidden.value {
  case 0x200C, 0x200D:
    guard let next else { return false }
    let needsJoiners: ClosedRange<UInt32> = 0x0600...0x109F  // Arabic to Myanmar
    if needsJoiners.contains(previous.value), needsJoiners.contains(next.value) { return true }
    let isEmojiPart = previous.value == 0xFE0F || previous.properties.isEmojiModifier || previous.properties.isEmoji
    return hidden.value == 0x200D && previous.value > 0x7F && isEmojiPart && next.value > 0x7F
      && next.properties.isEmoji
  case 0x200B:
    let hasNoBlanks: ClosedRange<UInt32> = 0x0E00...0x17FF  // Thai to Khmer
    return hasNoBlanks.contains(previous.value) && next.map { hasNoBlanks.contains($0.value) } == true
  case 0xE0000...0xE007F: return previous.value == 0x1F3F4 || (0xE0000...0xE007F).contains(previous.value)
  default: return false
  }
}

func isTypographicQuote(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x2018, 0x2019, 0x201A, 0x201B, 0x201C, 0x201D, 0x201E, 0x201F: true
  default: false
  }
}

/// ``unexpected character U+0430 CYRILLIC SMALL LETTER A, which looks like `a` ``.
func describe(_ scalar: Unicode.Scalar) -> String {
  if scalar.value > 0x20, scalar.value < 0x7F { return "unexpected character `\(scalar)`" }
  let hexadecimal = String(scalar.value, radix: 16, uppercase: true)
  var text = "unexpected character U+" + String(repeating: "0", count: max(0, 4 - hexadecimal.count)) + hexadecimal
  if let name = scalar.properties.name ?? scalar.properties.nameAlias { text += " \(name)" }
  if let ascii = asciiLookalike(scalar) { text += ", which looks like `\(ascii)`" }
  return text
}

/// The ASCII character that a character is mistaken for (the common ones of Unicode's confusables.txt).
func asciiLookalike(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
  // The full-width forms repeat ASCII from `!` to `~`; `＝` is taken as `==` elsewhere.
  if scalar.value >= 0xFF01, scalar.value <= 0xFF5E, scalar.value != 0xFF1D {
    return Unicode.Scalar(scalar.value - 0xFEE0)
  }
  return lookalikes[scalar]
}

private let lookalikes: [Unicode.Scalar: Unicode.Scalar] = {
  let pairs: [(String, String)] = [
    // Cyrillic
    ("асԁеһіјӏорԛѕԝухѵү", "acdehijlopqswyxvy"), ("АВСЕНІЈКМОРЅТХУѴԌ", "ABCEHIJKMOPSTXYVG"),
    // Greek
    ("αγικνορτυχ", "ayikvoptux"), ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"), ("\u{37E}", ";"),
    // Latin
    ("ıȷɑɡ", "ijag"),
    // Punctuation
    ("\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}", "-------"),
    ("\u{2024}\u{2044}\u{2215}\u{2217}\u{2236}", ".//*:"),
    ("\u{3001}\u{3002}\u{FF61}", ",.."), ("\u{2039}\u{203A}", "<>"),
  ]
  var table: [Unicode.Scalar: Unicode.Scalar] = [:]
  for (foreign, ascii) in pairs {
    for (key, value) in zip(foreign.unicodeScalars, ascii.unicodeScalars) { table[key] = value }
  }
  return table
}()
