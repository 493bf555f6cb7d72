/// Reads addresses as Go's `netip.ParseAddr` does.
///
/// Refused besides are zones, and addresses of version 4 that are written as ones of version 6 (`::ffff:10.0.0.1`): that
/// they are meant as either is where firewalls have been got round (Kubernetes' `ip` library).
struct IPAddressParser {
  private let text: ByteView
  private var index = 0

  /// Why a text is no address, in the words of a diagnostic.
  struct Fault: Error {
    let reason: StaticString
  }

  private init(_ text: ByteView) { self.text = text }

  /// The address that a whole text spells.
  static func address(_ text: ByteView) throws(Fault) -> IPAddress {
    var parser = IPAddressParser(text)
    for byte in text {
      switch byte {
      case UInt8(ascii: "."): return IPAddress(v4: try parser.v4())
      case UInt8(ascii: ":"): return try parser.v6()
      case UInt8(ascii: "%"): throw Fault(reason: "there is no address before the zone")
      default: continue
      }
    }
    throw Fault(reason: "it has neither dots nor colons")
  }

  private var next: UInt8? { index < text.count ? text[index] : nil }

  /// Four decimal numbers up to the end of the text.
  private mutating func v4() throws(Fault) -> UInt32 {
    var bits: UInt32 = 0
    for field in 0..<4 {
      if field > 0 {
        guard next == UInt8(ascii: ".") else { throw Fault(reason: "an IPv4 address has four numbers") }
        index += 1
      }
      bits = bits << 8 | (try decimalField())
    }
    guard index == text.count else { throw Fault(reason: "an IPv4 address ends behind its four numbers") }
    return bits
  }

  private mutating func decimalField() throws(Fault) -> UInt32 {
    let start = index
    var value: UInt32 = 0
    while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      if index > start, value == 0 { throw Fault(reason: "its numbers have no leading zeros") }
      value = value * 10 + UInt32(byte - UInt8(ascii: "0"))
      guard value <= 255 else { throw Fault(reason: "its numbers are at most 255") }
      index += 1
    }
    guard index > start else { throw Fault(reason: "a number is missing between its dots") }
    return value
  }

  /// Eight groups of hexadecimal digits, a run of zeros as `::`, the last two perhaps as an IPv4 address.
  private mutating func v6() throws(Fault) -> IPAddress {
    if text.contains(UInt8(ascii: "%")) { throw Fault(reason: "an address with a zone is not allowed") }
    // The groups before `::` and those behind it.
    var groups: [UInt64] = []
    var ellipsis: Int?
    var endsInV4 = false
    if text.count >= 2, text[0] == UInt8(ascii: ":"), text[1] == UInt8(ascii: ":") {
      ellipsis = 0
      index = 2
    }
    while index < text.count {
      guard groups.count < 8 else { throw Fault(reason: "an IPv6 address has at most eight groups") }
      let start = index
      let group = try hexadecimalGroup()
      if next == UInt8(ascii: ".") {
        guard groups.count <= 6, ellipsis != nil || groups.count == 6 else {
          throw Fault(reason: "an IPv4 address takes the place of the last two groups")
        }
        index = start
        let bits = try v4()
        groups += [UInt64(bits >> 16), UInt64(bits & 0xFFFF)]
        endsInV4 = true
        break
      }
      groups.append(group)
      guard let separator = next else { break }
      guard separator == UInt8(ascii: ":") else { throw Fault(reason: "its groups are of hexadecimal digits") }
      index += 1
      guard let following = next else { throw Fault(reason: "a group is missing behind its last colon") }
      guard following == UInt8(ascii: ":") else { continue }
      guard ellipsis == nil else { throw Fault(reason: "`::` stands in an address once") }
      ellipsis = groups.count
      index += 1
    }
    if let ellipsis {
      guard groups.count < 8 else { throw Fault(reason: "`::` stands for one group at least") }
      groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: ellipsis)
    }
    guard groups.count == 8 else { throw Fault(reason: "an IPv6 address has eight groups") }
    let address = IPAddress(
      v6: groups[..<4].reduce(0) { $0 << 16 | $1 }, groups[4...].reduce(0) { $0 << 16 | $1 })
    if endsInV4, address.isMapped { throw Fault(reason: "an IPv4-mapped IPv6 address is not allowed") }
    return address
  }

  /// One to four hexadecimal digits.
  private mutating func hexadecimalGroup() throws(Fault) -> UInt64 {
    let start = index
    var value: UInt64 = 0
    while let byte = next, let digit = Self.digit(byte) {
      guard index - start < 4 else { throw Fault(reason: "its groups have at most four digits") }
      value = value << 4 | digit
      index += 1
    }
    guard index > start else { throw Fault(reason: "a group is missing between its colons") }
    return value
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}
