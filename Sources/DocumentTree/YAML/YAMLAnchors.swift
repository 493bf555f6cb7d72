internal import Diagnostics
internal import Source

/// A node that aliases may stand for.
struct YAMLAnchor {
  /// The size of a collection that is still being read.
  static let open = -1

  var name: [UInt8]
  var node: Int
  /// How many nodes an alias of it stands for, aliases inside it expanded.
  var size: Int
}

extension YAMLReader {
  /// Gives a node a name; a name may be given again, and stands for the last one.
  @discardableResult
  mutating func define(_ name: SourceSpan, _ node: Int, size: Int) -> Int {
    let name = Array(bytes[name.range])
    anchorsByName[name] = anchors.count
    anchors.append(YAMLAnchor(name: name, node: node, size: size))
    return anchors.count - 1
  }

  /// Forgets the anchors of nodes that are taken out of the tree.
  mutating func loseAnchors(from node: Int) {
    // Anchors lie in the order of their nodes.
    while let last = anchors.last, last.node >= node {
      anchors.removeLast()
      if anchorsByName[last.name] == anchors.count { anchorsByName[last.name] = Self.lostAnchor }
    }
  }

  private static let lostAnchor = -1

  /// Reads the alias at `position` (YAML 1.2.2, section 7.1).
  ///
  /// - Returns: Its node.
  mutating func readAlias(isInFlow: Bool) -> Int {
    let start = position
    position = nameEnd(start + 1)
    contentEnd = position
    isFirstOnLine = false
    let span = SourceSpan(start, position)
    let name = Array(bytes[(start + 1)..<position])
    guard let anchorIndex = anchorsByName[name] else {
      reportUndefined(name, span, isInFlow: isInFlow)
      // A colon is a part of the name, and was meant to make a key of it.
      if name.last == UInt8(ascii: ":") {
        position -= 1
        return appendInvalid(SourceSpan(start, position), isInFlow: isInFlow)
      }
      return appendInvalid(span, isInFlow: isInFlow)
    }
    // What a lost anchor named was reported, or is a part of a mapping that was merged.
    guard anchorIndex != Self.lostAnchor else { return appendInvalid(span, isInFlow: isInFlow) }
    let anchor = anchors[anchorIndex]
    guard anchor.size != YAMLAnchor.open else {
      report("`\(text(start, position))` stands for a value that it is a part of", span)
      return appendInvalid(span, isInFlow: isInFlow)
    }
    guard spendAliasNodes(anchor.size, at: span) else { return appendInvalid(span, isInFlow: isInFlow) }
    return append(
      DocumentNode(
        span: span, link: UInt32(truncatingIfNeeded: anchor.node), kind: .alias, style: .plain, isInFlow: isInFlow))
  }

  /// Counts the nodes that an alias brings, and reports the first alias that brings too many.
  mutating func spendAliasNodes(_ size: Int, at span: SourceSpan) -> Bool {
    guard aliasNodes + size <= DocumentLimits.aliasNodes else {
      if !hasReportedAliases {
        hasReportedAliases = true
        let message = LimitExceeded("aliases stand for more than \(DocumentLimits.aliasNodes) values")
        add(Diagnostic(message, at: span))
      }
      return false
    }
    aliasNodes += size
    return true
  }

  private mutating func reportUndefined(_ name: [UInt8], _ span: SourceSpan, isInFlow: Bool) {
    guard !name.isEmpty else {
      let end = textEnd(from: span.start)
      return report(
        "`*` starts an alias and needs a name", span, help: "a text that starts with `*` needs quotes",
        fixIt: isInFlow ? nil : quoting(span.start, end, .unsafe))
    }
    if name.last == UInt8(ascii: ":"), anchorsByName[Array(name.dropLast())] != nil {
      return report(
        "a blank must stand between an alias and `:`", span.end - 1, span.end,
        fixIt: FixIt("insert a blank", replacement: " :", applicability: .safe))
    }
    let written = String(decoding: name, as: UTF8.self)
    // With more names than a person wrote, a search for each undefined one would take too long.
    let names = anchorsByName.count > 200 ? [] : anchorsByName.keys.map { String(decoding: $0, as: UTF8.self) }.sorted()
    let closest = closestName(to: written, among: names)
    let start = "no value has the anchor `&\(excerpt(span.start + 1, span.end))`"
    report(
      closest.map { "\(start); did you mean `*\($0)`?" } ?? start, span,
      help: closest == nil ? "a text that starts with `*` needs quotes" : nil,
      fixIt: closest.map { FixIt("change to `*\($0)`", replacement: "*\($0)", applicability: .unsafe) })
  }
}
