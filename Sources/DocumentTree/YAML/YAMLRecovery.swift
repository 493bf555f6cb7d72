internal import Diagnostics
internal import Source

/// Going on behind what is wrong in block collections.
extension YAMLReader {
  /// Completes a value that was reported, and skips all that is indented like a part of it.
  mutating func completeDamaged(from start: Int, _ parentIndent: Int) {
    let end = max(start, textEnd(from: start))
    contentEnd = end
    complete(appendInvalid(SourceSpan(start, end)))
    skipBlock(deeperThan: parentIndent)
  }

  /// A second colon on a key's line: the value holds one, or two members stand on one line.
  mutating func reportValueColon(_ index: Int, _ parentIndent: Int) {
    let node = document.nodes[index]
    let colon = skippingBlanks(position)
    let end = textEnd(from: colon)
    let isOneLine = node.span.start >= lineStart
    let fixIt = isOneLine && node.kind != .array && node.kind != .object ? quoting(node.span.start, end, .safe) : nil
    if node.style == .plain, node.kind != .array, node.kind != .object {
      report("a value without quotes cannot hold `: `; quote the value", colon, colon + 1, fixIt: fixIt)
    } else {
      report(
        "a mapping cannot start on the line of its key", colon, colon + 1,
        help: "start it on the next line, or quote the value if it is a text")
    }
    contentEnd = end
    complete(invalidate(index, SourceSpan(node.span.start, end)))
    skipBlock(deeperThan: parentIndent)
  }

  /// Whether a plain scalar is followed by a member at its own column, so that it must have been meant as one.
  func isKeyWithoutColon(_ index: Int, _ column: Int) -> Bool {
    guard document.nodes[index].style == .plain, isLineEnd(position), position < count else { return false }
    switch document.nodes[index].kind {
    case .string, .integer, .float, .true, .false, .null: break
    case .array, .object, .alias, .invalid: return false
    }
    let start = behindBreak(position)
    let indented = skippingSpaces(start)
    return indented - start == column && looksLikeKey(indented)
  }

  /// A line among the members of a mapping that has no colon, or one that no blank follows.
  ///
  /// - Parameter index: The scalar that starts the line, the last node.
  mutating func reportMissingColon(_ index: Int) {
    let top = frames.count - 1
    let node = document.nodes[index]
    let start = node.span.start
    frames[top].isMerging = false
    frames[top].key = index
    frames[top].state = .value
    frames[top].allowsCompact = false
    guard node.kind != .invalid else {
      // Reported already; what the key was meant to be is not known, so that the member is left out.
      removeNodes(from: index)
      frames[top].state = .entry
      return skipBlock(deeperThan: frames[top].indent)
    }
    guard node.style == .plain, node.link == DocumentNode.verbatim, node.kind == .string else {
      let behind = skippingBlanks(position)
      let end = isLineEnd(behind) ? node.span.end : textEnd(from: behind)
      report("a `:` is missing behind this key", start, end, help: "a member is written `name: value`")
      if node.kind == .array || node.kind == .object || node.kind == .alias {
        removeNodes(from: index)
        frames[top].state = .entry
        return skipBlock(deeperThan: frames[top].indent)
      }
      document.nodes[index].kind = .string
      return completeDamaged(from: behind, frames[top].indent)
    }
    var wordEnd = start
    while wordEnd < node.span.end, isWordCharacter(bytes[wordEnd]) || bytes[wordEnd] == UInt8(ascii: "_") {
      wordEnd += 1
    }
    if wordEnd > start, wordEnd < node.span.end, bytes[wordEnd] == UInt8(ascii: ":") {
      report(
        "a blank must stand behind the `:` of a key", wordEnd, wordEnd + 1,
        fixIt: FixIt("insert a blank", replacement: ": ", applicability: .safe))
      document.nodes[index].span = SourceSpan(start, wordEnd)
      position = wordEnd + 1
      contentEnd = position
      frames[top].emptyPlace = position
      return
    }
    let behindWord = skippingBlanks(wordEnd)
    if wordEnd == node.span.end {
      report(
        "a `:` is missing behind the key `\(excerpt(start, wordEnd))`", start, wordEnd,
        fixIt: FixIt(
          "insert `:`", edits: [SourceEdit(span: SourceSpan(at: wordEnd), text: ":")], applicability: .unsafe))
      // The lines below are read as if it were there.
      frames[top].emptyPlace = contentEnd
      return
    }
    report(
      "a `:` is missing behind the key of `\(excerpt(start, node.span.end))`", node.span,
      help: "a member is written `name: value`")
    guard wordEnd > start, behindWord > wordEnd else {
      removeNodes(from: index)
      frames[top].state = .entry
      return skipBlock(deeperThan: frames[top].indent)
    }
    document.nodes[index].span = SourceSpan(start, wordEnd)
    completeDamaged(from: behindWord, frames[top].indent)
  }

  /// Text behind a complete value on its line.
  mutating func reportTrailing() {
    let top = frames.count - 1
    let start = position
    let end = textEnd(from: start)
    if bytes[start] == UInt8(ascii: "#") {
      report(
        "a blank must stand in front of a comment", start, start + 1,
        fixIt: FixIt("insert a blank", replacement: " #", applicability: .safe))
      position = lineEnd(from: start)
      return
    }
    var fixIt: FixIt?
    if frames[top].state != .afterKey, lastCompleted < document.nodes.count {
      let value = document.nodes[lastCompleted]
      let isQuoted = value.style == .singleQuoted || value.style == .doubleQuoted
      if value.kind == .invalid {
        return skipBlock(deeperThan: frames[top].indent)
      }
      if value.span.start >= lineStart, isQuoted || value.kind == .array || value.kind == .object {
        fixIt = quoting(value.span.start, end, .unsafe)
        contentEnd = end
        lastCompleted = invalidate(lastCompleted, SourceSpan(value.span.start, end))
      }
    }
    report(
      "nothing but a comment may stand behind a complete value", start, end,
      help: fixIt == nil ? nil : "quote the whole value if it is a text", fixIt: fixIt)
    skipBlock(deeperThan: frames[top].indent)
  }

  /// A list entry where a mapping's next key should stand.
  mutating func reportEntryAmongMembers() {
    report("a list entry cannot stand among the members of a mapping", position, position + 1)
    let column = position - lineStart
    skipBlock(deeperThan: frames[frames.count - 1].indent)
    skipEntries(column)
  }

  /// Skips the list entries at a column, from the line at `position` on.
  mutating func skipEntries(_ column: Int) {
    while position < count, position == lineStart {
      let next = skippingSpaces(position)
      guard next - position == column, isBlockIndicator(UInt8(ascii: "-"), at: next), !isDocumentMarker(next) else {
        return
      }
      position = next
      skipBlock(deeperThan: column)
    }
  }

  /// A line that is indented like a part of the value above, which is complete: behind a comment, or behind a quote.
  mutating func reportStrayLine() {
    report(
      "this line belongs to no value", position, textEnd(from: position),
      help: "a value of several lines without quotes ends at a comment; quotes or `|` hold it together")
    // Behind `?` the last node is a key.
    if frames[frames.count - 1].state == .entry, lastCompleted < document.nodes.count {
      switch document.nodes[lastCompleted].kind {
      case .array, .object, .alias, .invalid: break
      case .null, .true, .false, .integer, .float, .string:
        document.nodes[lastCompleted].kind = .invalid
        document.nodes[lastCompleted].link = DocumentNode.verbatim
      }
    }
    skipBlock(deeperThan: frames[frames.count - 1].indent)
  }

  /// Text behind the one value that a document has.
  mutating func reportSecondRoot() {
    let isDirective = position == lineStart && bytes[position] == UInt8(ascii: "%")
    report(
      isDirective
        ? "a directive must stand at the start of the stream or behind `...`"
        : "a document holds one value; this is a second",
      position, textEnd(from: position), help: isDirective ? nil : "a further document starts with `---`")
    if lastCompleted < document.nodes.count {
      switch document.nodes[lastCompleted].kind {
      case .array, .object, .invalid: break
      case .null, .true, .false, .integer, .float, .string, .alias:
        // A scalar at the top is rather a key that was not recognised; what it is was said.
        document.nodes[lastCompleted].kind = .invalid
        document.nodes[lastCompleted].link = DocumentNode.verbatim
      }
    }
    skipBlock(deeperThan: -1)
  }

  /// Whether what follows an unknown tag shows that a text was meant: an operator, as in `!a && b`.
  func isTextBehindTag(_ index: Int) -> Bool {
    switch byte(index) {
    case UInt8(ascii: "&"), UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: "?"),
      UInt8(ascii: "*"),
      UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "]"):
      return true
    case UInt8(ascii: "|"), UInt8(ascii: ">"): return byte(index + 1) == byte(index) || byte(index + 1) == 0x3D
    default: return false
    }
  }

  /// The start of the blanks with a tab in front of an offset.
  func tabStart(_ index: Int) -> Int {
    var start = index
    while start > lineStart, Self.isBlank(bytes[start - 1]) { start -= 1 }
    return start
  }
}
