/// A file of compiled time zone rules (RFC 9636, versions 1 to 4); not trusted.
struct TZifFile {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The six counts of a header, and where its block of data starts.
  private struct Block {
    let version: UInt8
    let data: Int
    let isUTCount: Int
    let isStandardCount: Int
    let leapCount: Int
    let changeCount: Int
    let typeCount: Int
    let nameLength: Int

    /// Behind the data, if a time takes so many bytes.
    func end(timeSize: Int) -> Int {
      data + changeCount * (timeSize + 1) + typeCount * 6 + nameLength + leapCount * (timeSize + 4) + isStandardCount
        + isUTCount
    }
  }

  /// What the file says; `nil` when it is damaged, or counts leap seconds, which timestamps do not.
  var rules: RegionalRules? {
    guard let first = block(at: 0) else { return nil }
    if first.version < 0x32 { return rules(first, timeSize: 4, future: nil) }
    let end = first.end(timeSize: 4)
    guard let second = block(at: end) else { return nil }
    let footer = second.end(timeSize: 8)
    guard footer < bytes.count, bytes[footer] == 0x0A,
      let footerEnd = bytes[(footer + 1)...].firstIndex(of: 0x0A)
    else { return nil }
    let text = bytes[(footer + 1)..<footerEnd]
    if text.isEmpty { return rules(second, timeSize: 8, future: nil) }
    guard let future = DaylightRule(text) else { return nil }
    return rules(second, timeSize: 8, future: future)
  }

  private func block(at start: Int) -> Block? {
    // INVARIANT: counts are below 2^32, so that no sum of their products overflows.
    guard start + 44 <= bytes.count, bytes[start..<start + 4].elementsEqual("TZif".utf8) else { return nil }
    let counts = (0..<6).map { Int(number(at: start + 20 + $0 * 4, size: 4) & 0xFFFF_FFFF) }
    return Block(
      version: bytes[start + 4], data: start + 44, isUTCount: counts[0], isStandardCount: counts[1],
      leapCount: counts[2],
      changeCount: counts[3], typeCount: counts[4], nameLength: counts[5])
  }

  private func rules(_ block: Block, timeSize: Int, future: DaylightRule?) -> RegionalRules? {
    guard block.end(timeSize: timeSize) <= bytes.count, block.leapCount == 0, block.typeCount > 0 else { return nil }
    let indices = block.data + block.changeCount * timeSize
    let types = indices + block.changeCount
    var changes: [Int64] = []
    var offsets: [Int32] = []
    for index in 0..<block.changeCount {
      let change = number(at: block.data + index * timeSize, size: timeSize)
      if let last = changes.last, change <= last { return nil }
      guard let offset = offset(ofType: Int(bytes[indices + index]), block, types) else { return nil }
      changes.append(change)
      offsets.append(offset)
    }
    guard let firstOffset = offset(ofType: 0, block, types) else { return nil }
    return RegionalRules(firstOffset: firstOffset, changes: changes, offsets: offsets, future: future)
  }

  /// The seconds east of a type of local time; `nil` when there is no such type, or beyond what RFC 9636 allows.
  private func offset(ofType type: Int, _ block: Block, _ types: Int) -> Int32? {
    guard type < block.typeCount else { return nil }
    let offset = number(at: types + type * 6, size: 4)
    return -89_999...93_599 ~= offset ? Int32(offset) : nil
  }

  /// A number in network order, with a sign; the caller has looked that it is there.
  private func number(at start: Int, size: Int) -> Int64 {
    var value: UInt64 = 0
    for byte in bytes[start..<start + size] { value = value << 8 | UInt64(byte) }
    return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
  }
}
