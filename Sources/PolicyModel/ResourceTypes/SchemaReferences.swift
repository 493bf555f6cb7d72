internal import DocumentTree

// JSON Pointers: `{"$ref": "#/definitions/Rule"}`.
extension SchemaReader {
  /// The schema that a reference leads to; `nil` when it leads out of the document or nowhere.
  mutating func target(of reference: NodeID) -> NodeID? {
    guard document[reference].kind == .string else { return nil }
    let text = bytes(reference)
    if let known = targets[text] { return known }
    let target = resolve(text)
    targets[text] = .some(target)
    return target
  }

  private mutating func resolve(_ text: [UInt8]) -> NodeID? {
    guard text.first == UInt8(ascii: "#") else { return nil }
    let pointer = Self.unescaped(text.dropFirst())
    guard !pointer.isEmpty else { return root }
    guard pointer.first == UInt8(ascii: "/") else { return nil }
    var node = root
    for part in pointer.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard let next = child(of: document.resolved(node), named: Self.unquoted(part)) else { return nil }
      node = next
    }
    return document.resolved(node)
  }

  private mutating func child(of node: NodeID, named name: [UInt8]) -> NodeID? {
    switch document[node].kind {
    case .object: return members(of: node)[name]
    case .array:
      guard let index = Int(String(decoding: name, as: UTF8.self)) else { return nil }
      var found: NodeID?
      document.forEachElement(of: node) { if $0 == index { found = $1 } }
      return found
    case .null, .true, .false, .integer, .float, .string, .alias, .invalid: return nil
    }
  }

  /// The members of an object that references lead through, found by name.
  private mutating func members(of node: NodeID) -> [[UInt8]: NodeID] {
    if let known = memberIndexes[node] { return known }
    var members: [[UInt8]: NodeID] = [:]
    document.forEachMember(of: node) { key, value in
      let name = bytes(key)
      if members[name] == nil { members[name] = value }
    }
    memberIndexes[node] = members
    return members
  }

  /// What a fragment of a URI spells (RFC 3986, section 2.1).
  private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == UInt8(ascii: "%"), index + 2 < text.endIndex,
        let byte = UInt8(String(decoding: text[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        result.append(byte)
        index += 3
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  /// What a part of a pointer spells (RFC 6901, section 4).
  private static func unquoted(_ part: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = part.startIndex
    while index < part.endIndex {
      if part[index] == UInt8(ascii: "~"), index + 1 < part.endIndex {
        result.append(part[index + 1] == UInt8(ascii: "1") ? UInt8(ascii: "/") : UInt8(ascii: "~"))
        index += 2
      } else {
        result.append(part[index])
        index += 1
      }
    }
    return result
  }
}
