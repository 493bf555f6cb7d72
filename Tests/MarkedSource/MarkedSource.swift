package import Source

/// Text with places marked by `1️⃣`, `2️⃣` … `9️⃣`, taken out of it.
///
/// ```swift
/// let source = MarkedSource("resource.size > 1️⃣&& true")
/// source.text           // "resource.size > && true"
/// source.offset("1️⃣")   // 16
/// ```
package struct MarkedSource: Sendable {
  /// The text without its markers.
  package let text: String
  /// The UTF-8 byte offset, in the unmarked text, of each marker.
  package let offsets: [String: Int]

  /// Takes the markers out of a text.
  package init(_ marked: String) {
    var text = ""
    var offsets: [String: Int] = [:]
    for character in marked {
      let scalars = Array(character.unicodeScalars)
      if scalars.count == 3, scalars[1].value == 0xFE0F, scalars[2].value == 0x20E3,
        (0x31...0x39).contains(scalars[0].value)
      {
        offsets[String(character)] = text.utf8.count
      } else {
        text.append(character)
      }
    }
    self.text = text
    self.offsets = offsets
  }

  /// The offset of a marker; -1, which no diagnostic has, when the text lacks it.
  package func offset(_ marker: String) -> Int { offsets[marker] ?? -1 }

  /// The range between two markers.
  package func span(_ start: String, _ end: String) -> SourceSpan { SourceSpan(offset(start), offset(end)) }
}
