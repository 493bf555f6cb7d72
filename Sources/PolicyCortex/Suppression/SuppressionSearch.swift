import CEL
import Diagnostics
import DocumentTree
import Glibc
import PolicyModel
import Source

/// Finds the suppressions of a document.
struct SuppressionSearch {
  private let document: Document
  private let bytes: [UInt8]
  private(set) var suppressions: [Suppression] = []

  /// Searches a document; one that does not hold our name is not looked at.
  init(_ document: Document, _ policies: [Policy]) {
    self.document = document
    bytes = document.source.bytes
    guard Self.mayHoldSuppression(document.source) else { return }
    findComments()
    findMembers()
    for policy in policies {
      for variable in policy.variables {
        guard let node = variable.expressionNode else { continue }
        findComments(inCondition: node, at: variable.expressionPath)
      }
      for rule in policy.rules {
        guard let node = rule.conditionNode else { continue }
        findComments(inCondition: node, at: rule.path.key("condition"))
      }
    }
    suppressions.sort { ($0.reach.start, $0.reach.end) < ($1.reach.start, $1.reach.end) }
  }

  private static let name = Array("policycortex".utf8)
  private static let memberKey = Array("x-policycortex".utf8)

  private static func mayHoldSuppression(_ source: SourceText) -> Bool {
    unsafe source.bytes.withUnsafeBufferPointer { unsafe holdsName($0) }
  }

  /// Whether our name stands in a text: looks for its `x`, which is rare, so that this takes next to no time.
  private static func holdsName(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = text.baseAddress else { return false }
    var offset = 0
    while offset < text.count {
      guard let found = unsafe memchr(start + offset, Int32(UInt8(ascii: "x")), text.count - offset) else {
        return false
      }
      let end = unsafe UnsafeRawPointer(found) - UnsafeRawPointer(start) + 1
      if end >= name.count, unsafe text[(end - name.count)..<end].elementsEqual(name) { return true }
      offset = end
    }
    return false
  }
}

// MARK: - YAML's comments

extension SuppressionSearch {
  /// Comments reach the line that they stand on, or the next line with something on it, and what starts there and is a
  /// text of several lines.
  private mutating func findComments() {
    // From the last to the first, so that of comments that stand one above the other each looks no further than the next.
    var below: (line: Int, reach: SourceSpan)?
    for comment in document.directives.reversed() {
      guard let directive = SuppressionDirective(bytes[(comment.start + 1)..<comment.end], at: comment.start + 1) else {
        continue
      }
      let line = lineStart(of: comment.start)
      let content = skippingBlanks(line)
      let isAlone = content == comment.start
      let removal =
        isAlone ? SourceSpan(line, behindLine(comment.end)) : SourceSpan(behindText(comment.start), comment.end)
      // Behind the dash of an entry whose first key stands on the next line it is as good as alone.
      let isBeforeContent = bytes[line..<comment.start].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x2D }
      let reach = isBeforeContent ? nextContentLine(behindLine(comment.end), below) : SourceSpan(line, comment.start)
      if isAlone { below = (line, reach) }
      suppressions.append(
        Suppression(
          directive, at: comment, removal: [SourceEdit(span: removal, text: "")],
          reach: reach))
    }
    suppressions.reverse()
    if !suppressions.isEmpty { extendToTexts(suppressions.map(\.reach)) }
  }

  /// Lets comments reach to the end of the texts that start on their lines.
  private mutating func extendToTexts(_ reaches: [SourceSpan]) {
    for node in document.nodes where node.kind == .string && node.link != DocumentNode.verbatim {
      // INVARIANT: comments are in order, and so are the lines they reach.
      var low = 0
      var high = reaches.count
      while low < high {
        let middle = (low + high) / 2
        if reaches[middle].end < node.span.start { low = middle + 1 } else { high = middle }
      }
      // Only the last text of a line ends behind it.
      while low < reaches.count, reaches[low].start <= node.span.start, reaches[low].end < node.span.end {
        suppressions[low].reach = SourceSpan(reaches[low].start, max(suppressions[low].reach.end, node.span.end))
        low += 1
      }
    }
  }

  private func isBreak(_ index: Int) -> Bool { bytes[index] == 0x0A || bytes[index] == 0x0D }
  private func isBlank(_ index: Int) -> Bool { bytes[index] == 0x20 || bytes[index] == 0x09 }

  private func lineStart(of index: Int) -> Int {
    var index = index
    while index > 0, !isBreak(index - 1) { index -= 1 }
    return index
  }

  private func lineEnd(of index: Int) -> Int {
    var index = index
    while index < bytes.count, !isBreak(index) { index += 1 }
    return index
  }

  /// Behind the line end at an offset.
  private func behindLine(_ index: Int) -> Int {
    let end = lineEnd(of: index)
    if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { return end + 2 }
    return min(end + 1, bytes.count)
  }

  private func skippingBlanks(_ index: Int) -> Int {
    var index = index
    while index < bytes.count, isBlank(index) { index += 1 }
    return index
  }

  /// Behind the last byte in front of an offset that is no blank.
  private func behindText(_ index: Int) -> Int {
    var index = index
    while index > 0, isBlank(index - 1) { index -= 1 }
    return index
  }

  /// The first line, from an offset on, that holds more than blanks and a comment.
  ///
  /// What is known of a line `below` need not be looked for again.
  private func nextContentLine(_ start: Int, _ below: (line: Int, reach: SourceSpan)?) -> SourceSpan {
    var start = start
    while start < bytes.count {
      if let below, start == below.line { return below.reach }
      let content = skippingBlanks(start)
      let end = lineEnd(of: content)
      if content < end, bytes[content] != UInt8(ascii: "#") { return SourceSpan(start, end) }
      start = behindLine(end)
    }
    return SourceSpan(at: start)
  }
}

// MARK: - Comments in conditions

extension SuppressionSearch {
  /// A comment in a condition reaches the whole condition.
  private mutating func findComments(inCondition node: NodeID, at path: @autoclosure () -> FieldPath) {
    guard unsafe document.withBytes(of: node, { unsafe Self.holdsName($0) }) else { return }
    let text = document.text(of: node)
    let condition = Array(text.utf8)
    let reach = document[document.resolved(node)].span
    for token in tokens(of: text) where token.kind == .comment && token.span.count > 2 {
      let comment = token.span
      guard let directive = SuppressionDirective(condition[(comment.start + 2)..<comment.end], at: comment.start + 2)
      else { continue }
      var start = comment.start
      while start > 0, condition[start - 1] == 0x20 || condition[start - 1] == 0x09 { start -= 1 }
      let removal = SourceEdit(span: SourceSpan(start, comment.end), text: "")
      var suppression = Suppression(directive, at: comment, removal: [removal], reach: reach)
      suppression.placement = ConditionPlacement(document: document, node: node, start: 0, path: path())
      suppressions.append(suppression)
    }
  }
}

// MARK: - x-policycortex

extension SuppressionSearch {
  /// `x-policycortex` reaches the object that it stands in.
  ///
  /// Below `metadata` and other `x-…` it means nothing.
  private mutating func findMembers() {
    var skipped: [Int: Int] = [:]
    var index = 0
    while index < document.nodes.count {
      if let end = skipped[index] {
        index = end
        continue
      }
      if document.nodes[index].kind == .object {
        var members: [(key: NodeID, value: NodeID)] = []
        document.forEachMember(of: NodeID(index)) { key, value in
          guard document[key].kind == .string else { return }
          let isOpaque = unsafe document.withBytes(of: key) { bytes in
            if unsafe bytes.elementsEqual(Self.memberKey) { members.append((key, value)) }
            return unsafe bytes.starts(with: "x-".utf8) || bytes.elementsEqual("metadata".utf8)
          }
          if isOpaque { skipped[value.index] = document.next(after: value.index) }
        }
        for member in members { add(member.key, member.value, in: index) }
      }
      index += 1
    }
  }

  private mutating func add(_ key: NodeID, _ value: NodeID, in object: Int) {
    let keySpan = document[key].span
    let reach = document.nodes[object].span
    var suppression = Suppression(
      span: keySpan, entries: [], removal: removal(of: key, value, in: object), reach: reach)
    var isWellFormed = document[document.resolved(value)].kind == .object
    var codes: [NodeID] = []
    document.forEachMember(of: document.resolved(value)) { key, value in
      let list = document.resolved(value)
      switch document.text(of: key) {
      case "ignore":
        isWellFormed = isWellFormed && document[list].kind == .array
        document.forEachElement(of: list) { _, code in
          if document[code].kind == .string { codes.append(code) } else { isWellFormed = false }
        }
      case "reason": break
      default: isWellFormed = false
      }
    }
    if codes.isEmpty || !isWellFormed {
      suppression.fault = "write `{\"ignore\": [\"code\"], \"reason\": \"…\"}`"
    }
    let spans = codes.map { document[$0].span }
    // Entries of a block list have a line each, and a dash.
    let hasCommas = codes.allSatisfy { document.format == .json || document[$0].isInFlow }
    suppression.entries = codes.indices.map { index in
      Suppression.Entry(
        code: document.text(of: codes[index]), span: spans[index],
        removal: hasCommas ? Suppression.removal(of: index, among: spans) : nil)
    }
    suppressions.append(suppression)
  }

  /// What takes a member out of its object: up to the next member, or from the end of the one in front.
  private func removal(of key: NodeID, _ value: NodeID, in object: Int) -> [SourceEdit]? {
    let start = document[key].span.start
    let end = document[value].span.end
    guard document[value].kind != .alias, start < end, !bytes[start..<end].contains(UInt8(ascii: "&")) else {
      return nil
    }
    let objectEnd = document.next(after: object)
    let next = document.next(after: value.index)
    if next < objectEnd, document.nodes[next].kind == .string, document.nodes[next].span.start >= end,
      !bytes[end..<document.nodes[next].span.start].contains(UInt8(ascii: "#"))
    {
      return [SourceEdit(span: SourceSpan(start, document.nodes[next].span.start), text: "")]
    }
    if document.nodes[object].kind == .object, bytes[document.nodes[object].span.start] == UInt8(ascii: "{") {
      let previous = key.index > object + 1 ? document.nodes[object + 1..<key.index].map(\.span.end).max() : nil
      return previous.flatMap { $0 <= start ? [SourceEdit(span: SourceSpan($0, end), text: "")] : nil }
    }
    // The last member of a block mapping that has others: its lines.
    let line = lineStart(of: start)
    let behind = skippingBlanks(end)
    guard key.index > object + 1, skippingBlanks(line) == start, behind == bytes.count || isBreak(behind) else {
      return nil
    }
    return [SourceEdit(span: SourceSpan(line, behindLine(end)), text: "")]
  }
}
