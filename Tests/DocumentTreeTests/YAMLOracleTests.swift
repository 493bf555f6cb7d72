import CYAML
import DocumentTree
import MarkedSource
import Source
import Testing

/// What libyaml makes of a stream: its collections as JSON, with every scalar as a string; `nil` when it finds a fault.
private func libyamlReading(of bytes: [UInt8]) -> String? {
  var parser = unsafe yaml_parser_t()
  guard unsafe yaml_parser_initialize(&parser) == 1 else { return nil }
  defer { unsafe yaml_parser_delete(&parser) }
  return unsafe bytes.withUnsafeBufferPointer { buffer in
    unsafe yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
    var output = ""
    // For each open collection its closing bracket and how many nodes it has so far.
    var open: [(closer: String, count: Int)] = []
    func separate() {
      guard let last = open.last else { return }
      if last.count > 0 { output += last.closer == "}" && last.count % 2 == 1 ? ":" : "," }
      open[open.count - 1].count += 1
    }
    while true {
      var event = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(&parser, &event) == 1 else { return nil }
      defer { unsafe yaml_event_delete(&event) }
      switch unsafe event.type {
      case YAML_STREAM_END_EVENT: return output
      case YAML_DOCUMENT_END_EVENT: output += "\n"
      case YAML_SEQUENCE_START_EVENT:
        separate()
        output += "["
        open.append(("]", 0))
      case YAML_MAPPING_START_EVENT:
        separate()
        output += "{"
        open.append(("}", 0))
      case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: output += open.popLast()?.closer ?? ""
      case YAML_SCALAR_EVENT:
        separate()
        let scalar = unsafe event.data.scalar
        let text = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        output += unsafe "<" + String(decoding: text, as: UTF8.self) + ">"
      default: break
      }
    }
  }
}

/// Our reading in the same words.
private func ownReading(of reading: YAMLReading) -> String? {
  guard reading.diagnostics.isEmpty else { return nil }
  func render(_ id: NodeID) -> String {
    let document = reading.document
    switch document[id].kind {
    case .array:
      var elements: [String] = []
      document.forEachElement(of: id) { _, value in elements.append(render(value)) }
      return "[" + elements.joined(separator: ",") + "]"
    case .object:
      var members: [String] = []
      document.forEachMember(of: id) { key, value in members.append(render(key) + ":" + render(value)) }
      return "{" + members.joined(separator: ",") + "}"
    case .null, .true, .false, .integer, .float, .string, .alias, .invalid: return "<" + document.text(of: id) + ">"
    }
  }
  return reading.document.roots.map { render($0) + "\n" }.joined()
}

/// Random streams of the kind that configuration files are.
private struct RandomStream {
  var generator: SeededGenerator
  var keys = 0

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &generator)] }

  mutating func stream() -> String {
    var text = pick(["", "# c\n", "%YAML 1.1\n---\n", "---\n", "--- # c\n"])
    text += block(indent: 0, depth: 0)
    if pick([true, false, false]) {
      text += pick(["---\n", "...\n---\n", "...\n# c\n---\n"]) + block(indent: 0, depth: 2)
    }
    return text
  }

  private mutating func trailer() -> String {
    pick(["\n", "\n", "\n", " # c\n", "  \n", "\n\n", "\n# c\n", "\t# c\n"])
  }

  /// A collection or scalar, on lines of its own.
  private mutating func block(indent: Int, depth: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    switch depth < 4 ? Int.random(in: 0..<5, using: &generator) : 4 {
    case 0, 1:
      return (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        margin + key() + ":" + value(indent: indent, depth: depth, isInSequence: false)
      }.joined()
    case 2, 3:
      return (0..<Int.random(in: 1...3, using: &generator)).map { _ in
        margin + "-" + value(indent: indent, depth: depth, isInSequence: true)
      }.joined()
    default: return margin + scalar(indent: indent, isInFlow: false) + trailer()
    }
  }

  private mutating func key() -> String {
    keys += 1
    return pick(["k\(keys)", "'k\(keys)'", "\"k\(keys)\"", "k \(keys)", "k\(keys) "])
  }

  private mutating func value(indent: Int, depth: Int, isInSequence: Bool) -> String {
    switch Int.random(in: 0..<9, using: &generator) {
    case 0: return trailer()
    case 1: return " " + flow(depth: depth, indent: indent) + trailer()
    case 2: return " " + blockScalar(indent: indent)
    case 3, 4:
      guard depth < 4 else { return trailer() }
      return trailer() + block(indent: indent + Int.random(in: 1...3, using: &generator), depth: depth + 1)
    case 5:
      guard depth < 4, !isInSequence else { return trailer() }
      // A sequence at the column of its key.
      let margin = String(repeating: " ", count: indent)
      return "\n" + margin + "-" + value(indent: indent, depth: depth + 1, isInSequence: true)
    case 6 where isInSequence:
      let margin = String(repeating: " ", count: indent + 2)
      return " " + key() + ":" + value(indent: indent + 2, depth: depth + 1, isInSequence: false)
        + margin + key() + ":" + value(indent: indent + 2, depth: depth + 1, isInSequence: false)
    default: return pick([" ", "  ", " \t"]) + scalar(indent: indent, isInFlow: false) + trailer()
    }
  }

  private mutating func scalar(indent: Int, isInFlow: Bool) -> String {
    let next =
      pick(["\n", "\n\n", " \n"]) + String(repeating: " ", count: indent + 1 + Int.random(in: 0...2, using: &generator))
    return pick([
      "x", "true", "~", "1.5", "a b", "it's", "a#b", "a:b", "-x", "http://x.y/z?q=1", "x\(next)y z\(next)w", "''",
      "\"\"",
      "'a: b # c'", "'it''s'", "'a\(next)b'", "'  '", "\"a\\n\\u0041\\x42\\\"\\\\\"", "\"a\(next)b\"",
      "\"a\\\(next)b \"",
      "\" a \(next) b\\t\(next)\"", isInFlow ? "x" : "a [b] {c}, d", "\"é\\U0001F600𝛼\"",
    ])
  }

  private mutating func blockScalar(indent: Int) -> String {
    let isDetected = Bool.random(using: &generator)
    let step = Int.random(in: 1...3, using: &generator)
    let margin = String(repeating: " ", count: indent + step)
    var text = pick(["|", ">"]) + (isDetected ? "" : "\(step)") + pick(["", "-", "+"]) + pick(["\n", " # c\n"])
    for number in 0..<Int.random(in: 1...5, using: &generator) {
      text += pick(["", "", "\n", margin + "\n"])
      if number > 0 || !isDetected { text += pick(["", "", margin + "  more\n", margin + "\ttab\n"]) }
      text += margin + pick(["text", "# no comment", "a: b", "- c", "x  ", "'", "é"]) + "\n"
    }
    return text + pick(["", "\n", "\n\n"])
  }

  private mutating func flow(depth: Int, indent: Int) -> String {
    let gap = pick([
      "", " ", "\n" + String(repeating: " ", count: indent + 2), " # c\n" + String(repeating: " ", count: indent + 1),
    ])
    var items: [String] = []
    let isSequence = Bool.random(using: &generator)
    for _ in 0..<Int.random(in: 0...3, using: &generator) {
      let item =
        depth < 4 && pick([true, false, false])
        ? flow(depth: depth + 1, indent: indent) : scalar(indent: indent, isInFlow: true)
      if isSequence {
        items.append(pick([true, false, false, false]) ? key() + ": " + item : item)
      } else {
        items.append(pick([key() + ": " + item, key() + ": " + item, key()]))
      }
    }
    let body = items.joined(separator: gap + ", ")
    let comma = items.isEmpty ? "" : pick(["", "", ","])
    return (isSequence ? "[" : "{") + gap + body + comma + pick(["", " "]) + (isSequence ? "]" : "}")
  }
}

@Suite("libyaml as the oracle of the YAML reader")
struct YAMLOracleTests {
  @Test(
    "random streams of configuration files are read as libyaml reads them", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func agreement(_ seed: UInt64) {
    var random = RandomStream(seed: seed)
    var compared = 0
    for _ in 0..<400 {
      let text = random.stream()
      // libyaml refuses some of what YAML 1.2 allows, such as `"a":b`; what it reads, it reads rightly.
      guard let expected = libyamlReading(of: Array(text.utf8)) else { continue }
      compared += 1
      let reading = YAMLReading(text)
      let read = ownReading(of: reading)
      #expect(read == expected, "seed \(seed): \(reading.findings)\n\(text)")
      reading.expectSound()
    }
    #expect(compared > 250, "seed \(seed)")
  }
}
