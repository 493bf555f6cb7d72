internal import DocumentTree
internal import Source

/// The tree as the decoder walks it: by index, without closures, since it visits every member of 100,000 rules.
extension PolicyDecoder {
  /// The index behind a node's subtree.
  func next(after index: Int) -> Int {
    let node = nodes[index]
    return node.kind == .object || node.kind == .array ? Int(node.link) : index + 1
  }

  /// What an alias stands for, or the node itself.
  func resolved(_ index: Int) -> Int {
    nodes[index].kind == .alias ? document.resolved(NodeID(index)).index : index
  }

  /// The decoded bytes of a string or key: the array that holds them, and where in it.
  func content(of index: Int) -> (bytes: [UInt8], range: Range<Int>) {
    let node = nodes[resolved(index)]
    guard node.link == DocumentNode.verbatim else {
      return (document.decodedBytes, document.decodedTexts[Int(node.link)].bytes.range)
    }
    return (bytes, verbatimRange(of: node))
  }

  /// A verbatim string's content: its span without quotes.
  private func verbatimRange(of node: DocumentNode) -> Range<Int> {
    switch node.style {
    case .json, .singleQuoted, .doubleQuoted: node.span.start + 1..<max(node.span.start + 1, node.span.end - 1)
    case .plain, .literal, .folded: node.span.range
    }
  }

  /// The raw value of the field that a key names, `nil` when it names none.
  func field(_ key: Int, among keys: FieldKeys) -> UInt8? {
    let node = nodes[key]
    guard node.link == DocumentNode.verbatim, node.kind == .string else {
      let name = content(of: key)
      return keys.field(in: name.bytes, at: name.range.lowerBound, count: name.range.count)
    }
    let range = verbatimRange(of: node)
    return keys.field(in: bytes, at: range.lowerBound, count: range.count)
  }

  /// Whether a key is one that every object of the schema lets pass: `x-…`.
  func isExtensionKey(_ key: Int) -> Bool {
    let name = content(of: key)
    return name.range.count >= 2 && name.bytes[name.range.lowerBound] == 0x78
      && name.bytes[name.range.lowerBound + 1] == 0x2D
  }

  /// Whether a key is `$schema` or `x-…`.
  func isIgnoredKey(_ key: Int) -> Bool {
    isExtensionKey(key) || field(key, among: policyKeys) == PolicyField.schema.rawValue
  }
}
