internal import DocumentTree

/// Takes messages out of a stream of bytes: `Content-Length: 2\r\n\r\n{}`.
///
/// The bytes may come in packets of any size. Header names in any letter case, blanks around values, other headers and lines
/// that end with LF alone are accepted. What is no header is skipped up to the next `Content-Length`.
package struct MessageFraming {
  /// What the stream holds.
  package enum Frame: Equatable {
    case message([UInt8])
    /// Bytes that are no message; what is wrong with them.
    case garbage(String)
  }

  private var buffer: [UInt8] = []
  /// How much of the buffer has been taken.
  private var taken = 0
  /// How much of a message that is too large is still to be passed over.
  private var skipped = 0
  /// Whether bytes are passed over until a header is found.
  private var isLost = false

  /// Headers of more bytes than this are none.
  private static let headerLimit = 4_096
  private static let lengthName = Array("content-length".utf8)

  package init() {}

  /// Adds a packet.
  package mutating func append(_ bytes: some Sequence<UInt8>) {
    if taken > 0, taken == buffer.count || taken > 1 << 16 {
      buffer.removeFirst(taken)
      taken = 0
    }
    buffer += bytes
  }

  /// The next message; `nil` when more bytes are needed.
  package mutating func next() -> Frame? {
    if skipped > 0 {
      let count = min(skipped, buffer.count - taken)
      taken += count
      skipped -= count
      if skipped > 0 { return nil }
    }
    if isLost { findHeader() }
    guard taken < buffer.count else { return nil }
    guard let (fields, end) = header() else {
      guard buffer.count - taken > Self.headerLimit || !mayBeHeader else { return nil }
      return lost("the header has no end")
    }
    guard let length = fields else { return lost("the header names no `Content-Length`") }
    guard length <= DocumentLimits.byteCount else {
      taken = end
      skipped = length
      return .garbage("a message has at most \(DocumentLimits.byteCount >> 20) MiB")
    }
    guard buffer.count - end >= length else { return nil }
    taken = end + length
    return .message(Array(buffer[end..<taken]))
  }

  private mutating func lost(_ reason: String) -> Frame {
    isLost = true
    taken += 1
    findHeader()
    return .garbage(reason)
  }

  /// Passes over what stands before the next header.
  private mutating func findHeader() {
    while taken < buffer.count {
      let rest = min(Self.lengthName.count, buffer.count - taken)
      if (0..<rest).allSatisfy({ lowercased(buffer[taken + $0]) == Self.lengthName[$0] }) {
        if rest == Self.lengthName.count { isLost = false }
        return
      }
      taken += 1
    }
  }

  /// Whether what has come so far may be the start of a header: a name and a colon.
  private var mayBeHeader: Bool {
    for byte in buffer[taken...] {
      switch byte {
      case UInt8(ascii: ":"), 0x0A, 0x0D: return true
      case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, UInt8(ascii: "-"), 0x20, 0x09: continue
      default: return false
      }
    }
    return true
  }

  /// The length that the header tells, if it tells one, and where it ends; `nil` before its last line is there.
  private func header() -> (length: Int?, end: Int)? {
    var length: Int?
    var start = taken
    while let end = buffer[start...].firstIndex(of: 0x0A) {
      if end - taken > Self.headerLimit { return nil }
      let line = end > start && buffer[end - 1] == 0x0D ? buffer[start..<end - 1] : buffer[start..<end]
      start = end + 1
      if line.isEmpty { return (length, start) }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return (nil, start) }
      let name = line[..<colon].filter { $0 != 0x20 && $0 != 0x09 }.map(lowercased)
      if name == Self.lengthName { length = number(line[(colon + 1)...]) }
    }
    return nil
  }

  private func number(_ text: ArraySlice<UInt8>) -> Int? {
    let digits = text.filter { $0 != 0x20 && $0 != 0x09 }
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  private func lowercased(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

  /// A message with its header.
  package static func framed(_ message: [UInt8]) -> [UInt8] {
    Array("Content-Length: \(message.count)\r\n\r\n".utf8) + message
  }
}
