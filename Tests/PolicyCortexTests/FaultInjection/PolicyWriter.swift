import MarkedSource
import Source

/// Writes a policy tree as JSON or YAML, in random layout, and notes in the tree where everything came to stand.
struct PolicyWriter {
  private(set) var bytes: [UInt8] = []
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  static func json(_ tree: PolicyTree, seed: UInt64) -> [UInt8] {
    var writer = PolicyWriter(seed: seed)
    writer.write(json: tree)
    return writer.bytes
  }

  static func yaml(_ tree: PolicyTree, seed: UInt64) -> [UInt8] {
    var writer = PolicyWriter(seed: seed)
    writer.write(block: tree, indentation: 0)
    writer.put("\n")
    return writer.bytes
  }

  private mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &random) == 0 }

  private mutating func put(_ text: String) { bytes += Array(text.utf8) }

  private mutating func newline(_ indentation: Int) { put("\n" + String(repeating: " ", count: indentation)) }

  // MARK: JSON, which is also YAML's flow style

  private mutating func write(json tree: PolicyTree, inYAML: Bool = false) {
    let start = bytes.count
    switch tree.content {
    case .string(let text): if inYAML { writeFlow(text, of: tree) } else { write(doubleQuoted: text, of: tree) }
    case .bare(let text): put(text)
    case .raw(let json, let yaml): put(inYAML ? yaml : json)
    case .array(let elements):
      put("[")
      for (index, element) in elements.enumerated() {
        if index > 0 { put(chance(4) && !inYAML ? " ,\n  " : ", ") }
        write(json: element, inYAML: inYAML)
      }
      put("]")
    case .object(let members):
      tree.missingMemberSpan = SourceSpan(start, start + 1)
      put("{")
      for (index, member) in members.enumerated() {
        if index > 0 { put(chance(3) && !inYAML ? ",\n\t" : ", ") }
        let keyStart = bytes.count
        put("\"\(member.key)\"")
        member.keySpan = SourceSpan(keyStart, bytes.count)
        put(": ")
        write(json: member.value, inYAML: inYAML)
      }
      put("}")
    }
    tree.span = SourceSpan(start, bytes.count)
  }

  /// Escapes what must be escaped, and now and then what need not.
  private mutating func write(doubleQuoted text: String, of tree: PolicyTree) {
    let start = bytes.count
    tree.places = []
    put("\"")
    for scalar in text.unicodeScalars {
      let scalarStart = bytes.count
      switch scalar {
      case "\"": put("\\\"")
      case "\\": put("\\\\")
      case "\n": put("\\n")
      case _ where scalar.value < 0x80 && chance(40):
        let digits = String(scalar.value, radix: 16)
        put("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      default: put(String(scalar))
      }
      append(
        places: scalar, from: scalarStart, isVerbatim: bytes.count - scalarStart == String(scalar).utf8.count, to: tree)
    }
    put("\"")
    tree.span = SourceSpan(start, bytes.count)
  }

  private func append(places scalar: Unicode.Scalar, from start: Int, isVerbatim: Bool, to tree: PolicyTree) {
    for index in 0..<String(scalar).utf8.count {
      tree.places.append(isVerbatim ? SourceSpan(start + index, start + index + 1) : SourceSpan(start, bytes.count))
    }
  }

  // MARK: YAML

  private mutating func write(block tree: PolicyTree, indentation: Int) {
    switch tree.content {
    case .object(let members) where !members.isEmpty && (indentation == 0 || !chance(6) || !isFlowSafe(tree)):
      for (index, member) in members.enumerated() {
        if index > 0 { newline(indentation) }
        if chance(12) {
          put("# a comment, with: a colon")
          newline(indentation)
        }
        let keyStart = bytes.count
        put(chance(8) || !isPlainKey(member.key) ? "\"\(member.key)\"" : member.key)
        member.keySpan = SourceSpan(keyStart, bytes.count)
        if index == 0 { tree.missingMemberSpan = member.keySpan }
        put(":")
        writeValue(member.value, indentation: indentation)
      }
      tree.span = SourceSpan(members.first?.keySpan.start ?? bytes.count, bytes.count)
    case .array(let elements) where !elements.isEmpty:
      let start = bytes.count
      for (index, element) in elements.enumerated() {
        if index > 0 { newline(indentation) }
        put("- ")
        write(block: element, indentation: indentation + 2)
      }
      tree.span = SourceSpan(start, bytes.count)
    case .string(let text): write(scalar: text, of: tree, indentation: indentation)
    default: write(json: tree, inYAML: true)
    }
  }

  private mutating func writeValue(_ value: PolicyTree, indentation: Int) {
    switch value.content {
    case .object(let members) where !members.isEmpty:
      if isFlowSafe(value), chance(6) {
        put(" ")
        write(json: value, inYAML: true)
      } else {
        newline(indentation + 2)
        write(block: value, indentation: indentation + 2)
      }
    case .array(let elements) where !elements.isEmpty:
      if isFlowSafe(value), chance(3) {
        put(" ")
        write(json: value, inYAML: true)
      } else {
        let inner = indentation + (chance(2) ? 0 : 2)
        newline(inner)
        write(block: value, indentation: inner)
      }
    case .string(let text):
      put(" ")
      write(scalar: text, of: value, indentation: indentation + 2)
    default:
      put(" ")
      write(json: value, inYAML: true)
    }
  }

  private func isFlowSafe(_ tree: PolicyTree) -> Bool {
    switch tree.content {
    case .object(let members): members.allSatisfy { isFlowSafe($0.value) }
    case .array(let elements): elements.allSatisfy(isFlowSafe)
    case .raw: false
    case .string, .bare: true
    }
  }

  private func isPlainKey(_ key: String) -> Bool {
    key.utf8.allSatisfy { ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || $0 == 0x5F || $0 == 0x2D }
      && !["true", "false", "null"].contains(key.lowercased()) && !key.hasPrefix("-")
  }

  /// A plain scalar that every reader takes for the same string.
  private func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.properties.isAlphabetic, first.isASCII else { return false }
    guard !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased()) else {
      return false
    }
    return !text.contains(": ") && !text.contains(" #") && !text.hasSuffix(":") && !text.hasSuffix(" ")
      && !text.contains("\n") && !text.contains("\u{FFFD}") && text.unicodeScalars.allSatisfy { $0.value >= 0x20 }
  }

  private mutating func writeFlow(_ text: String, of tree: PolicyTree) {
    if !chance(2) || text.unicodeScalars.contains(where: { $0.value < 0x20 }) {
      write(doubleQuoted: text, of: tree)
    } else {
      write(singleQuoted: text, of: tree)
    }
  }

  private mutating func write(scalar text: String, of tree: PolicyTree, indentation: Int) {
    let canBlock = tree.allowsBlock && !text.isEmpty && !text.hasPrefix(" ") && !text.contains("\n") && indentation > 0
    switch Int.random(in: 0..<6, using: &random) {
    case 0 where isPlain(text), 1 where isPlain(text):
      write(lines: text, of: tree, indentation: indentation, header: nil)
    case 2 where canBlock: write(lines: text, of: tree, indentation: indentation, header: chance(2) ? ">" : ">-")
    case 3 where canBlock: write(literal: text, of: tree, indentation: indentation)
    case 4 where !text.contains("\n"): write(singleQuoted: text, of: tree)
    default: write(doubleQuoted: text, of: tree)
    }
  }

  private mutating func write(singleQuoted text: String, of tree: PolicyTree) {
    let start = bytes.count
    tree.places = []
    put("'")
    for scalar in text.unicodeScalars {
      let scalarStart = bytes.count
      put(scalar == "'" ? "''" : String(scalar))
      append(places: scalar, from: scalarStart, isVerbatim: scalar != "'", to: tree)
    }
    put("'")
    tree.span = SourceSpan(start, bytes.count)
  }

  private mutating func write(literal text: String, of tree: PolicyTree, indentation: Int) {
    let start = bytes.count
    put(chance(2) ? "|" : "|-")
    newline(indentation)
    tree.places = []
    for scalar in text.unicodeScalars {
      let scalarStart = bytes.count
      put(String(scalar))
      append(places: scalar, from: scalarStart, isVerbatim: true, to: tree)
    }
    tree.span = SourceSpan(start, bytes.count)
  }

  /// A plain scalar (no header) or a folded one, broken into lines at some of its single blanks.
  private mutating func write(lines text: String, of tree: PolicyTree, indentation: Int, header: String?) {
    if header == nil, !isPlain(text) { return write(doubleQuoted: text, of: tree) }
    let start = bytes.count
    if let header {
      put(header)
      newline(indentation)
    }
    tree.places = []
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let scalarStart = bytes.count
      let canBreak =
        scalar == " " && index > 0 && index + 1 < scalars.count && scalars[index - 1] != " "
        && scalars[index + 1].properties.isAlphabetic && indentation > 0 && !text.contains("//")
      if canBreak, chance(3) {
        newline(indentation)
        append(places: scalar, from: scalarStart, isVerbatim: false, to: tree)
      } else {
        put(String(scalar))
        append(places: scalar, from: scalarStart, isVerbatim: true, to: tree)
      }
    }
    tree.span = SourceSpan(start, bytes.count)
  }
}
