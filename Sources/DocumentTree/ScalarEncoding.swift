import Diagnostics

/// A text as a whole scalar, spelt in the style of the node that it replaces.
///
/// A style that cannot say the text gives way to double quotation marks, which can say every text.
///
/// - Parameters:
///   - text: What the scalar is to say.
///   - node: The scalar it replaces, key or value.
/// - Returns: The scalar with its quotation marks. It is read as a string, never as a number, a boolean or null.
package func encodedScalar(_ text: String, like node: DocumentNode) -> String {
  encodedScalar(text, style: node.style, isInFlow: node.isInFlow)
}

/// A text as a whole scalar, spelt in a style or, where that cannot say it, in double quotation marks.
package func encodedScalar(_ text: String, style: ScalarStyle, isInFlow: Bool) -> String {
  switch style {
  case .json: JSONText.quoted(text)
  case .plain where isPlainScalar(text, isInFlow: isInFlow): text
  case .singleQuoted where isPrintableLine(text): "'" + doubledQuotes(text) + "'"
  // Block scalars depend on indentation, which the node alone does not tell.
  case .plain, .singleQuoted, .doubleQuoted, .literal, .folded: "\"" + escapedForYAML(text) + "\""
  }
}

/// A replacement of a part of a scalar's content, spelt as it must be inside that scalar.
///
/// Whether a plain scalar as a whole is still a string afterwards (`tru` become `true`) is for the caller to see.
///
/// - Parameters:
///   - text: What is to stand in the decoded content.
///   - node: The scalar it goes into.
///   - isAtStart: Whether it goes to the very start of the content, where plain and block scalars allow less.
/// - Returns: The spelling; `nil` when it cannot be said in place, and the whole scalar must be spelt anew.
package func encodedInsertion(_ text: String, like node: DocumentNode, isAtStart: Bool) -> String? {
  let startsBlank = text.utf8.first == 0x20 || text.utf8.first == 0x09
  let endsBlank = text.utf8.last == 0x20 || text.utf8.last == 0x09
  switch node.style {
  case .json: return String(Substring(JSONText.quoted(text).utf8.dropFirst().dropLast()))
  case .doubleQuoted: return escapedForYAML(text)
  case .singleQuoted: return isPrintableLine(text) ? doubledQuotes(text) : nil
  case .literal:
    // Blanks at the start would be taken for indentation.
    return isPrintableLine(text) && !(isAtStart && startsBlank) ? text : nil
  case .folded:
    // Lines that start with a blank are not folded, and blanks at a fold are lost.
    return isPrintableLine(text) && !startsBlank && !endsBlank ? text : nil
  case .plain:
    if text.isEmpty { return isAtStart ? nil : text }
    guard isPrintableLine(text), !startsBlank, !endsBlank, hasNoPlainHazard(text, isInFlow: node.isInFlow),
      text.utf8.first != 0x23, text.utf8.last != 0x3A, !isAtStart || !startsWithIndicator(text)
    else { return nil }
    return text
  }
}

// MARK: Plain scalars

/// Whether a text stands for itself as a plain scalar (YAML 1.2.2, section 7.3.3) and is read as a string.
///
/// Stricter than the specification: what YAML 1.1 reads otherwise (`no`, `12:30`, dates) is not taken as plain either, so
/// that every program reads the same.
private func isPlainScalar(_ text: String, isInFlow: Bool) -> Bool {
  guard let first = text.utf8.first, let last = text.utf8.last, isPrintableLine(text) else { return false }
  return first != 0x20 && first != 0x09 && last != 0x20 && last != 0x09 && last != 0x3A
    && !startsWithIndicator(text) && hasNoPlainHazard(text, isInFlow: isInFlow) && !isResolvedOtherwise(text)
}

/// Whether a text starts with what has a meaning of its own at the start of a plain scalar.
private func startsWithIndicator(_ text: String) -> Bool {
  guard let first = text.utf8.first else { return false }
  return "-?:,[]{}#&*!|>'\"%@`".utf8.contains(first) || text.hasPrefix("...") || text == "<<" || text == "="
}

/// Whether nothing inside a text ends a plain scalar.
private func hasNoPlainHazard(_ text: String, isInFlow: Bool) -> Bool {
  var before: UInt8 = 0
  for byte in text.utf8 {
    switch byte {
    case 0x20, 0x09: if before == 0x3A { return false }
    case 0x23: if before == 0x20 || before == 0x09 { return false }
    case 0x2C, 0x5B, 0x5D, 0x7B, 0x7D: if isInFlow { return false }
    default: break
    }
    before = byte
  }
  return true
}

/// Whether a plain scalar is null, a boolean or a number in the core schema (YAML 1.2.2, section 10.3.2) or in YAML 1.1.
private func isResolvedOtherwise(_ text: String) -> Bool {
  switch text.lowercased() {
  case "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n": return true
  case ".inf", ".nan", "+.inf": return true
  default: break
  }
  guard let first = text.utf8.first, first == 0x2E || first == 0x2B || first &- 0x30 < 10 else { return false }
  // Digits, and what stands between them in any kind of number, date or time.
  return text.utf8.allSatisfy { byte in
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66, 0x2B, 0x2D, 0x2E, 0x3A, 0x5F, 0x6F, 0x78, 0x4F, 0x58, 0x54, 0x5A, 0x74:
      true
    default: false
    }
  }
}

// MARK: Quoting

/// Whether a text is one line of printable characters and tabs (YAML 1.2.2, section 5.1).
private func isPrintableLine(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(isPrintable) }

func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x09, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
  // U+0085, U+2028 and U+2029 are line ends to older readers.
  default: false
  }
}

private func doubledQuotes(_ text: String) -> String {
  var doubled = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    doubled.append(scalar)
    if scalar == "'" { doubled.append(scalar) }
  }
  return String(doubled)
}

/// The content of a double-quoted scalar (YAML 1.2.2, section 5.7), in escapes that JSON has too.
private func escapedForYAML(_ text: String) -> String {
  var escaped = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": escaped += "\\\""
    case "\\": escaped += "\\\\"
    case "\n": escaped += "\\n"
    case "\r": escaped += "\\r"
    case "\t": escaped += "\\t"
    case _ where isPrintable(scalar): escaped.unicodeScalars.append(scalar)
    default:
      let digits = String(scalar.value, radix: 16)
      escaped += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
  }
  return escaped
}
