import Diagnostics
import DocumentTree
import MarkedSource
import Source
import Testing

/// A document and what the JSON reader made of it.
struct JSONReading {
  let bytes: [UInt8]
  let document: Document
  let diagnostics: [Diagnostic]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    (document, diagnostics) = readJSON(SourceText(name: "test.json", bytes: bytes))
  }

  init(_ text: String) { self.init(Array(text.utf8)) }

  /// The tree written as JSON again: what was read, apart from how it was spelt, and `!` for damaged values.
  var rendered: String {
    var text = ""
    for root in document.roots { render(root, into: &text) }
    return text
  }

  private func render(_ id: NodeID, into text: inout String) {
    switch document[id].kind {
    case .null: text += "null"
    case .true: text += "true"
    case .false: text += "false"
    case .integer, .float: text += document.text(of: id)
    case .string: text += JSONText.quoted(document.text(of: id))
    case .array:
      var elements: [String] = []
      document.forEachElement(of: id) { _, value in
        var element = ""
        render(value, into: &element)
        elements.append(element)
      }
      text += "[" + elements.joined(separator: ",") + "]"
    case .object:
      var members: [String] = []
      document.forEachMember(of: id) { key, value in
        var member = JSONText.quoted(document.text(of: key)) + ":"
        render(value, into: &member)
        members.append(member)
      }
      text += "{" + members.joined(separator: ",") + "}"
    case .alias: text += "*"
    case .invalid: text += "!"
    }
  }

  /// The text with the edits of some fix-its made.
  func applying(_ fixIts: [FixIt]) -> [UInt8] {
    var mended = bytes
    let edits = fixIts.flatMap(\.edits).sorted { ($0.span.start, $0.span.end) > ($1.span.start, $1.span.end) }
    for edit in edits { mended.replaceSubrange(edit.span.range, with: Array(edit.text.utf8)) }
    return mended
  }

  /// Checks what holds for every document, however broken.
  func expectSound(sourceLocation: SourceLocation = #_sourceLocation) {
    var starts: [Int] = []
    for diagnostic in diagnostics {
      #expect(diagnostic.span.end <= bytes.count, sourceLocation: sourceLocation)
      starts.append(diagnostic.span.start)
      for fixIt in diagnostic.fixIts {
        #expect(fixIt.edits.allSatisfy { $0.span.end <= bytes.count }, sourceLocation: sourceLocation)
      }
    }
    #expect(starts == starts.sorted(), "diagnostics stand in source order", sourceLocation: sourceLocation)
    #expect(document.roots.count <= 1, sourceLocation: sourceLocation)
    #expect(diagnostics.isEmpty ? document.roots.count == 1 : true, sourceLocation: sourceLocation)
    var open: [(end: Int, span: SourceSpan)] = []
    for (index, node) in document.nodes.enumerated() {
      while let last = open.last, last.end <= index { open.removeLast() }
      if let around = open.last {
        #expect(
          node.span.start >= around.span.start && node.span.end <= around.span.end,
          "node \(index) lies in its container: \(String(decoding: bytes, as: UTF8.self))",
          sourceLocation: sourceLocation)
      }
      #expect(node.span.end <= bytes.count, sourceLocation: sourceLocation)
      if node.kind == .array || node.kind == .object {
        let end = Int(node.link)
        #expect(end > index && end <= (open.last?.end ?? document.nodes.count), sourceLocation: sourceLocation)
        open.append((end, node.span))
        if node.kind == .object { expectPairs(index, end, sourceLocation) }
      } else if node.kind == .string {
        expectSoundMap(NodeID(index), sourceLocation)
      }
    }
  }

  private func expectPairs(_ object: Int, _ end: Int, _ sourceLocation: SourceLocation) {
    var child = object + 1
    while child < end {
      #expect(document.nodes[child].kind == .string, "keys are strings", sourceLocation: sourceLocation)
      let value = document.next(after: child)
      #expect(value < end, "each key has a value", sourceLocation: sourceLocation)
      guard value < end else { return }
      child = document.next(after: value)
    }
  }

  private func expectSoundMap(_ id: NodeID, _ sourceLocation: SourceLocation) {
    let map = document.sourceMap(of: id)
    let count = unsafe document.withBytes(of: id) { $0.count }
    let whole = map.sourceSpan(SourceSpan(0, count))
    #expect(map.decodedCount == count, sourceLocation: sourceLocation)
    #expect(
      whole.start >= document[id].span.start && whole.end <= document[id].span.end, sourceLocation: sourceLocation)
  }
}
