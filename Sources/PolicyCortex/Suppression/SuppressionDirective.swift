import Source

/// The text of a comment that speaks to us: `policycortex: ignore[word-operator, missing-message] -- reason`.
struct SuppressionDirective {
  /// A code that it names.
  struct Code {
    var name: String
    /// Where it stands.
    var span: SourceSpan
  }

  /// The codes between the brackets.
  var codes: [Code] = []
  /// Why it is none; `nil` when it is one.
  var fault: String?

  private static let mark = Array("policycortex:".utf8)
  private static let verb = Array("ignore".utf8)

  /// Reads a comment; `nil` for one that says something else: prose, even after `policycortex:`, is no directive.
  ///
  /// - Parameters:
  ///   - comment: The comment behind its `#` or `//`.
  ///   - offset: Where its first byte stands, in the text whose offsets the codes get.
  init?(_ comment: ArraySlice<UInt8>, at offset: Int) {
    var rest = comment.drop(while: Self.isBlank)
    guard rest.starts(with: Self.mark) else { return nil }
    rest = rest.dropFirst(Self.mark.count).drop(while: Self.isBlank)
    let word = rest.prefix { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == UInt8(ascii: "-") }
    let behind = rest.dropFirst(word.count).drop(while: Self.isBlank)
    guard word.elementsEqual(Self.verb) else {
      guard behind.first == UInt8(ascii: "[") else { return nil }
      fault = "write `ignore[code]`"
      return
    }
    guard behind.first == UInt8(ascii: "["), let close = behind.firstIndex(of: UInt8(ascii: "]")) else {
      fault = "name the codes in brackets: `ignore[code]`"
      return
    }
    for part in behind[(behind.startIndex + 1)..<close].split(separator: UInt8(ascii: ",")) {
      let name = part.drop(while: Self.isBlank)
      let end = name.lastIndex { !Self.isBlank($0) }.map { $0 + 1 } ?? name.startIndex
      if end == name.startIndex { continue }
      let start = offset + name.startIndex - comment.startIndex
      codes.append(
        Code(
          name: String(decoding: name[..<end], as: UTF8.self),
          span: SourceSpan(start, start + end - name.startIndex)))
    }
    if codes.isEmpty { fault = "name the codes in brackets: `ignore[code]`" }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
