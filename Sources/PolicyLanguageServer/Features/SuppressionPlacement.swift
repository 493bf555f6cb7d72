internal import Diagnostics
internal import DocumentTree
internal import Source

/// Where a suppression of a diagnostic is written.
struct SuppressionPlacement {
  private let source: SourceText
  private let document: Document

  init(_ source: SourceText) {
    self.source = source
    document = readDocument(source).document
  }

  /// The insertion that suppresses a diagnostic; `nil` where there is no place for one.
  func edit(suppressing diagnostic: Diagnostic) -> SourceEdit? {
    switch document.format {
    case .yaml: comment(diagnostic)
    case .json: member(diagnostic)
    }
  }

  /// A comment on a line of its own, above the line that the text of the diagnostic starts on.
  private func comment(_ diagnostic: Diagnostic) -> SourceEdit? {
    let bytes = source.bytes
    var offset = min(diagnostic.span.start, bytes.count)
    // No comment can stand inside a text of several lines.
    for node in document.nodes where node.kind == .string {
      if node.span.start <= offset, offset < node.span.end { offset = node.span.start }
    }
    var line = offset
    while line > 0, bytes[line - 1] != 0x0A, bytes[line - 1] != 0x0D { line -= 1 }
    let indentation = bytes[line...].prefix { $0 == 0x20 }
    let lineEnd =
      bytes.contains(0x0A) && bytes[line...].firstIndex(of: 0x0A).map { $0 > 0 && bytes[$0 - 1] == 0x0D } == true
    let text =
      String(decoding: indentation, as: UTF8.self) + "# policycortex: ignore[\(diagnostic.code)] -- reason"
      + (lineEnd ? "\r\n" : "\n")
    return SourceEdit(span: SourceSpan(at: line), text: text)
  }

  /// `x-policycortex` as the first member of the innermost object that the diagnostic belongs to.
  private func member(_ diagnostic: Diagnostic) -> SourceEdit? {
    let offset = diagnostic.span.start
    var object: Int?
    for index in document.nodes.indices where document.nodes[index].kind == .object {
      let span = document.nodes[index].span
      guard span.start <= offset, offset < span.end else { continue }
      // An object of names, such as `variables`, has no member of ours.
      if isRuleOrPolicy(index) { object = index }
    }
    guard let object, document.next(after: object) > object + 1 else { return nil }
    let first = document.nodes[object + 1].span.start
    let gap = String(decoding: source.bytes[(document.nodes[object].span.start + 1)..<first], as: UTF8.self)
    let text = #""x-policycortex": {"ignore": ["\#(diagnostic.code)"], "reason": "reason"},"#
    return SourceEdit(span: SourceSpan(at: first), text: text + (gap.isEmpty ? " " : gap))
  }

  private func isRuleOrPolicy(_ object: Int) -> Bool {
    var isOne = false
    var isSuppressed = false
    document.forEachMember(of: NodeID(object)) { key, _ in
      switch document.text(of: key) {
      case "condition", "rules", "action", "effect": isOne = true
      case "x-policycortex": isSuppressed = true
      default: break
      }
    }
    return isOne && !isSuppressed
  }
}
