internal import Glibc

/// A pattern that is only text, at the start, at the end, or anywhere: comparing bytes answers it.
struct LiteralSearch: Sendable {
  /// The longest text that is searched for anywhere.
  private static let lengthLimit = 64

  private let bytes: [UInt8]
  private let isAtStart: Bool
  private let isAtEnd: Bool

  /// The search of a pattern; `nil` for a pattern that is more than text.
  init?(_ pattern: RE2Pattern) {
    var bytes: [UInt8] = []
    var isAtStart = false
    var isAtEnd = false
    let parts: ArraySlice<Int> =
      switch pattern.nodes[pattern.root] {
      case .concatenation(let start, let count): pattern.parts[start..<start + count]
      default: [pattern.root]
      }
    for (position, part) in parts.enumerated() {
      switch pattern.nodes[part] {
      case .literal(let codePoint) where !isAtEnd:
        guard let scalar = Unicode.Scalar(codePoint), let encoded = UTF8.encode(scalar) else { return nil }
        bytes += encoded
      case .assertion(.textStart) where position == 0: isAtStart = true
      case .assertion(.textEnd) where position == parts.count - 1: isAtEnd = true
      default: return nil
      }
    }
    // A long text that is searched for might be compared almost whole at each place.
    if !isAtStart, !isAtEnd, bytes.count > LiteralSearch.lengthLimit { return nil }
    self.bytes = bytes
    self.isAtStart = isAtStart
    self.isAtEnd = isAtEnd
  }

  /// Whether the text is there.
  @inline(__always)
  func matches(_ subject: UnsafeBufferPointer<UInt8>) -> Bool { unsafe firstMatch(in: subject, from: 0) != nil }

  /// Where the text is first, at or behind an offset.
  func firstMatch(in subject: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int>? {
    let count = bytes.count
    guard start >= 0, subject.count - start >= count else { return nil }
    let last = subject.count - count
    if isAtStart {
      guard start == 0, !isAtEnd || last == 0 else { return nil }
      return unsafe isThere(subject, at: 0) ? 0..<count : nil
    }
    if isAtEnd { return unsafe isThere(subject, at: last) ? last..<subject.count : nil }
    guard count > 0 else { return start..<start }
    guard let address = subject.baseAddress else { return nil }
    var offset = start
    while offset <= last, let found = unsafe memchr(address + offset, Int32(bytes[0]), last + 1 - offset) {
      offset = unsafe UnsafeRawPointer(found) - UnsafeRawPointer(address)
      if unsafe isThere(subject, at: offset) { return offset..<offset + count }
      offset += 1
    }
    return nil
  }

  private func isThere(_ subject: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
    guard let address = subject.baseAddress, !bytes.isEmpty else { return bytes.isEmpty }
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let first = bytes.baseAddress else { return false }
      return unsafe memcmp(address + offset, first, bytes.count) == 0
    }
  }
}
