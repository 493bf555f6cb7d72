internal import DocumentTree
internal import PolicyCortex
internal import PolicyModel
internal import Source

/// The keys of the policy schema, and the words that are values of some of them.
///
/// It looks at the text, not at the tree: a document with half a key is seldom what it will be.
struct KeyCompletion {
  private let bytes: [UInt8]
  private let offset: Int
  private let isJSON: Bool
  private let resourceTypes: [String]

  /// Documents are looked at from the cursor so far.
  private static let lineLimit = 5_000

  init(_ inspection: DocumentInspection, _ bytes: [UInt8], at offset: Int) {
    self.bytes = bytes
    self.offset = min(offset, bytes.count)
    isJSON = inspection.document.format == .json
    resourceTypes = inspection.resourceTypeNames
  }

  /// The items, and what each replaces.
  func items() -> (items: [Completion.Item], replaced: SourceSpan) { isJSON ? jsonItems() : yamlItems() }

  private func keys(below parent: String?) -> [String] {
    switch parent {
    case nil, "policies"?, "policy"?: SchemaKeys.policy
    case "rules"?: SchemaKeys.rule
    case "compliance_mapping"?: SchemaKeys.complianceMapping
    case "remediation"?: SchemaKeys.remediation
    default: []
    }
  }

  private func values(of key: String) -> [String] {
    switch key {
    case "action", "effect": Action.allCases.map(\.rawValue)
    case "severity": RuleSeverity.allCases.map(\.rawValue)
    case "default_action": DefaultAction.allCases.map(\.rawValue)
    case "enabled", "auto_remediation", "auto_fix": isJSON ? [] : ["true", "false"]
    case "resource_type", "resource_types": resourceTypes
    default: []
    }
  }

  private func keyItem(_ key: String, _ snippet: (String) -> String) -> Completion.Item {
    Completion.Item(
      label: key, kind: .property, snippet: snippet(key.hasPrefix("$") ? "\\" + key : key))
  }

  private func valueItem(_ value: String) -> Completion.Item { Completion.Item(label: value, kind: .value) }

  // MARK: YAML

  /// A line of block style: where its key stands, and what it is.
  private struct Line {
    var column: Int
    var hasDash: Bool
    var key: String?
    var valueStart: Int?
  }

  private func yamlItems() -> (items: [Completion.Item], replaced: SourceSpan) {
    let start = lineStart(of: offset)
    guard let line = line(start, end: offset) else { return ([], SourceSpan(at: offset)) }
    if let key = line.key, let valueStart = line.valueStart {
      let written = bytes[valueStart..<offset]
      guard written.allSatisfy({ isWord($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }) else {
        return ([], SourceSpan(at: offset))
      }
      return (values(of: key).map(valueItem), SourceSpan(valueStart, offset))
    }
    let word = start + line.column
    guard bytes[word..<offset].allSatisfy(isWord) else { return ([], SourceSpan(at: offset)) }
    var present: Set<String> = []
    var parent: String?
    var isInObject = !line.hasDash
    var above = start
    for _ in 0..<KeyCompletion.lineLimit where above > 0 {
      above = lineStart(of: above - 1)
      guard let other = self.line(above, end: lineEnd(of: above)), let key = other.key else { continue }
      if other.column < line.column {
        parent = key
        break
      }
      if isInObject, other.column == line.column { present.insert(key) }
      if other.hasDash, other.column == line.column { isInObject = false }
    }
    var below = lineEnd(of: offset)
    for _ in 0..<KeyCompletion.lineLimit where below < bytes.count {
      let end = lineEnd(of: below + 1)
      guard let other = self.line(below + 1, end: end) else {
        below = end
        continue
      }
      if other.column < line.column || other.hasDash && other.column == line.column { break }
      if other.column == line.column, let key = other.key { present.insert(key) }
      below = end
    }
    return (
      keys(below: parent).filter { !present.contains($0) }.map { keyItem($0) { "\($0): " } }, SourceSpan(word, offset)
    )
  }

  private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A, 0x30...0x39, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "$"): true
    default: false
    }
  }

  private func lineStart(of index: Int) -> Int {
    var index = index
    while index > 0, bytes[index - 1] != 0x0A { index -= 1 }
    return index
  }

  private func lineEnd(of index: Int) -> Int {
    guard index < bytes.count else { return bytes.count }
    return bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
  }

  /// Reads a line up to an offset; `nil` for one that is blank or a comment, unless the cursor is on it.
  private func line(_ start: Int, end: Int) -> Line? {
    var index = min(start, end)
    var line = Line(column: 0, hasDash: false)
    while index < end {
      if bytes[index] == 0x20 {
        index += 1
      } else if bytes[index] == UInt8(ascii: "-"), index + 1 < end, bytes[index + 1] == 0x20 {
        line.hasDash = true
        index += 2
      } else {
        break
      }
    }
    if index == end, end != offset { return nil }
    if index < end, bytes[index] == UInt8(ascii: "#") || bytes[index] == 0x0D { return nil }
    line.column = index - start
    var colon = index
    while colon < end, isWord(bytes[colon]) { colon += 1 }
    if colon < end, colon > index, bytes[colon] == UInt8(ascii: ":"), colon + 1 == end || bytes[colon + 1] <= 0x20 {
      line.key = String(decoding: bytes[index..<colon], as: UTF8.self)
      var value = colon + 1
      while value < end, bytes[value] == 0x20 { value += 1 }
      if value > colon + 1 || end != offset { line.valueStart = value }
    }
    return line
  }

  // MARK: JSON

  /// An open bracket before the cursor.
  private struct Frame {
    var isObject: Bool
    /// The key that its value belongs to.
    var parent: String?
    /// The key whose value comes next.
    var key: String?
    var keys: Set<String> = []
  }

  private func jsonItems() -> (items: [Completion.Item], replaced: SourceSpan) {
    var frames: [Frame] = []
    var index = 0
    while index < offset {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        let parent = frames.last.flatMap { $0.isObject ? $0.key : $0.parent }
        frames.append(Frame(isObject: byte == UInt8(ascii: "{"), parent: parent))
      case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = frames.popLast()
      case UInt8(ascii: ","): if !frames.isEmpty { frames[frames.count - 1].key = nil }
      case UInt8(ascii: "\""):
        let start = index
        while index < offset, bytes[index] != byte, bytes[index] != 0x0A {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard let frame = frames.last else { continue }
        let isKey = frame.isObject && frame.key == nil
        guard index < offset else {
          let replaced = SourceSpan(start, offset)
          if isKey { return (free(frame).map { keyItem($0) { $0 } }, replaced) }
          return (values(of: frame.key ?? frame.parent ?? "").map(valueItem), replaced)
        }
        if isKey {
          let key = String(decoding: bytes[start..<index], as: UTF8.self)
          frames[frames.count - 1].key = key
          frames[frames.count - 1].keys.insert(key)
        }
        index += 1
      default: break
      }
    }
    guard let frame = frames.last, frame.isObject, frame.key == nil else { return ([], SourceSpan(at: offset)) }
    return (free(frame).map { keyItem($0) { "\"\($0)\": " } }, SourceSpan(at: offset))
  }

  private func free(_ frame: Frame) -> [String] { keys(below: frame.parent).filter { !frame.keys.contains($0) } }
}
