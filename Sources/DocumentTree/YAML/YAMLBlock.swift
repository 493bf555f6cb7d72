internal import Diagnostics
internal import Source

/// Block sequences and mappings (YAML 1.2.2, section 8.2).
extension YAMLReader {
  /// Reads the token at `position`, which decides by its column which collections end in front of it.
  mutating func readBlockToken() {
    var column = position - lineStart
    let isFirst = isFirstOnLine
    if isFirst {
      if sawTab { column = columnBehindTab() }
      unwind(to: column)
    }
    let top = frames.count - 1
    switch frames[top].state {
    case .value, .explicitKey:
      readBlockNode(
        column: column, parentIndent: frames[top].indent, allowsBlock: isFirst || frames[top].allowsCompact)
    case .entry, .afterKey, .afterEntry:
      guard isFirst else { return reportTrailing() }
      switch frames[top].kind {
      case .document: reportSecondRoot()
      case .blockSequence: readSequenceEntry(column)
      case .blockMapping: readMappingEntry(column)
      case .flowSequence, .flowMapping, .flowPair: break
      }
    }
  }

  // MARK: Indentation

  /// Ends the collections that a line at a column does not belong to.
  private mutating func unwind(to column: Int) {
    let isEntry = isBlockIndicator(UInt8(ascii: "-"), at: position)
    while let frame = frames.last, frame.kind != .document {
      let isOwn = frame.accepts(column)
      switch frame.state {
      case .value, .explicitKey:
        if column > frame.indent, !isOwn { return }
        // A sequence may stand at the column of the key it belongs to.
        if isOwn, isEntry, frame.kind == .blockMapping { return }
        completeAbsent()
        continue
      case .entry, .afterKey, .afterEntry: break
      }
      if isOwn {
        guard frame.kind == .blockSequence, !isEntry, frames[frames.count - 2].accepts(column) else { return }
        closeBlock()
        continue
      }
      if column > frame.indent { return }
      let parent = frames[frames.count - 2]
      if column > parent.indent, !parent.accepts(column), (frame.kind == .blockSequence) == isEntry {
        reportIndentation(frame.indent)
        frames[frames.count - 1].toleratedIndent = column
        return
      }
      closeBlock()
    }
  }

  private mutating func reportIndentation(_ expected: Int) {
    let noun = expected == 1 ? "space" : "spaces"
    report(
      "wrong indentation: the entries of this block are indented by \(expected) \(noun)", position,
      characterEnd(position))
  }

  /// The column of a line that has a tab in its indentation.
  ///
  /// Blanks in front of scalars and flow collections may be tabs once the line is indented enough by spaces. Where spaces
  /// are missing the tab is reported, and the line is taken to belong where it fits.
  private mutating func columnBehindTab() -> Int {
    let spaces = indentation()
    guard let top = frames.last else { return spaces }
    let isEntry = isBlockIndicator(UInt8(ascii: "-"), at: position)
    let isBlock =
      isEntry || isBlockIndicator(UInt8(ascii: "?"), at: position) || isBlockIndicator(UInt8(ascii: ":"), at: position)
      || looksLikeKey(position)
    let isValue = top.state == .value || top.state == .explicitKey
    guard isBlock || isValue && spaces <= top.indent else { return spaces }
    report("a tab cannot indent; use spaces", lineStart + spaces, position)
    sawTab = false
    if isValue { return max(top.indent + 1, spaces) }
    for frame in frames.reversed() {
      switch frame.kind {
      case .blockSequence where isEntry, .blockMapping where !isEntry: return frame.indent
      case .document, .blockSequence, .blockMapping, .flowSequence, .flowMapping, .flowPair: continue
      }
    }
    return spaces
  }

  // MARK: Completing nodes

  /// Takes a node that is complete into the innermost block collection.
  mutating func complete(_ index: Int) {
    let top = frames.count - 1
    lastCompleted = index
    switch (frames[top].kind, frames[top].state) {
    case (.blockMapping, .explicitKey):
      frames[top].isMerging = normalizeKey(index)
      frames[top].key = index
      frames[top].state = .afterKey
    case (.blockMapping, _):
      finishMember(index)
      frames[top].state = .entry
    default: frames[top].state = .entry
    }
  }

  /// Completes a node that is not there, behind the indicator that asks for one.
  mutating func completeAbsent() {
    complete(appendEmpty(at: frames[frames.count - 1].emptyPlace, isInFlow: false))
  }

  /// Ends the innermost block collection, and what is missing in it.
  mutating func closeBlock() {
    let top = frames.count - 1
    if frames[top].state == .value || frames[top].state == .explicitKey { completeAbsent() }
    if frames[top].state == .afterKey {
      frames[top].emptyPlace = contentEnd
      frames[top].state = .value
      completeAbsent()
    }
    complete(closeCollection())
  }

  // MARK: Entries

  /// Moves behind an indicator, which asks for a node.
  private mutating func readIndicator(_ state: YAMLFrame.State, allowsCompact: Bool) {
    let top = frames.count - 1
    position += 1
    isFirstOnLine = false
    contentEnd = position
    frames[top].state = state
    frames[top].allowsCompact = allowsCompact
    frames[top].emptyPlace = position
  }

  private mutating func readSequenceEntry(_ column: Int) {
    let frame = frames[frames.count - 1]
    guard isBlockIndicator(UInt8(ascii: "-"), at: position) else {
      report(
        "a `-` must stand in front of each entry of this list", position, textEnd(from: position),
        help: frame.accepts(column) ? nil : "or the line is indented wrongly")
      return skipBlock(deeperThan: frame.indent)
    }
    if !frame.accepts(column) {
      reportIndentation(frame.indent)
      frames[frames.count - 1].toleratedIndent = column
    }
    readIndicator(.value, allowsCompact: true)
  }

  private mutating func readMappingEntry(_ column: Int) {
    let top = frames.count - 1
    if isBlockIndicator(UInt8(ascii: "-"), at: position) { return reportEntryAmongMembers() }
    if !frames[top].accepts(column) {
      guard looksLikeKey(position) || isBlockIndicator(UInt8(ascii: "?"), at: position) else {
        return reportStrayLine()
      }
      reportIndentation(frames[top].indent)
      frames[top].toleratedIndent = column
    }
    if frames[top].state == .afterKey {
      if isBlockIndicator(UInt8(ascii: ":"), at: position) { return readIndicator(.value, allowsCompact: true) }
      frames[top].emptyPlace = contentEnd
      completeAbsent()
    }
    if isBlockIndicator(UInt8(ascii: "?"), at: position) { return readIndicator(.explicitKey, allowsCompact: true) }
    let start = position
    var properties = YAMLProperties()
    while isAtProperty { readProperty(into: &properties, isInFlow: false) }
    if properties.tag == .unknown, isLineEnd(position) || byte(position) != UInt8(ascii: ":") && !looksLikeKey(position)
    {
      return skipBlock(deeperThan: frames[top].indent)
    }
    if !properties.isEmpty, isLineEnd(position) || byte(position) == UInt8(ascii: "#") {
      report("a key is missing behind `\(text(start, contentEnd))`", start, contentEnd)
      skipBlock(deeperThan: frames[top].indent)
      return skipEntries(column)
    }
    let line = lineStart
    guard let key = readCandidate(parentIndent: frames[top].indent, properties, isKey: true) else {
      return skipBlock(deeperThan: frames[top].indent)
    }
    guard hasColon(behind: key, isKeyPlace: true) else { return reportMissingColon(key) }
    readKey(key, properties, line: line)
  }

  /// Whether a `:` that makes a key of the last node follows on its line.
  private mutating func hasColon(behind key: Int, isKeyPlace: Bool) -> Bool {
    let colon = skippingBlanks(position)
    guard byte(colon) == UInt8(ascii: ":") else { return false }
    if isSpaceOrEnd(colon + 1) { return true }
    // Only in flow collections may a value touch the `:` behind a quote or a bracket.
    switch document.nodes[key].kind {
    case .array, .object: break
    case .string where document.nodes[key].style != .plain: break
    default: return false
    }
    guard isKeyPlace else { return false }
    report(
      "a blank must stand behind the `:` of a key", colon, colon + 1,
      fixIt: FixIt("insert a blank", replacement: ": ", applicability: .safe))
    return true
  }

  /// Makes the last node the key of the innermost mapping, and moves behind its `:`.
  private mutating func readKey(_ index: Int, _ properties: YAMLProperties, line: Int) {
    let top = frames.count - 1
    if lineStart != line {
      report("a key must stand on one line", document.nodes[index].span)
    }
    if document.nodes[index].kind != .array, document.nodes[index].kind != .object {
      applyProperties(properties, toScalar: index)
    }
    let isPlainMerge = normalizeKey(index)
    frames[top].isMerging = isPlainMerge && properties.tag == nil
    frames[top].key = index
    position = skippingBlanks(position)
    readIndicator(.value, allowsCompact: false)
  }

  // MARK: Nodes

  /// Reads the node at `position`, as far as it is no block collection; opens that otherwise.
  ///
  /// - Parameters:
  ///   - column: Where a block collection's entries would stand.
  ///   - parentIndent: The column of the collection around it.
  ///   - allowsBlock: Whether a block collection may start here.
  private mutating func readBlockNode(column: Int, parentIndent: Int, allowsBlock: Bool) {
    var column = column
    var allowsBlock = allowsBlock
    // Those of a mapping stand on lines above, those of its first key on the key's line.
    var outer = YAMLProperties()
    var inner = YAMLProperties()
    var hasTab = sawTab
    while isAtProperty {
      readProperty(into: &inner, isInFlow: false)
      if inner.tag == .unknown, isTextBehindTag(position) {
        return completeDamaged(from: inner.tagSpan.start, parentIndent)
      }
      guard isLineEnd(position) || byte(position) == UInt8(ascii: "#") else { continue }
      merge(inner, into: &outer)
      inner = YAMLProperties()
      guard skipToNode(parentIndent: parentIndent) else {
        frames[frames.count - 1].emptyPlace = contentEnd
        let index = appendEmpty(at: contentEnd, isInFlow: false)
        applyProperties(outer, toScalar: index)
        return complete(index)
      }
      column = sawTab ? indentation() : position - lineStart
      hasTab = sawTab
      allowsBlock = true
    }
    let isEntry = isBlockIndicator(UInt8(ascii: "-"), at: position)
    if isEntry || isBlockIndicator(UInt8(ascii: "?"), at: position) {
      let noun = isEntry ? "list" : "mapping"
      guard allowsBlock, inner.isEmpty else {
        report(
          "a \(noun) cannot start on the line of \(inner.isEmpty ? "its key" : "its anchor or tag")", position,
          position + 1,
          help: "start it on the next line, or quote the value if it is a text")
        return completeDamaged(from: position, parentIndent)
      }
      if hasTab { report("a tab cannot indent; use spaces", tabStart(position), position) }
      return openBlock(column, outer, parentIndent)
    }
    let line = lineStart
    let start = position
    if byte(position) == UInt8(ascii: "|") || byte(position) == UInt8(ascii: ">") {
      let index = readBlockScalar(parentIndent: parentIndent)
      merge(inner, into: &outer)
      applyProperties(outer, toScalar: index)
      return complete(index)
    }
    let isFlow = byte(position) == UInt8(ascii: "[") || byte(position) == UInt8(ascii: "{")
    if isFlow {
      merge(inner, into: &outer)
      inner = outer
      outer = YAMLProperties()
    }
    guard let index = readCandidate(parentIndent: parentIndent, inner, isKey: false) else {
      return completeDamaged(from: start, parentIndent)
    }
    if hasColon(behind: index, isKeyPlace: allowsBlock) {
      if !allowsBlock {
        guard frames[frames.count - 1].kind == .document else { return reportValueColon(index, parentIndent) }
        report("a mapping cannot start on the line of `---`", start, start + 1, help: "start it on the next line")
      }
      if hasTab { report("a tab cannot indent; use spaces", tabStart(start), start) }
      guard openMapping(column, at: index, outer, parentIndent) else { return }
      return readKey(index + 1, inner, line: line)
    }
    if allowsBlock, line == lineStart, isKeyWithoutColon(index, column) {
      guard openMapping(column, at: index, outer, parentIndent) else { return }
      return reportMissingColon(index + 1)
    }
    if !isFlow {
      merge(inner, into: &outer)
      applyProperties(outer, toScalar: index)
    }
    complete(index)
  }

  /// Moves to the node that belongs to properties on a line above.
  private mutating func skipToNode(parentIndent: Int) -> Bool {
    guard skipToToken() else { return false }
    let column = sawTab ? indentation() : position - lineStart
    if column > parentIndent { return true }
    let frame = frames[frames.count - 1]
    return column == parentIndent && frame.kind == .blockMapping && frame.state == .value
      && isBlockIndicator(UInt8(ascii: "-"), at: position)
  }

  /// Reads a scalar, an alias or a flow collection that may turn out to be a key.
  ///
  /// - Returns: Its node; `nil` when reading should go on behind the block that starts here.
  private mutating func readCandidate(parentIndent: Int, _ properties: YAMLProperties, isKey: Bool) -> Int? {
    let start = position
    switch byte(start) {
    case UInt8(ascii: "*"):
      if !properties.isEmpty { report("an alias has no anchor and no tag of its own", start, nameEnd(start + 1)) }
      let index = readAlias(isInFlow: false)
      // `*.example.com is …` is meant as a text, which was reported by then.
      if document.nodes[index].kind == .invalid, byte(skippingBlanks(position)) != UInt8(ascii: ":") {
        position = textEnd(from: start)
      }
      return index
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let scalar = readQuoted(minimumColumn: parentIndent + 1, isInFlow: false)
      // The lines below that are indented were meant to belong to it.
      if !scalar.isClosed { skipBlock(deeperThan: parentIndent) }
      return scalar.node
    case UInt8(ascii: "{") where byte(start + 1) == UInt8(ascii: "{") && !isKey:
      // An object cannot be a key, so this is a template whose quotes were forgotten.
      let end = textEnd(from: start)
      report("a value that starts with `{{` needs quotes", start, start + 2, fixIt: quoting(start, end, .safe))
      position = end
      contentEnd = end
      return append(DocumentNode(span: SourceSpan(start, end), kind: .invalid, style: .plain))
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      return readFlowCollection(minimumColumn: parentIndent + 1, properties)
    case UInt8(ascii: ":") where isSpaceOrEnd(start + 1):
      return appendEmpty(at: start, isInFlow: false)
    default:
      guard startsPlain(start, isInFlow: false) else {
        if byte(start) == unmatchedCloser {
          unmatchedCloser = 0
          return nil
        }
        let character = text(start, characterEnd(start))
        let end = textEnd(from: start)
        report(
          "a value without quotes cannot start with `\(character)`", start, characterEnd(start),
          fixIt: isKey ? nil : quoting(start, end, .safe))
        if isKey { return nil }
        let index = readPlain(minimumColumn: parentIndent + 1, isInFlow: false)
        document.nodes[index].kind = .invalid
        document.nodes[index].link = DocumentNode.verbatim
        return index
      }
      return readPlain(minimumColumn: isKey ? Int.max : parentIndent + 1, isInFlow: false)
    }
  }

  /// Opens the block collection whose indicator is at `position`.
  private mutating func openBlock(_ column: Int, _ properties: YAMLProperties, _ parentIndent: Int) {
    guard canNest(at: position) else { return completeDamaged(from: position, parentIndent) }
    let isSequence = bytes[position] == UInt8(ascii: "-")
    let index = append(
      DocumentNode(span: SourceSpan(at: position), link: 0, kind: isSequence ? .array : .object, style: .plain))
    var frame = YAMLFrame(isSequence ? .blockSequence : .blockMapping, .entry, indent: column, node: index)
    applyProperties(properties, to: &frame)
    frames.append(frame)
    if isSequence {
      readIndicator(.value, allowsCompact: true)
    } else {
      readIndicator(.explicitKey, allowsCompact: true)
    }
  }

  /// Opens a block mapping whose first key is the node at an index, the last one.
  private mutating func openMapping(
    _ column: Int, at index: Int, _ properties: YAMLProperties, _ parentIndent: Int
  ) -> Bool {
    let start = document.nodes[index].span.start
    guard canNest(at: start) else {
      complete(invalidate(index, SourceSpan(start, contentEnd)))
      skipBlock(deeperThan: parentIndent)
      return false
    }
    // A key that is no scalar is reported, and becomes one node, before the mapping comes in front of it.
    if document.nodes[index].kind == .array || document.nodes[index].kind == .object { _ = normalizeKey(index) }
    document.nodes.insert(DocumentNode(span: SourceSpan(at: start), link: 0, kind: .object, style: .plain), at: index)
    var frame = YAMLFrame(.blockMapping, .entry, indent: column, node: index)
    applyProperties(properties, to: &frame)
    frames.append(frame)
    return true
  }
}
