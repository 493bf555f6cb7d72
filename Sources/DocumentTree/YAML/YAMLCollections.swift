internal import Diagnostics
internal import Source

/// Opening and closing collections, and the members of objects.
extension YAMLReader {
  /// Whether one collection more may be opened; the first that is too deep is reported.
  mutating func canNest(at place: Int) -> Bool {
    // The document itself is a frame.
    guard frames.count > DocumentLimits.nesting else { return true }
    if !hasReportedNesting {
      hasReportedNesting = true
      let message = LimitExceeded("a document nests at most \(DocumentLimits.nesting) levels deep")
      add(Diagnostic(message, at: SourceSpan(place, min(place + 1, count))))
    }
    return false
  }

  /// Ends the innermost collection behind its last child.
  ///
  /// - Returns: Its node.
  mutating func closeCollection() -> Int {
    let frame = frames.removeLast()
    let index = frame.node
    switch frame.kind {
    case .document: return index
    case .blockSequence, .flowSequence: break
    case .blockMapping, .flowMapping, .flowPair: finishMembers(of: index)
    }
    document.nodes[index].link = UInt32(truncatingIfNeeded: document.nodes.count)
    document.nodes[index].span = SourceSpan(document.nodes[index].span.start, contentEnd)
    if frame.anchor >= 0 {
      anchors[frame.anchor].size = document.nodes.count - index + aliasNodes - frame.aliasNodesBefore
    }
    return index
  }

  /// Makes the node at an index, the last one, a key of the innermost collection; reports it when it is no string.
  ///
  /// - Returns: Whether it is a merge key.
  mutating func normalizeKey(_ index: Int) -> Bool {
    let node = document.nodes[index]
    switch node.kind {
    case .string:
      return node.style == .plain && node.span.count == 2 && bytes[node.span.start] == UInt8(ascii: "<")
        && bytes[node.span.start + 1] == UInt8(ascii: "<")
    case .alias:
      if document.nodes[Int(node.link)].kind == .string { return false }
      report("a key must be a string, and `\(excerpt(node.span.start, node.span.end))` stands for none", node.span)
      document.nodes[index].link = DocumentNode.verbatim
    case .null where node.span.isEmpty:
      report("a key is missing in front of the `:`", node.span)
    case .null, .true, .false, .integer, .float:
      let key = excerpt(node.span.start, node.span.end)
      report(
        "a key must be a string; write `\(key)` between quotes", node.span,
        fixIt: node.style == .plain
          ? FixIt("quote the key", replacement: "\"\(text(node.span.start, node.span.end))\"", applicability: .safe)
          : nil)
    case .array, .object:
      report("a key must be a string, not \(node.kind == .array ? "an array" : "an object")", node.span)
      removeNodes(from: index)
      append(DocumentNode(span: node.span, kind: .string, style: .plain, isInFlow: node.isInFlow))
      return false
    case .invalid: break
    }
    document.nodes[index].kind = .string
    return false
  }

  /// Ends a member whose value is the node at an index.
  mutating func finishMember(_ value: Int) {
    let top = frames.count - 1
    if frames[top].isMerging {
      frames[top].isMerging = false
      takeMerge(key: frames[top].key, value: value)
    }
  }

  // MARK: Duplicate keys

  /// Finds keys that stand in their object twice, and adds what merge keys bring.
  private mutating func finishMembers(of object: Int) {
    let end = document.nodes.count
    var keys: [Int] = []
    var index = object + 1
    while index < end {
      keys.append(index)
      index = document.next(after: document.next(after: index))
    }
    let isMerged = merges.last?.object == object
    if keys.count > 12 || isMerged {
      var seen = YAMLKeySet()
      for key in keys {
        if let first = seen.insert(keyBytes(key), key) { document.duplicateKeys.append((NodeID(key), NodeID(first))) }
      }
      if isMerged { appendMerges(of: object, explicit: &seen) }
      return
    }
    for later in keys.indices.dropFirst() {
      let bytes = keyBytes(keys[later])
      for earlier in 0..<later {
        let other = keyBytes(keys[earlier])
        if bytes.count == other.count, bytes.first == other.first, bytes.elementsEqual(other) {
          document.duplicateKeys.append((NodeID(keys[later]), NodeID(keys[earlier])))
          break
        }
      }
    }
  }

  /// The decoded bytes of a key, which may be an alias.
  func keyBytes(_ index: Int) -> ArraySlice<UInt8> {
    document.nodes[index].kind == .alias ? scalarBytes(document.resolved(NodeID(index)).index) : scalarBytes(index)
  }
}

/// The keys of one object, found by their bytes.
struct YAMLKeySet {
  private var firstByHash: [Int: (bytes: ArraySlice<UInt8>, node: Int)] = [:]

  /// Adds a key.
  ///
  /// - Returns: The node of the same key that was there already.
  mutating func insert(_ bytes: ArraySlice<UInt8>, _ node: Int) -> Int? {
    // Hashes are seeded for each process, so that no document can be made to collide.
    var hasher = Hasher()
    unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    var hash = hasher.finalize()
    while let found = firstByHash[hash] {
      if found.bytes.elementsEqual(bytes) { return found.node }
      hash &+= 1
    }
    firstByHash[hash] = (bytes, node)
    return nil
  }
}
