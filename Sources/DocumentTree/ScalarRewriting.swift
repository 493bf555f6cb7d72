package import Diagnostics
internal import Source

/// A scalar that is to be written anew in its place, and how it can be: on one line, or as lines of a block scalar.
package struct ScalarRewriting {
  private let document: Document
  private let node: DocumentNode
  private var bytes: [UInt8] { document.source.bytes }
  /// How far the text of a block scalar is or would be indented; `nil` where there cannot be one.
  package let blockIndentation: Int?
  /// What the indicator of a new block scalar replaces: the blanks before the scalar, it, and the rest of its line.
  private var replaced = SourceSpan(at: 0)

  /// Looks at the surroundings of a scalar.
  ///
  /// - Parameters:
  ///   - document: The document.
  ///   - id: A string of the document, no alias.
  ///   - key: The key of the member whose value it is; `nil` for other values.
  package init(_ document: Document, _ id: NodeID, key: NodeID?) {
    self.document = document
    node = document[id]
    let key = key.map { document[$0].span }
    switch node.style {
    case .literal, .folded: blockIndentation = BlockScalarText(document.source.bytes, node.span, key: key)?.indentation
    case .json, .plain, .singleQuoted, .doubleQuoted:
      let scalar = node
      let place = key.flatMap { BlockScalarPlace(document, scalar, key: $0) }
      blockIndentation = place?.indentation
      if let place { replaced = place.replaced }
    }
  }

  /// Whether it is a block scalar already.
  package var isBlock: Bool { node.style == .literal || node.style == .folded }

  package var isFolded: Bool { node.style == .folded }

  /// The edits that write a text on the scalar's line, in its style or one that can say it; none for a block scalar.
  package func onOneLine(_ text: String) -> SourceEdit? {
    isBlock ? nil : SourceEdit(span: node.span, text: spelt(text))
  }

  /// How wide the line would be with a text on it, in code points.
  package func width(of text: String) -> Int {
    var lineStart = node.span.start
    while lineStart > 0, bytes[lineStart - 1] != 0x0A, bytes[lineStart - 1] != 0x0D { lineStart -= 1 }
    return bytes[lineStart..<node.span.start].count { $0 & 0xC0 != 0x80 } + spelt(text).unicodeScalars.count
  }

  private func spelt(_ text: String) -> String {
    let plain = encodedScalar(text, like: node)
    switch node.style {
    case .plain:
      // Quotation marks that need no escapes inside.
      let isLine = text.unicodeScalars.allSatisfy(isPrintable)
      return plain != text && isLine && !text.utf8.contains(0x27) ? "'" + text + "'" : plain
    case .json, .doubleQuoted:
      // What its author wrote as escapes (invisible characters, perhaps) stays escapes.
      return bytes[node.span.range].allSatisfy { $0 < 0x80 } ? escaped(plain) : plain
    case .singleQuoted, .literal, .folded: return plain
    }
  }

  private func escaped(_ quoted: String) -> String {
    guard !quoted.utf8.allSatisfy({ $0 < 0x80 }) else { return quoted }
    var result = ""
    for scalar in quoted.unicodeScalars {
      if scalar.isASCII {
        result.unicodeScalars.append(scalar)
      } else if scalar.value > 0xFFFF, document.format == .yaml {
        result += "\\U" + hexadecimal(scalar.value, count: 8)
      } else {
        for unit in String(scalar).utf16 { result += "\\u" + hexadecimal(UInt32(unit), count: 4) }
      }
    }
    return result
  }

  private func hexadecimal(_ value: UInt32, count: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
  }

  /// The edits that write a text as the lines of a block scalar.
  ///
  /// - Parameters:
  ///   - text: Lines, of which the first has text.
  ///   - isLiteral: Whether the line breaks count: a folded scalar becomes a literal one then.
  /// - Returns: `nil` where it cannot be said so.
  package func asBlock(_ text: String, isLiteral: Bool) -> [SourceEdit]? {
    guard let blockIndentation, text.unicodeScalars.allSatisfy({ isPrintable($0) || $0 == "\n" }) else { return nil }
    let indentation = String(repeating: " ", count: blockIndentation)
    if isBlock {
      guard let content = BlockScalarText(bytes, node.span, key: nil, indentation: blockIndentation) else { return nil }
      let lines = content.lines(text, indentation)
      let edit = SourceEdit(span: content.span, text: lines)
      guard isFolded, isLiteral else { return [edit] }
      return [SourceEdit(span: SourceSpan(node.span.start, node.span.start + 1), text: "|"), edit]
    }
    // A text that starts with blanks would need an indicator of its indentation.
    guard text.utf8.first != 0x20, text.utf8.first != 0x09, text.utf8.first != 0x0A else { return nil }
    var tail = bytes[node.span.end..<replaced.end]
    while let last = tail.last, last == 0x20 || last == 0x09 { tail.removeLast() }
    let blank = replaced.start < node.span.start ? " " : ""
    let lineBreak = lineBreak(in: bytes, behind: replaced.end)
    let header = blank + "|-" + String(decoding: tail, as: UTF8.self) + lineBreak
    return [SourceEdit(span: replaced, text: header + indented(text, indentation, lineBreak))]
  }
}

/// The lines of a block scalar that is there.
private struct BlockScalarText {
  let indentation: Int
  /// From the first line's start to the last line's end.
  let span: SourceSpan
  private let lineBreak: String

  /// Finds the lines; `nil` where their indentation is not clear.
  init?(_ bytes: [UInt8], _ scalar: SourceSpan, key: SourceSpan?, indentation known: Int? = nil) {
    var start = scalar.start
    while start < scalar.end, bytes[start] != 0x0A, bytes[start] != 0x0D { start += 1 }
    let header = bytes[scalar.start..<start]
    lineBreak = DocumentTree.lineBreak(in: bytes, behind: start)
    start += lineBreak.utf8.count
    guard start < scalar.end else { return nil }
    span = SourceSpan(start, scalar.end)
    if let known {
      indentation = known
      return
    }
    // An indicator counts from the collection around, which the key shows where nothing else is on its line.
    if let digit = header.prefix(3).first(where: { $0 >= 0x31 && $0 <= 0x39 }) {
      guard let key, let column = blockColumn(of: key.start, in: bytes) else { return nil }
      indentation = column + Int(digit - 0x30)
      return
    }
    var line = start
    var index = start
    while index < scalar.end {
      switch bytes[index] {
      case 0x20: index += 1
      case 0x0A, 0x0D:
        index += 1
        line = index
      default:
        indentation = index - line
        return
      }
    }
    return nil
  }

  func lines(_ text: String, _ indentation: String) -> String { indented(text, indentation, lineBreak) }
}

/// Where a scalar of one line, or in quotes, can become a block scalar.
private struct BlockScalarPlace {
  let indentation: Int
  let replaced: SourceSpan

  init?(_ document: Document, _ node: DocumentNode, key: SourceSpan) {
    let bytes = document.source.bytes
    guard document.format == .yaml, !node.isInFlow, key.end < node.span.start,
      let column = blockColumn(of: key.start, in: bytes)
    else { return nil }
    indentation = column + 2
    // Between key and value stand a colon and blanks; an anchor or a tag must be on the key's line.
    guard let colon = bytes[key.end..<node.span.start].firstIndex(of: 0x3A) else { return nil }
    let gap = bytes[(colon + 1)..<node.span.start]
    var start = node.span.start
    if gap.contains(where: { $0 == 0x0A || $0 == 0x0D }) {
      guard gap.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else { return nil }
      start = colon + 1
    }
    // What stands behind the value moves to the indicator's line, where only a comment may.
    var end = node.span.end
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    if end < bytes.count, bytes[end] == 0x23, end > node.span.end {
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    }
    guard end == bytes.count || bytes[end] == 0x0A || bytes[end] == 0x0D else { return nil }
    replaced = SourceSpan(start, end)
    guard Self.isEnded(bytes, end, indentation) else { return nil }
  }

  /// Whether the lines that follow cannot be taken for the scalar's: comments, and blanks, that stand as deep.
  private static func isEnded(_ bytes: [UInt8], _ lineEnd: Int, _ indentation: Int) -> Bool {
    var index = lineEnd
    var column = 0
    while index < bytes.count {
      switch bytes[index] {
      case 0x0A, 0x0D: column = 0
      case 0x20:
        column += 1
        if column > indentation { return false }
      case 0x09: return false
      default: return column < indentation
      }
      index += 1
    }
    return true
  }
}

/// The column of a place that only blanks and the dashes of lists stand before on its line.
private func blockColumn(of offset: Int, in bytes: [UInt8]) -> Int? {
  var start = offset
  while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
  return bytes[start..<offset].allSatisfy { $0 == 0x20 || $0 == 0x2D } ? offset - start : nil
}

/// How lines end at a place, or in the document where it ends there.
private func lineBreak(in bytes: [UInt8], behind offset: Int) -> String {
  guard offset < bytes.count else {
    return bytes.contains(0x0D) ? (bytes.contains(0x0A) ? "\r\n" : "\r") : "\n"
  }
  guard bytes[offset] == 0x0D else { return "\n" }
  return offset + 1 < bytes.count && bytes[offset + 1] == 0x0A ? "\r\n" : "\r"
}

private func indented(_ text: String, _ indentation: String, _ lineBreak: String) -> String {
  text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    .map { $0.isEmpty ? "" : indentation + String(decoding: $0, as: UTF8.self) }.joined(separator: lineBreak)
}
