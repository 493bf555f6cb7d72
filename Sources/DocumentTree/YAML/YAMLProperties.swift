internal import Diagnostics
internal import Source

/// Anchors and tags in front of a node (YAML 1.2.2, section 6.9).
extension YAMLReader {
  private static let coreTagPrefix = Array("tag:yaml.org,2002:".utf8)

  /// Whether an anchor or a tag starts at `position`.
  var isAtProperty: Bool {
    let byte = byte(position)
    return byte == UInt8(ascii: "&") || byte == UInt8(ascii: "!")
  }

  /// Reads the anchor or tag at `position` and the blanks behind it.
  mutating func readProperty(into properties: inout YAMLProperties, isInFlow: Bool) {
    isFirstOnLine = false
    let start = position
    if bytes[start] == UInt8(ascii: "&") {
      position = nameEnd(start + 1)
      if position == start + 1 {
        report("an anchor needs a name", start, position)
      } else if properties.anchor != nil {
        report("a node has one anchor at most", start, position)
      } else {
        properties.anchor = SourceSpan(start + 1, position)
      }
    } else {
      let tag = readTag(isInFlow: isInFlow)
      if properties.tag != nil {
        if tag != .unknown { report("a node has one tag at most", start, position) }
      } else {
        properties.tag = tag
        properties.tagSpan = SourceSpan(start, position)
      }
    }
    contentEnd = position
    // What cannot start a value is reported when it is read as one.
    let next = byte(position)
    let isValue = !Self.isFlowIndicator(next) || next == UInt8(ascii: "[") || next == UInt8(ascii: "{")
    if !isSpaceOrEnd(position), isValue, properties.tag != .unknown {
      report("a blank must stand behind an anchor or a tag", position, characterEnd(position))
    }
    // A comment needs its blank, which stays in front of it.
    position = skippingBlanks(position)
  }

  /// The end of an anchor's name (ns-anchor-char).
  func nameEnd(_ start: Int) -> Int {
    var index = start
    while index < count, !isSpaceOrEnd(index), !Self.isFlowIndicator(bytes[index]) { index += 1 }
    return index
  }

  /// Reads a tag, and reports one that is not of the core schema.
  private mutating func readTag(isInFlow: Bool) -> YAMLTag {
    let start = position
    if byte(start + 1) == UInt8(ascii: "<") {
      var end = start + 2
      while end < count, !isSpaceOrEnd(end), bytes[end] != UInt8(ascii: ">") { end += 1 }
      guard byte(end) == UInt8(ascii: ">") else {
        position = end
        report("the tag is not closed with `>`", start, end)
        return .unknown
      }
      position = end + 1
      if let tag = coreTag(Array(bytes[(start + 2)..<end])) { return tag }
      reportTag(start)
      return .unknown
    }
    var handleEnd = start + 1
    while handleEnd < count, isWordCharacter(bytes[handleEnd]) { handleEnd += 1 }
    handleEnd = byte(handleEnd) == UInt8(ascii: "!") ? handleEnd + 1 : start + 1
    var end = handleEnd
    while end < count, !isSpaceOrEnd(end), !Self.isFlowIndicator(bytes[end]) { end += 1 }
    position = end
    if end == start + 1 { return .nonSpecific }
    let handle = Array(bytes[start..<handleEnd])
    var prefix = tagHandles[handle]
    if prefix == nil, handle.elementsEqual("!!".utf8) { prefix = Self.coreTagPrefix }
    if prefix == nil, handle.elementsEqual("!".utf8) { prefix = handle }
    guard let prefix else {
      report("the tag handle `\(text(start, handleEnd))` is not declared", start, end)
      return .unknown
    }
    if end > handleEnd, let tag = coreTag(prefix + decodedTag(handleEnd, end)) { return tag }
    reportTag(start)
    return .unknown
  }

  private func coreTag(_ tag: [UInt8]) -> YAMLTag? {
    if tag.elementsEqual("!".utf8) { return .nonSpecific }
    guard tag.starts(with: Self.coreTagPrefix) else { return nil }
    switch String(decoding: tag[Self.coreTagPrefix.count...], as: UTF8.self) {
    case "str": return .string
    case "int": return .integer
    case "float": return .float
    case "bool": return .boolean
    case "null": return .null
    case "map": return .mapping
    case "seq": return .sequence
    default: return nil
    }
  }

  /// A tag's suffix without its `%` escapes (ns-uri-char).
  private func decodedTag(_ start: Int, _ end: Int) -> [UInt8] {
    var result: [UInt8] = []
    var index = start
    while index < end {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < end,
        let value = UInt8(text(index + 1, index + 3), radix: 16)
      {
        result.append(value)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  private mutating func reportTag(_ start: Int) {
    let end = position
    let value = textEnd(from: start)
    // What stands in quotes or brackets behind it was meant as tagged, and quotes would change what it says.
    let behind = byte(skippingBlanks(end))
    let isText =
      ![UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "|"), UInt8(ascii: ">")].contains(behind)
      && !Self.isFlowIndicator(behind) && !Self.isFlowIndicator(byte(end))
    report(
      "`!` starts a tag, and `\(excerpt(start, end))` means nothing in a policy", start, end,
      help: isText ? "a text that starts with `!` needs quotes" : nil,
      fixIt: isText ? quoting(start, value, .safe) : nil)
  }

  func isWordCharacter(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == UInt8(ascii: "-")
  }
}

// MARK: - Giving a node its properties

extension YAMLReader {
  /// Takes two sets of properties for one node.
  mutating func merge(_ inner: YAMLProperties, into outer: inout YAMLProperties) {
    if let anchor = inner.anchor {
      if outer.anchor == nil {
        outer.anchor = anchor
      } else {
        report("a node has one anchor at most", anchor.start - 1, anchor.end)
      }
    }
    if let tag = inner.tag {
      if outer.tag == nil {
        outer.tag = tag
        outer.tagSpan = inner.tagSpan
      } else {
        report("a node has one tag at most", inner.tagSpan)
      }
    }
  }

  /// Gives a scalar or an empty node, the last node, its anchor and the kind that its tag asks for.
  mutating func applyProperties(_ properties: YAMLProperties, toScalar index: Int) {
    if let tag = properties.tag { apply(tag, at: properties.tagSpan, toScalar: index) }
    if let anchor = properties.anchor { define(anchor, index, size: 1) }
  }

  private mutating func apply(_ tag: YAMLTag, at tagSpan: SourceSpan, toScalar index: Int) {
    let node = document.nodes[index]
    guard node.kind != .invalid else { return }
    let isAbsent = node.kind == .null && node.span.isEmpty
    let resolved = isAbsent ? .null : resolvedKind(ofPlain: scalarBytes(index))
    let kind: NodeKind?
    switch tag {
    case .nonSpecific, .string: kind = .string
    case .integer: kind = resolved == .integer ? .integer : nil
    case .float: kind = resolved == .integer || resolved == .float ? .float : nil
    case .boolean: kind = resolved == .true || resolved == .false ? resolved : nil
    case .null: kind = resolved == .null ? .null : nil
    case .mapping, .sequence: kind = nil
    case .unknown: kind = .invalid
    }
    guard let kind else {
      document.nodes[index].kind = .invalid
      let what = isAbsent ? "there is no value" : "`\(excerpt(node.span.start, node.span.end))` is not of this type"
      report("the tag `\(text(tagSpan.start, tagSpan.end))` does not fit: \(what)", tagSpan)
      return
    }
    document.nodes[index].kind = kind
    // A number's text is its span or its decoded text; between quotes it is neither.
    if kind == .integer || kind == .float, node.link == DocumentNode.verbatim, node.style != .plain {
      beginDecoding()
      decodeVerbatim(node.span.start + 1, node.span.end - 1)
      document.nodes[index].link = endDecoding(content: SourceSpan(node.span.start + 1, node.span.end - 1))
    }
  }

  /// Checks that a collection may have its tag, and gives it its anchor.
  mutating func applyProperties(_ properties: YAMLProperties, to frame: inout YAMLFrame) {
    let isArray = document.nodes[frame.node].kind == .array
    switch properties.tag {
    case nil, .nonSpecific, .unknown: break
    case .mapping where !isArray, .sequence where isArray: break
    case .mapping, .sequence, .string, .integer, .float, .boolean, .null:
      let name = text(properties.tagSpan.start, properties.tagSpan.end)
      report("the tag `\(name)` does not fit \(isArray ? "an array" : "an object")", properties.tagSpan)
    }
    frame.aliasNodesBefore = aliasNodes
    if let anchor = properties.anchor { frame.anchor = define(anchor, frame.node, size: YAMLAnchor.open) }
  }
}
