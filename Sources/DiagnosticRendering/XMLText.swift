/// Text as XML 1.0 holds it, in elements and in quoted attributes.
///
/// Line ends and tabs are written as references, since readers turn them into blanks in attributes. Control characters and
/// noncharacters have no place in XML 1.0, not even as references: U+FFFD stands for them (section 2.2).
package enum XMLText {
  /// Appends an attribute with a blank in front: ` name="value"`.
  package static func appendAttribute(_ name: String, _ value: String, to output: inout [UInt8]) {
    output.append(" \(name)=\"")
    append(value.utf8, keepsLines: false, to: &output)
    output.append("\"")
  }

  /// Appends the text of an element, whose lines stay lines.
  package static func appendContent(_ bytes: [UInt8], to output: inout [UInt8]) {
    append(bytes, keepsLines: true, to: &output)
  }

  private static func append(_ text: some Sequence<UInt8>, keepsLines: Bool, to output: inout [UInt8]) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "&"): output.append("&amp;")
      case UInt8(ascii: "<"): output.append("&lt;")
      case UInt8(ascii: ">"): output.append("&gt;")
      case UInt8(ascii: "\""): output.append("&quot;")
      case 0x0A: output.append(keepsLines ? "\n" : "&#10;")
      case 0x09: output.append(keepsLines ? "\t" : "&#9;")
      case 0x0D: output.append("&#13;")
      case 0..<0x20: output.append("\u{FFFD}")
      case 0xBE, 0xBF:
        output.append(byte)
        // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
        if output.suffix(3).elementsEqual([0xEF, 0xBF, byte]) {
          output.removeLast(3)
          output.append("\u{FFFD}")
        }
      default: output.append(byte)
      }
    }
  }
}
