internal import Diagnostics
internal import Source

/// Flow collections, `[ ]` and `{ }` (YAML 1.2.2, section 7.4).
extension YAMLReader {
  /// Reads the flow collection at `position`, with all that is nested in it.
  ///
  /// - Parameters:
  ///   - minimumColumn: How far its further lines must be indented.
  ///   - properties: Its anchor and tag.
  /// - Returns: Its node.
  mutating func readFlowCollection(minimumColumn: Int, _ properties: YAMLProperties) -> Int {
    let root = document.nodes.count
    let start = position
    flowBase = frames.count
    isFlowDamaged = false
    hasReportedFlowIndentation = false
    openFlow(properties)
    while frames.count > flowBase, !isFlowDamaged, !isStopped, skipToFlowToken(minimumColumn) {
      readFlowToken(minimumColumn)
    }
    if isFlowDamaged {
      frames.removeSubrange(flowBase...)
      invalidate(root, SourceSpan(start, max(contentEnd, start + 1)))
    } else if frames.count > flowBase {
      closeUnclosedFlow()
    }
    return root
  }

  /// Skips to the next token of a flow collection.
  ///
  /// - Returns: Whether there is one before the document ends, or a line that belongs to the block around.
  private mutating func skipToFlowToken(_ minimumColumn: Int) -> Bool {
    guard skipToToken() else { return false }
    guard isFirstOnLine else { return true }
    let column = indentation()
    // The closing bracket is often written under the key; no other reading is possible, and other readers take it.
    guard column < minimumColumn, bytes[position] != UInt8(ascii: "]"), bytes[position] != UInt8(ascii: "}") else {
      return true
    }
    if looksLikeBlockEntry(position), !hasReportedFlowIndentation, !continuesFlow(position) {
      unmatchedCloser = closingBracket(of: frames[flowBase])
      position = lineStart
      return false
    }
    checkFlowIndentation(column, minimumColumn, position)
    return true
  }

  /// Whether a line ends with a comma, or closes a bracket that it does not open, so that it belongs to a flow collection.
  private func continuesFlow(_ start: Int) -> Bool {
    var depth = 0
    var last: UInt8 = 0
    var index = start
    while !isLineEnd(index) {
      switch bytes[index] {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
      if depth < 0 { return true }
      if !Self.isBlank(bytes[index]) { last = bytes[index] }
      index += 1
    }
    return last == UInt8(ascii: ",")
  }

  /// Reports the first line of a flow collection that is not indented more than the block around (YAML 1.2.2, section 7.4).
  mutating func checkFlowIndentation(_ column: Int, _ minimumColumn: Int, _ place: Int) {
    guard column < minimumColumn, !hasReportedFlowIndentation else { return }
    hasReportedFlowIndentation = true
    report(
      "the lines of a value between brackets must be indented more than what holds it", place, characterEnd(place))
  }

  // MARK: Tokens

  private mutating func readFlowToken(_ minimumColumn: Int) {
    let top = frames.count - 1
    switch bytes[position] {
    case UInt8(ascii: ","): readComma()
    case UInt8(ascii: "]"), UInt8(ascii: "}"): readClosingBracket()
    case UInt8(ascii: "#"):
      report(
        "a blank must stand in front of a comment", position, position + 1,
        fixIt: FixIt("insert a blank", replacement: " #", applicability: .safe))
      skipComment()
    case UInt8(ascii: "?") where isSpaceOrEnd(position + 1) || Self.isFlowIndicator(byte(position + 1)):
      reportMissingComma()
      readExplicitKey()
    case UInt8(ascii: ":") where isFlowColon: readFlowColon()
    case UInt8(ascii: "{") where isUnclosedBefore:
      let opener = document.nodes[frames[top].node].span.start
      report(
        "this `{` is not closed", opener, opener + 1,
        fixIt: FixIt(
          "insert `}`", edits: [SourceEdit(span: SourceSpan(at: contentEnd), text: "},")], applicability: .unsafe))
      if frames[top].state == .afterKey { completeAbsentMember() }
      lastCompleted = closeCollection()
      frames[frames.count - 1].state = .entry
    default:
      reportMissingComma()
      readFlowNode(minimumColumn)
    }
  }

  private mutating func readExplicitKey() {
    switch (frames[frames.count - 1].kind, frames[frames.count - 1].state) {
    case (_, .value), (_, .explicitKey):
      report("a key cannot stand where a value should", position, position + 1)
      return consume(1)
    case (.flowSequence, _): openPair(at: nil)
    default: break
    }
    frames[frames.count - 1].state = .explicitKey
    consume(1)
  }

  /// Whether a `{` here must be the next object of the list around, because no key is an object.
  private var isUnclosedBefore: Bool {
    let top = frames.count - 1
    return frames[top].kind == .flowMapping && (frames[top].state == .afterEntry || frames[top].state == .afterKey)
      && top > flowBase && frames[top - 1].kind == .flowSequence
  }

  private mutating func consume(_ length: Int) {
    position += length
    contentEnd = position
    isFirstOnLine = false
    frames[frames.count - 1].emptyPlace = position
  }

  /// Whether the `:` at `position` separates a key from its value.
  private var isFlowColon: Bool {
    let frame = frames[frames.count - 1]
    return isSpaceOrEnd(position + 1) || Self.isFlowIndicator(byte(position + 1))
      || frame.state == .afterKey && frame.allowsCompact
  }

  private mutating func reportMissingComma() {
    let top = frames.count - 1
    guard frames[top].state == .afterEntry || frames[top].state == .afterKey else { return }
    report(
      "a `,` is missing between entries", position, characterEnd(position),
      fixIt: FixIt(
        "insert `,`", edits: [SourceEdit(span: SourceSpan(at: contentEnd), text: ",")], applicability: .unsafe))
    if frames[top].state == .afterKey { completeAbsentMember() }
    if frames[frames.count - 1].kind == .flowPair { closePair() }
    frames[frames.count - 1].state = .entry
  }

  private mutating func readComma() {
    let top = frames.count - 1
    switch frames[top].state {
    case .entry: report("a value is missing in front of the `,`", position, position + 1)
    case .afterEntry: break
    case .value, .explicitKey, .afterKey: completeAbsentMember()
    }
    if frames[frames.count - 1].kind == .flowPair { closePair() }
    frames[frames.count - 1].state = .entry
    consume(1)
  }

  private mutating func readFlowColon() {
    let top = frames.count - 1
    switch (frames[top].kind, frames[top].state) {
    case (_, .afterKey): reportAdjacentValue(position)
    case (.flowSequence, .afterEntry):
      report("the key of a pair in a list must stand on one line with its `:`", position, position + 1)
      guard lastCompleted == document.nodes.count - 1, document.nodes[lastCompleted].kind != .alias else {
        frames[top].state = .entry
        return consume(1)
      }
      openPair(at: lastCompleted)
      makeFlowKey(lastCompleted + 1, hasTag: false)
    case (.flowSequence, _):
      let key = document.nodes.count
      openPair(at: nil)
      makeFlowKey(appendEmpty(at: position, isInFlow: true), hasTag: false)
      assert(document.nodes.count == key + 2)
    case (_, .entry), (_, .explicitKey): makeFlowKey(appendEmpty(at: position, isInFlow: true), hasTag: false)
    case (_, .value), (_, .afterEntry):
      report("a `:` cannot stand here; a `,` or a bracket may be missing", position, position + 1)
      return consume(1)
    }
    consume(1)
    frames[frames.count - 1].state = .value
  }

  /// Reports a bracket that touches the `:` of a key; behind a key without quotes a value needs a blank.
  private mutating func reportAdjacentValue(_ colon: Int) {
    let isAdjacent = frames[frames.count - 1].allowsCompact
    guard !isAdjacent, byte(colon + 1) == UInt8(ascii: "[") || byte(colon + 1) == UInt8(ascii: "{") else { return }
    report(
      "a blank must stand behind the `:` of a key", colon, colon + 1,
      fixIt: FixIt("insert a blank", replacement: ": ", applicability: .safe))
  }

  // MARK: Nodes

  private mutating func readFlowNode(_ minimumColumn: Int) {
    let line = lineStart
    let isKey = frames[frames.count - 1].state != .value
    var properties = YAMLProperties()
    while isAtProperty {
      readProperty(into: &properties, isInFlow: true)
      guard skipToFlowToken(minimumColumn) else { break }
    }
    let index: Int
    var isJSONLike = false
    switch byte(position) {
    case UInt8(ascii: "["), UInt8(ascii: "{"): return openFlow(properties)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let scalar = readQuoted(minimumColumn: minimumColumn, isInFlow: true)
      guard scalar.isClosed else { return isFlowDamaged = true }
      index = scalar.node
      isJSONLike = true
    case UInt8(ascii: "*"):
      if !properties.isEmpty { report("an alias has no anchor and no tag of its own", position, nameEnd(position + 1)) }
      index = readAlias(isInFlow: true)
    case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): index = appendEmpty(at: contentEnd, isInFlow: true)
    case UInt8(ascii: ":") where isSpaceOrEnd(position + 1) || Self.isFlowIndicator(byte(position + 1)):
      index = appendEmpty(at: contentEnd, isInFlow: true)
    default:
      guard position < count else {
        index = appendEmpty(at: contentEnd, isInFlow: true)
        break
      }
      if startsPlain(position, isInFlow: true) {
        index = readPlain(minimumColumn: minimumColumn, isInFlow: true)
      } else {
        let character = text(position, characterEnd(position))
        report(
          character == "-"
            ? "a list between brackets has no `-` in front of its entries"
            : "a value without quotes cannot start with `\(character)`", position, characterEnd(position))
        index = readPlain(minimumColumn: minimumColumn, isInFlow: true)
        document.nodes[index].kind = .invalid
        document.nodes[index].link = DocumentNode.verbatim
      }
    }
    if document.nodes[index].kind != .alias { applyProperties(properties, toScalar: index) }
    completeFlow(index, line: line, isJSONLike: isJSONLike, hasTag: isKey && properties.tag != nil)
  }

  /// Takes a complete node into the innermost flow collection.
  private mutating func completeFlow(_ index: Int, line: Int, isJSONLike: Bool, hasTag: Bool = false) {
    let top = frames.count - 1
    lastCompleted = index
    switch (frames[top].kind, frames[top].state) {
    case (.flowSequence, _):
      frames[top].state = .afterEntry
      let colon = skippingBlanks(position)
      guard byte(colon) == UInt8(ascii: ":"),
        isJSONLike || isSpaceOrEnd(colon + 1) || Self.isFlowIndicator(byte(colon + 1))
      else { return }
      if lineStart != line { report("the key of a pair in a list must stand on one line", document.nodes[index].span) }
      // A key that is no scalar is reported, and becomes one node, before the pair comes in front of it.
      if document.nodes[index].kind == .array || document.nodes[index].kind == .object { _ = normalizeKey(index) }
      openPair(at: index)
      makeFlowKey(index + 1, hasTag: hasTag)
      if !isJSONLike { reportAdjacentValue(colon) }
      position = colon
      consume(1)
      frames[frames.count - 1].state = .value
    case (_, .entry), (_, .explicitKey):
      makeFlowKey(index, hasTag: hasTag)
      frames[top].allowsCompact = isJSONLike
    case (.flowPair, _):
      finishMember(index)
      closePair()
    default:
      finishMember(index)
      frames[top].state = .afterEntry
    }
  }

  private mutating func makeFlowKey(_ index: Int, hasTag: Bool) {
    let top = frames.count - 1
    let isMerging = normalizeKey(index)
    frames[top].isMerging = isMerging && !hasTag
    frames[top].key = index
    frames[top].state = .afterKey
    frames[top].emptyPlace = contentEnd
  }

  /// Completes a member whose key or value is not there.
  private mutating func completeAbsentMember() {
    let top = frames.count - 1
    if frames[top].state == .explicitKey { makeFlowKey(appendEmpty(at: contentEnd, isInFlow: true), hasTag: false) }
    finishMember(appendEmpty(at: contentEnd, isInFlow: true))
    frames[top].state = .afterEntry
  }

  // MARK: Brackets

  private mutating func openFlow(_ properties: YAMLProperties) {
    guard canNest(at: position) else { return skipTooDeepFlow() }
    let isSequence = bytes[position] == UInt8(ascii: "[")
    let node = append(
      DocumentNode(
        span: SourceSpan(at: position), link: 0, kind: isSequence ? .array : .object, style: .plain,
        isInFlow: frames.count > flowBase))
    var frame = YAMLFrame(isSequence ? .flowSequence : .flowMapping, .entry, indent: -1, node: node)
    frame.line = lineStart
    applyProperties(properties, to: &frame)
    frames.append(frame)
    consume(1)
  }

  /// Opens the mapping of a single pair, in front of the key at an index, which is the last node.
  private mutating func openPair(at key: Int?) {
    let node = key ?? document.nodes.count
    let start = key.map { document.nodes[$0].span.start } ?? position
    // An anchor of the key stands for the key, which moves.
    if let last = anchors.indices.last, anchors[last].node == node { anchors[last].node += 1 }
    document.nodes.insert(
      DocumentNode(span: SourceSpan(at: start), link: 0, kind: .object, style: .plain, isInFlow: true), at: node)
    var frame = YAMLFrame(.flowPair, .entry, indent: -1, node: node)
    frame.aliasNodesBefore = aliasNodes
    frames.append(frame)
  }

  private mutating func closePair() {
    lastCompleted = closeCollection()
    frames[frames.count - 1].state = .afterEntry
  }

  private mutating func readClosingBracket() {
    let closer = bytes[position]
    while true {
      let top = frames.count - 1
      switch frames[top].state {
      case .entry, .afterEntry: break
      case .value, .explicitKey, .afterKey: completeAbsentMember()
      }
      if frames[top].kind == .flowPair {
        closePair()
        continue
      }
      let frame = frames[top]
      let opener = document.nodes[frame.node].span.start
      if closer != closingBracket(of: frame) {
        if let outer = frames[flowBase..<top].lastIndex(where: {
          $0.kind != .flowPair && closingBracket(of: $0) == closer
        }),
          outer > flowBase || isLineEnd(skippingBlanks(position + 1))
        {
          report("this `\(text(opener, opener + 1))` is not closed", opener, opener + 1)
          completeFlow(closeCollection(), line: lineStart, isJSONLike: false)
          continue
        }
        let expected = String(UnicodeScalar(closingBracket(of: frame)))
        report(
          "`\(text(position, position + 1))` cannot close a `\(text(opener, opener + 1))`", position, position + 1,
          fixIt: FixIt("change to `\(expected)`", replacement: expected, applicability: .unsafe))
      }
      position += 1
      contentEnd = position
      isFirstOnLine = false
      let index = closeCollection()
      if frames.count > flowBase { completeFlow(index, line: frame.line, isJSONLike: true) }
      return
    }
  }

  private func closingBracket(of frame: YAMLFrame) -> UInt8 {
    frame.kind == .flowSequence ? UInt8(ascii: "]") : UInt8(ascii: "}")
  }

  /// Reports the innermost bracket that is open, and ends all of them with what they hold.
  private mutating func closeUnclosedFlow() {
    var isReported = false
    while frames.count > flowBase {
      let frame = frames[frames.count - 1]
      switch frame.state {
      case .entry, .afterEntry: break
      case .value, .explicitKey, .afterKey: completeAbsentMember()
      }
      if frame.kind != .flowPair, !isReported {
        isReported = true
        let opener = document.nodes[frame.node].span.start
        report("this `\(text(opener, opener + 1))` is not closed", opener, opener + 1)
      }
      let index = closeCollection()
      guard frames.count > flowBase else { return }
      finishUnclosed(index)
    }
  }

  private mutating func finishUnclosed(_ index: Int) {
    let top = frames.count - 1
    switch (frames[top].kind, frames[top].state) {
    case (.flowSequence, _): frames[top].state = .afterEntry
    case (_, .entry), (_, .explicitKey): makeFlowKey(index, hasTag: false)
    default:
      finishMember(index)
      frames[top].state = .afterEntry
    }
  }

  /// Gives up a flow collection that nests too deep: skips to where its brackets are closed, or its block ends.
  private mutating func skipTooDeepFlow() {
    isFlowDamaged = true
    // Pairs are frames without brackets.
    var depth = frames[flowBase...].count { $0.kind != .flowPair }
    while depth >= 0, skipToToken() {
      switch bytes[position] {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 {
          consume(1)
          return
        }
      case UInt8(ascii: "\""), UInt8(ascii: "'"): skipQuoted()
      default: break
      }
      if position < count, !Self.isBreak(bytes[position]) { consume(1) }
    }
  }

  private mutating func skipQuoted() {
    let quote = bytes[position]
    var index = position + 1
    while index < count, bytes[index] != quote, !Self.isBreak(bytes[index]) {
      index += bytes[index] == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1
    }
    if byte(index) == quote { position = min(index, count) }
  }
}
