internal import DocumentTree
internal import Source

/// The tree as the decoder walks it: by index, without closures, since it visits every member of 100,000 rules.
extension PolicyDecoder {
  /// The index behind a node's subtree.
  func next(after index: Int) -> Int {
    switch nodes[index].kind {
    case .object, .array: Int(nodes[index].link)
    case .null, .true, .false, .integer, .float, .string, .alias, .invalid: index + 1
    }
  }

  /// What an alias stands for, or the node itself.
  func resolved(_ index: Int) -> Int {
    if case .alias = nodes[index].kind { return document.resolved(NodeID(index)).index }
    return index
  }

  /// The decoded bytes of a string or key: the array that holds them, and where in it.
  func content(of index: Int) -> (bytes: [UInt8], range: Range<Int>) {
    let text = textRange(of: index)
    return (text.isDecoded ? document.decodedBytes : bytes, text.span.range)
  }

  /// Where the decoded bytes of a string or key are.
  func textRange(of index: Int) -> TextRange {
    let node = nodes[resolved(index)]
    if node.link == DocumentNode.verbatim { return TextRange(span: verbatimSpan(of: node), isDecoded: false) }
    return TextRange(span: document.decodedTexts[Int(node.link)].bytes, isDecoded: true)
  }

  /// A verbatim string's content: its span without quotes.
  private func verbatimSpan(of node: DocumentNode) -> SourceSpan {
    switch node.style {
    case .json, .singleQuoted, .doubleQuoted: SourceSpan(node.span.start + 1, node.span.end - 1)
    case .plain, .literal, .folded: node.span
    }
  }

  /// The raw value of the field that a key names, `nil` when it names none.
  func field(_ key: Int, among keys: FieldKeys) -> UInt8? {
    let node = nodes[key]
    guard node.link == DocumentNode.verbatim, case .string = node.kind else {
      let name = content(of: key)
      return keys.field(in: name.bytes, at: name.range.lowerBound, count: name.range.count)
    }
    let span = verbatimSpan(of: node)
    return keys.field(in: bytes, at: span.start, count: span.count)
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
