import Diagnostics
import DocumentTree
import MarkedSource
import Source
import Testing

/// A stream and what the YAML reader made of it.
struct YAMLReading {
  let bytes: [UInt8]
  let document: Document
  let diagnostics: [Diagnostic]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    (document, diagnostics) = readYAML(SourceText(name: "test.yaml", bytes: bytes))
  }

  init(_ text: String) { self.init(Array(text.utf8)) }

  /// The documents as JSON, one a line: what was read, apart from how it was spelt, and `!` for damaged values.
  var rendered: String { document.roots.map { renderedJSON(of: $0, in: document) }.joined(separator: "\n") }

  /// What is wrong, a line each, with its place.
  var findings: String {
    diagnostics.map { "\($0.span.start)..\($0.span.end) \($0.code): \($0.message)" }.joined(separator: "\n")
  }

  /// The node that starts at a place and is no collection.
  func scalar(at offset: Int) -> DocumentNode? {
    document.nodes.first { $0.span.start == offset && $0.kind != .object && $0.kind != .array }
  }

  /// Checks what holds for every stream, however broken.
  func expectSound(sourceLocation: SourceLocation = #_sourceLocation) {
    let text = String(decoding: bytes.prefix(200), as: UTF8.self)
    var starts: [Int] = []
    for diagnostic in diagnostics {
      #expect(diagnostic.span.end <= bytes.count, "\(text)", sourceLocation: sourceLocation)
      starts.append(diagnostic.span.start)
      for edit in diagnostic.fixIts.flatMap(\.edits) {
        #expect(edit.span.end <= bytes.count, "\(text)", sourceLocation: sourceLocation)
      }
    }
    #expect(starts == starts.sorted(), "diagnostics stand in source order: \(text)", sourceLocation: sourceLocation)
    var expectedRoot = 0
    for root in document.roots {
      #expect(root.index == expectedRoot, "roots follow one another: \(text)", sourceLocation: sourceLocation)
      expectedRoot = document.next(after: root.index)
    }
    #expect(expectedRoot == document.nodes.count, "every node has a root: \(text)", sourceLocation: sourceLocation)
    expectSoundNodes(text, sourceLocation)
  }

  private func expectSoundNodes(_ text: String, _ sourceLocation: SourceLocation) {
    var open: [(end: Int, span: SourceSpan)] = []
    for (index, node) in document.nodes.enumerated() {
      while let last = open.last, last.end <= index { open.removeLast() }
      #expect(node.span.end <= bytes.count, "\(text)", sourceLocation: sourceLocation)
      // The members that a merge key brings stand where its alias does, or where they were written.
      if let around = open.last {
        #expect(
          node.span.start >= around.span.start && node.span.end <= around.span.end,
          "node \(index) lies in its collection: \(text)", sourceLocation: sourceLocation)
      }
      switch node.kind {
      case .array, .object:
        let end = Int(node.link)
        let isNested = end > index && end <= (open.last?.end ?? document.nodes.count)
        #expect(isNested, "\(text)", sourceLocation: sourceLocation)
        guard isNested else { return }
        open.append((end, node.span))
        if node.kind == .object { expectPairs(index, end, text, sourceLocation) }
      case .alias:
        let target = document.resolved(NodeID(index))
        #expect(target.index < index, "aliases refer backwards: \(text)", sourceLocation: sourceLocation)
        #expect(document[target].kind != .alias, sourceLocation: sourceLocation)
      case .string:
        let map = document.sourceMap(of: NodeID(index))
        let count = unsafe document.withBytes(of: NodeID(index)) { $0.count }
        let whole = map.sourceSpan(SourceSpan(0, count))
        #expect(map.decodedCount == count, "\(text)", sourceLocation: sourceLocation)
        #expect(
          whole.start >= node.span.start && whole.end <= bytes.count, "\(text)", sourceLocation: sourceLocation)
      case .null, .true, .false, .integer, .float, .invalid: break
      }
    }
  }

  private func expectPairs(_ object: Int, _ end: Int, _ text: String, _ sourceLocation: SourceLocation) {
    var child = object + 1
    while child < end {
      let key = document[document.resolved(NodeID(child))]
      #expect(key.kind == .string, "keys are strings: \(text)", sourceLocation: sourceLocation)
      let value = document.next(after: child)
      #expect(value < end, "each key has a value: \(text)", sourceLocation: sourceLocation)
      guard value < end else { return }
      child = document.next(after: value)
    }
  }
}

/// A value as JSON: numbers by value, members in order or sorted, aliases as what they stand for, and `!` for damaged values.
func renderedJSON(of id: NodeID, in document: Document, isSorted: Bool = false) -> String {
  let id = document.resolved(id)
  switch document[id].kind {
  case .null: return "null"
  case .true: return "true"
  case .false: return "false"
  case .integer, .float: return renderedNumber(document.text(of: id))
  case .string: return JSONText.quoted(document.text(of: id))
  case .array:
    var elements: [String] = []
    document.forEachElement(of: id) { _, value in
      elements.append(renderedJSON(of: value, in: document, isSorted: isSorted))
    }
    return "[" + elements.joined(separator: ",") + "]"
  case .object:
    var members: [String] = []
    document.forEachMember(of: id) { key, value in
      members.append(
        JSONText.quoted(document.text(of: key)) + ":" + renderedJSON(of: value, in: document, isSorted: isSorted))
    }
    if isSorted { members.sort() }
    return "{" + members.joined(separator: ",") + "}"
  case .alias: return "*"
  case .invalid: return "!"
  }
}

private func renderedNumber(_ text: String) -> String {
  let unsigned = text.hasPrefix("+") ? String(text.dropFirst()) : text
  if unsigned.hasPrefix("0x"), let value = Int(unsigned.dropFirst(2), radix: 16) { return "\(value)" }
  if unsigned.hasPrefix("0o"), let value = Int(unsigned.dropFirst(2), radix: 8) { return "\(value)" }
  guard let value = Double(unsigned), value.isFinite, let whole = Int(exactly: value) else {
    return Double(unsigned).map { "\($0)" } ?? text
  }
  return "\(whole)"
}
