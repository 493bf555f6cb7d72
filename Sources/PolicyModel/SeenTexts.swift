internal import DocumentTree
internal import Source

/// The texts of a document met so far, each with the node that had it first.
///
/// Texts are compared byte by byte: `String` would take canonically equivalent ones for equal. The hash is seeded, so that
/// no document can be made to collide. An open-addressing table of indexes into a list of entries.
struct SeenTexts {
  private struct Entry {
    let text: TextRange
    let node: UInt32
    let tag: UInt32
    let hash: Int
  }

  private let document: Document
  private var entries: [Entry] = []
  /// Indexes into `entries` plus one; 0 is a free slot.
  ///
  /// INVARIANT: a power of two, at least twice the entries.
  private var slots = [UInt32](repeating: 0, count: 16)

  init(_ document: Document) { self.document = document }

  /// Notes a text, unless it was met before.
  ///
  /// - Parameters:
  ///   - node: The node that has it.
  ///   - tag: Kept with it.
  ///   - text: Where it is.
  /// - Returns: The first that had it, `nil` when this is the first.
  mutating func insert(_ node: Int, tag: UInt32 = 0, _ text: TextRange) -> (node: Int, tag: UInt32)? {
    var hasher = Hasher()
    unsafe bytes(of: text).withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    let hash = hasher.finalize()
    var slot = hash & (slots.count - 1)
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.hash == hash, bytes(of: entry.text) == bytes(of: text) { return (Int(entry.node), entry.tag) }
      slot = (slot + 1) & (slots.count - 1)
    }
    entries.append(Entry(text: text, node: UInt32(truncatingIfNeeded: node), tag: tag, hash: hash))
    slots[slot] = UInt32(truncatingIfNeeded: entries.count)
    if entries.count * 2 > slots.count { grow() }
    return nil
  }

  private func bytes(of text: TextRange) -> ArraySlice<UInt8> {
    text.isDecoded ? document.decodedBytes[text.span.range] : document.source.bytes[text.span.range]
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      var slot = entry.hash & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: index + 1)
    }
  }
}

/// Where a text's bytes are: in the document as it is written, or among its decoded texts.
struct TextRange {
  let span: SourceSpan
  let isDecoded: Bool
}
