/// An address and how many of its bits name the network: `net.CIDR`.
///
/// The bits behind those are kept, as in Go's `netip.Prefix`: `10.0.0.1/8` differs from `10.0.0.0/8`.
struct CIDRBlock: OpaqueValue, Hashable {
  let address: IPAddress
  /// INVARIANT: from 0 to the number of bits of the address' family.
  let prefixLength: Int

  private init(_ address: IPAddress, _ prefixLength: Int) {
    self.address = address
    self.prefixLength = prefixLength
  }

  /// Reads an address, a slash and a number, as Go's `netip.ParsePrefix` does.
  init(_ text: ByteView) throws(IPAddressParser.Fault) {
    guard let slash = text.lastIndex(of: UInt8(ascii: "/")) else {
      throw IPAddressParser.Fault(reason: "it has no `/` and prefix length")
    }
    let address = try IPAddressParser.address(text.slice(0..<slash))
    guard let length = Self.number(text.slice(slash + 1..<text.count)), length <= address.family.bitCount else {
      throw IPAddressParser.Fault(
        reason: address.family == .v4
          ? "the prefix length of an IPv4 network is a number from 0 to 32"
          : "the prefix length of an IPv6 network is a number from 0 to 128")
    }
    self.init(address, length)
  }

  /// A decimal number of at most three digits without leading zeros.
  private static func number(_ digits: ByteView) -> Int? {
    guard let first = digits.first, digits.count <= 3, digits.count == 1 || first != UInt8(ascii: "0") else {
      return nil
    }
    var number = 0
    for digit in digits {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      number = number * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return number
  }

  var typeName: String { "net.CIDR" }

  func isEqual(to other: any OpaqueValue) -> Bool { other as? CIDRBlock == self }

  /// The block with all bits of its address cleared that do not name the network.
  var masked: CIDRBlock { CIDRBlock(address.masked(prefixLength), prefixLength) }

  /// Whether an address lies in it; one of another family never does.
  func contains(_ other: IPAddress) -> Bool {
    other.family == address.family && other.masked(prefixLength) == address.masked(prefixLength)
  }

  /// Whether all addresses of a block lie in it.
  func contains(_ other: CIDRBlock) -> Bool { prefixLength <= other.prefixLength && contains(other.address) }
}

extension CIDRBlock: CustomStringConvertible {
  var description: String { "\(address)/\(prefixLength)" }
}
