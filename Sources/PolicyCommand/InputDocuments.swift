internal import CEL
internal import PolicyCortex
internal import Source

/// Why a text is no input, and where.
struct UnreadableInput: Error {
  /// `name:line:column`.
  var place: String
  var message: String
}

/// The inputs of a file: the one that it is, or one a line.
///
/// A file has an input a line when its name says so (`.ndjson`, `.jsonl`), or when its first two lines are objects of their
/// own. Empty lines are no inputs.
struct InputDocuments: Sequence {
  let name: String
  private let bytes: [UInt8]
  private let hasLines: Bool

  init(_ bytes: [UInt8], name: String) {
    self.name = name
    self.bytes = bytes
    let lowercased = name.lowercased()
    let isNamed = lowercased.hasSuffix(".ndjson") || lowercased.hasSuffix(".jsonl")
    hasLines = isNamed || Self.startsWithObjectLine(bytes)
  }

  /// One input, not yet read.
  struct Item {
    /// The file's name, with the line where it has lines.
    let name: String
    let text: SourceText
    /// The number of the line the text starts at, from 1.
    let firstLine: Int
    let file: String

    /// Reads the input.
    func input(now: Timestamp, _ evaluator: PolicyEvaluator) throws(UnreadableInput) -> EvaluationInput {
      do throws(PolicyInputError) { return try evaluator.input(text, now: now) } catch {
        throw UnreadableInput(
          place: "\(file):\(error.position.line + firstLine - 1):\(error.position.column)", message: error.message)
      }
    }
  }

  func makeIterator() -> AnyIterator<Item> {
    guard hasLines else {
      let item = Item(name: name, text: SourceText(name: name, bytes: bytes), firstLine: 1, file: name)
      var rest = bytes.allSatisfy(Self.isBlank) ? [] : [item]
      return AnyIterator { rest.popLast() }
    }
    var offset = 0
    var line = 0
    return AnyIterator {
      while offset < bytes.count {
        let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
        let content = bytes[offset..<end]
        offset = end + 1
        line += 1
        if content.allSatisfy(Self.isBlank) { continue }
        return Item(
          name: "\(name):\(line)", text: SourceText(name: "input.json", bytes: Array(content)), firstLine: line,
          file: name)
      }
      return nil
    }
  }

  /// Whether the first two lines that are not empty are two values.
  private static func startsWithObjectLine(_ bytes: [UInt8]) -> Bool {
    guard let start = bytes.firstIndex(where: { !isBlank($0) }), bytes[start] == UInt8(ascii: "{"),
      let end = bytes[start...].firstIndex(of: 0x0A), let last = bytes[start..<end].last(where: { !isBlank($0) }),
      let next = bytes[end...].first(where: { !isBlank($0) })
    else { return false }
    if last == UInt8(ascii: "}") { return true }
    // Damaged, or the start of an object of several lines, where a `{` may stand behind these only.
    let isOpen = [UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "{")].contains(last)
    return next == UInt8(ascii: "{") && !isOpen
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
}
