/// An address of the internet protocol, of version 4 or 6: `net.IP`.
///
/// What it is and what it is called follow Kubernetes' `ip` library, which takes them from Go's `net/netip`.
struct IPAddress: OpaqueValue, Hashable {
  enum Family: Int64, Sendable {
    case v4 = 4
    case v6 = 6

    var bitCount: Int { self == .v4 ? 32 : 128 }
  }

  let family: Family
  /// The address as a number, the first byte highest; one of version 4 takes the lowest 32 bits.
  let high: UInt64
  let low: UInt64

  init(v4 bits: UInt32) {
    family = .v4
    high = 0
    low = UInt64(bits)
  }

  init(v6 high: UInt64, _ low: UInt64) {
    family = .v6
    self.high = high
    self.low = low
  }

  var typeName: String { "net.IP" }

  func isEqual(to other: any OpaqueValue) -> Bool { other as? IPAddress == self }
}

extension IPAddress {
  /// Whether it is of version 6 and holds one of version 4, in `::ffff:0:0/96`.
  var isMapped: Bool { family == .v6 && high == 0 && low >> 32 == 0xFFFF }

  /// What a mapped address holds; other addresses themselves.
  private var unmapped: IPAddress { isMapped ? IPAddress(v4: UInt32(truncatingIfNeeded: low)) : self }

  var isUnspecified: Bool { high == 0 && low == 0 }

  var isLoopback: Bool {
    let address = unmapped
    return address.family == .v4 ? address.low >> 24 == 127 : address.high == 0 && address.low == 1
  }

  private var isMulticast: Bool {
    let address = unmapped
    return address.family == .v4 ? address.low >> 28 == 0xE : address.high >> 56 == 0xFF
  }

  var isLinkLocalMulticast: Bool {
    let address = unmapped
    return address.family == .v4 ? address.low >> 8 == 0xE0_00_00 : (address.high >> 48) & 0xFF0F == 0xFF02
  }

  var isLinkLocalUnicast: Bool {
    let address = unmapped
    return address.family == .v4 ? address.low >> 16 == 0xA9FE : (address.high >> 48) & 0xFFC0 == 0xFE80
  }

  /// Whether it names one host beyond its link; private addresses do, in this sense (Go, `netip.Addr.IsGlobalUnicast`).
  var isGlobalUnicast: Bool {
    let address = unmapped
    if address.family == .v4, address.low == 0xFFFF_FFFF { return false }
    return !address.isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast
  }

  /// The address with all but the first bits cleared, of which there are from 0 to the family's number of bits.
  func masked(_ prefixLength: Int) -> IPAddress {
    switch family {
    case .v4: IPAddress(v4: UInt32(truncatingIfNeeded: low) & (UInt32.max << UInt32(32 - prefixLength)))
    case .v6:
      IPAddress(
        v6: high & (UInt64.max << UInt64(max(0, 64 - prefixLength))),
        low & (UInt64.max << UInt64(min(64, 128 - prefixLength))))
    }
  }
}

extension IPAddress: CustomStringConvertible {
  /// The canonical form (RFC 5952): lower case, without leading zeros, the longest run of zeros as `::`.
  var description: String {
    if family == .v4 { return "\(low >> 24).\(low >> 16 & 0xFF).\(low >> 8 & 0xFF).\(low & 0xFF)" }
    if isMapped { return "::ffff:\(unmapped)" }
    let shifted: [UInt64] = [high >> 48, high >> 32, high >> 16, high, low >> 48, low >> 32, low >> 16, low]
    let groups = shifted.map { $0 & 0xFFFF }
    var zeros = 0..<0
    var index = 0
    while index < 8 {
      let start = index
      while index < 8, groups[index] == 0 { index += 1 }
      // A single group of zeros is written out; of two equal runs the first is taken.
      if index - start > max(1, zeros.count) { zeros = start..<index }
      index += 1
    }
    let text = groups.map { String($0, radix: 16) }
    guard !zeros.isEmpty else { return text.joined(separator: ":") }
    let before = text[..<zeros.lowerBound].joined(separator: ":")
    let behind = text[zeros.upperBound...].joined(separator: ":")
    return "\(before)::\(behind)"
  }
}
