internal import Source

/// The documents of a stream (YAML 1.2.2, chapter 9) and their directives (section 6.8).
extension YAMLReader {
  /// Reads all documents.
  mutating func readStream() {
    // Directives, and documents without `---`, may stand at the start and behind `...`.
    var isBetweenDocuments = true
    while !isStopped {
      if skipToToken() {
        if isBetweenDocuments, position == lineStart, skipByteOrderMark() { continue }
        if isBetweenDocuments, position == lineStart, bytes[position] == UInt8(ascii: "%") {
          guard readDirectives() else { continue }
          isBetweenDocuments = false
          continue
        }
        readDocument(isExplicit: false)
        isBetweenDocuments = false
      } else if position >= count {
        return
      } else if bytes[position] == UInt8(ascii: ".") {
        readDocumentEnd()
        isBetweenDocuments = true
      } else {
        position += 3
        isFirstOnLine = false
        contentEnd = position
        readDocument(isExplicit: true)
        isBetweenDocuments = false
      }
    }
  }

  /// Skips a byte order mark in front of a further document (YAML 1.2.2, section 9.1.1).
  private mutating func skipByteOrderMark() -> Bool {
    guard !document.roots.isEmpty, bytes[position] == 0xEF, byte(position + 1) == 0xBB, byte(position + 2) == 0xBF
    else {
      return false
    }
    allowQuotedOnly(position, position + 3)
    position += 3
    lineStart = position
    return true
  }

  /// Moves behind `...`, which only a comment may follow on its line.
  private mutating func readDocumentEnd() {
    position += 3
    let next = skippingBlanks(position)
    if !isLineEnd(next), bytes[next] != UInt8(ascii: "#") {
      report("nothing but a comment may stand behind `...`", next, textEnd(from: next))
    }
    position = lineEnd(from: next)
  }

  /// Reads the lines that start with `%`, up to `---`.
  ///
  /// - Returns: Whether `---` follows.
  private mutating func readDirectives() -> Bool {
    tagHandles.removeAll()
    var hasVersion = false
    let first = position
    while true {
      if readDirective(isRepeated: hasVersion) { hasVersion = true }
      let isToken = skipToToken()
      if isToken, position == lineStart, bytes[position] == UInt8(ascii: "%") { continue }
      if !isToken, byte(position) == UInt8(ascii: "-") { return true }
      report("a directive needs a line `---` behind it", first, textEnd(from: first))
      return false
    }
  }

  /// Reads one directive; unknown ones are ignored.
  ///
  /// - Returns: Whether it was `%YAML`.
  private mutating func readDirective(isRepeated: Bool) -> Bool {
    let start = position
    let end = textEnd(from: start)
    position = lineEnd(from: start)
    let words = bytes[start..<end].split { Self.isBlank($0) }
    guard let name = words.first else { return false }
    if name.elementsEqual("%TAG".utf8) {
      if words.count == 3, words[1].first == UInt8(ascii: "!"), words[1].last == UInt8(ascii: "!") {
        tagHandles[Array(words[1])] = Array(words[2])
      } else {
        report("`%TAG` takes a handle like `!e!` and a prefix", start, end)
      }
      return false
    }
    guard name.elementsEqual("%YAML".utf8) else { return false }
    let version = words.count > 1 ? words[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) : []
    let isNumber =
      version.count == 2 && version.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
    if isRepeated {
      report("a document has one `%YAML` at most", start, end)
    } else if words.count != 2 || !isNumber {
      report("`%YAML` takes a version like `1.2` and nothing else", start, end)
    } else if !version[0].elementsEqual("1".utf8) {
      report(
        "the document asks for YAML \(text(words[1].startIndex, words[1].endIndex)), and this is YAML 1.2", start, end)
    }
    return true
  }

  /// Reads one document, up to its marker or the text's end.
  private mutating func readDocument(isExplicit: Bool) {
    anchors.removeAll()
    anchorsByName.removeAll()
    let root = document.nodes.count
    var frame = YAMLFrame(.document, .value, indent: -1, node: root)
    frame.emptyPlace = contentEnd
    frames = [frame]
    while !isStopped, skipToToken() { readBlockToken() }
    while frames.count > 1 { closeBlock() }
    if frames[0].state == .value { completeAbsent() }
    frames.removeAll()
    tagHandles.removeAll()
    document.roots.append(NodeID(root))
  }
}
