internal import Diagnostics
internal import DocumentTree
internal import Source

/// Fix-its that write a missing field.
extension PolicyDecoder {
  /// Writes `action: deny` behind an object's last member.
  ///
  /// Only an action has a value that almost everyone would write; names, rules and conditions have none.
  func insertion(of field: some SchemaField, into object: Int) -> FixIt? {
    guard field as? RuleField == .action, let edit = insertion(field.key, Action.deny.rawValue, into: object) else {
      return nil
    }
    return FixIt("add `action: deny`", edits: [edit], applicability: .unsafe)
  }

  private func insertion(_ key: String, _ value: String, into object: Int) -> SourceEdit? {
    let end = Int(nodes[object].link)
    guard end > object + 1 else {
      guard isBraced(object) else { return nil }
      return SourceEdit(span: SourceSpan(at: nodes[object].span.start + 1), text: member(key, value))
    }
    let first = nodes[object + 1]
    // A merged member stands somewhere else.
    guard first.kind == .string else { return nil }
    if isBraced(object) {
      guard let last = lastMemberEnd(of: object) else { return nil }
      let indentation = indentation(before: first.span.start).map { lineEnd(of: object) + $0 } ?? " "
      return SourceEdit(span: SourceSpan(at: last), text: "," + indentation + member(key, value))
    }
    guard let indentation = blockIndentation(before: first.span.start) else { return nil }
    var place = nodes[object].span.end
    while place < bytes.count, bytes[place] != 0x0A, bytes[place] != 0x0D { place += 1 }
    return SourceEdit(span: SourceSpan(at: place), text: lineEnd(of: object) + indentation + "\(key): \(value)")
  }

  /// A member as JSON spells it, or as YAML's flow style may.
  private func member(_ key: String, _ value: String) -> String {
    document.format == .json ? "\"\(key)\": \"\(value)\"" : "\(key): \(value)"
  }

  /// Behind the last member's value; `nil` when it stands elsewhere, as aliased or merged ones may.
  private func lastMemberEnd(of object: Int) -> Int? {
    let end = Int(nodes[object].link)
    var last = object + 1
    var child = last
    while child < end {
      last = child
      child = next(after: child)
    }
    let node = nodes[last]
    return node.kind == .invalid ? nil : node.span.end
  }

  /// The blanks before a place, if nothing else stands before it on its line.
  private func indentation(before place: Int) -> String? {
    let start = lineStart(before: place)
    guard start > 0, bytes[start..<place].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return nil }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  /// The indentation of a block mapping: as many blanks as stand before its first key, dashes counted as blanks.
  private func blockIndentation(before place: Int) -> String? {
    let start = lineStart(before: place)
    guard bytes[start..<place].allSatisfy({ $0 == 0x20 || $0 == 0x2D }) else { return nil }
    return String(repeating: " ", count: place - start)
  }

  private func lineStart(before place: Int) -> Int {
    var start = place
    while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
    return start
  }

  /// The line end that the document uses around an object.
  private func lineEnd(of object: Int) -> String {
    var place = nodes[object].span.start
    while place < bytes.count, bytes[place] != 0x0A, bytes[place] != 0x0D { place += 1 }
    guard place < bytes.count, bytes[place] == 0x0D else { return "\n" }
    return place + 1 < bytes.count && bytes[place + 1] == 0x0A ? "\r\n" : "\r"
  }
}
