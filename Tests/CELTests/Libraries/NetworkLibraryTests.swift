import MarkedSource
import Testing

@testable import CEL

@Suite("The network library")
struct NetworkLibraryTests {
  @Test(
    "reads addresses and writes them in canonical form",
    arguments: [
      ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("10.0.0.1", "10.0.0.1"),
      ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8::00ab", "2001:db8::ab"),
      ("0:0:0:0:0:0:0:0", "::"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
      ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("1:0:0:2:0:0:3:4", "1::2:0:0:3:4"),
      ("1:0:2:0:3:0:4:0", "1:0:2:0:3:0:4:0"), ("0:0:1::", "0:0:1::"), ("fe80:0:0:0:0:0:0:1", "fe80::1"),
      ("::1.2.3.4", "::102:304"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
      ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"), ("::ffff:c0a8:1", "::ffff:192.168.0.1"),
      ("1:2:3:4:5:6::8", "1:2:3:4:5:6:0:8"),
    ])
  func canonical(text: String, expected: String) throws {
    #expect(try LibraryCall("isIP", .string(Array(text.utf8))).result() == true)
    #expect(try LibraryCall("string", .ip(text)).result() == .string(Array(expected.utf8)))
    #expect(
      try LibraryCall("ip.isCanonical", .string(Array(text.utf8))).result() == .bool(text == expected))
  }

  @Test(
    "refuses what is no address",
    arguments: [
      "", "1", "localhost", "1.2.3", "1.2.3.", "1.2.3.4.", "1.2.3.4.5", ".1.2.3", "1..2.3", "01.2.3.4", "1.2.3.00",
      "1.2.3.256", "1.2.3.-4", "1.2.3.4 ", " 1.2.3.4", "1.2.3.0x4", "1.2.3.4/24", "1.2.3.4%eth0", "١.٢.٣.٤",
      "99999999999999999999.1.1.1",
      ":", ":::", "1:::2", "::1::", "1::2::3", ":1", "1:", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8:", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "12345::", "::00001", "::g",
      "fe80::1%en0", "::%", "[::1]", "::1/128", "::ffff:1.2.3.4", "0:0:0:0:0:FFFF:1.2.3.4", "::1.2.3", "::1.2.3.4.5",
      "::1.2.3.256", "1.2.3.4::", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4:5:1.2.3.4",
      "::1:2:3:4:5:6:7:1.2.3.4",
      "::a.2.3.4", "::1.2.3.04",
    ])
  func noAddress(text: String) throws {
    let text = Sample.string(Array(text.utf8))
    #expect(try LibraryCall("isIP", text).result() == false)
    #expect(try LibraryCall("ip", text).result() == .error(.invalidArgument))
    #expect(try LibraryCall("ip.isCanonical", text).result() == .error(.invalidArgument))
  }

  @Test("says what is wrong with an address")
  func addressErrors() throws {
    #expect(
      try LibraryCall("ip", "::ffff:192.168.0.1").errorText()
        == "`::ffff:192.168.0.1` is no IP address: an IPv4-mapped IPv6 address is not allowed")
    #expect(
      try LibraryCall("cidr", "fe80::1%en0/24").errorText()
        == "`fe80::1%en0/24` is no network in CIDR notation: an address with a zone is not allowed")
    #expect(
      try LibraryCall("ip", .string(Array(repeating: 0x31, count: 100))).errorText()
        == "`\(String(repeating: "1", count: 60))…` is no IP address: it has neither dots nor colons")
  }

  @Test("reads back each address that it writes")
  func roundTrip() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<5_000 {
      var halves: [UInt64] = [0, 0]
      for group in 0..<8 where Bool.random(using: &generator) {
        halves[group / 4] |= UInt64.random(in: 0...0xFFFF, using: &generator) << UInt64(16 * (group % 4))
      }
      let address = IPAddress(v6: halves[0], halves[1])
      // A mapped address is written in the form that is not read.
      if !address.isMapped {
        #expect(try LibraryCall("ip", .string(Array(address.description.utf8))).result() == .ip(address.description))
      }
      let context = EvaluationContext()
      let uncompressed = (0..<8).map { String(halves[$0 / 4] >> UInt64(48 - 16 * ($0 % 4)) & 0xFFFF, radix: 16) }
      let text = try context.string(uncompressed.joined(separator: ":")).bytes
      #expect(try IPAddressParser.address(text) == address, "seed \(seed)")
      let v4 = IPAddress(v4: UInt32.random(in: 0...UInt32.max, using: &generator))
      #expect(try IPAddressParser.address(try context.string(v4.description).bytes) == v4, "seed \(seed)")
    }
  }

  /// The questions that an address answers with yes, by their first letters in the order global unicast, link-local
  /// Multicast, link-local Unicast, Loopback, unspecified.
  @Test(
    "knows what an address is for",
    arguments: [
      ("0.0.0.0", "?"), ("255.255.255.255", ""), ("127.0.0.1", "L"), ("127.255.255.254", "L"), ("128.0.0.1", "G"),
      ("10.1.2.3", "G"), ("192.168.0.1", "G"), ("169.254.0.1", "U"), ("169.255.0.1", "G"), ("224.0.0.251", "M"),
      ("224.0.1.1", ""), ("239.255.255.255", ""), ("240.0.0.1", "G"), ("223.255.255.255", "G"),
      ("::", "?"), ("::1", "L"), ("::2", "G"), ("fd00::1", "G"), ("2001:db8::1", "G"), ("fe80::1", "U"),
      ("febf:ffff::1", "U"), ("fec0::1", "G"), ("ff02::1", "M"), ("ff12::1", "M"), ("ff05::1", ""), ("ff01::1", ""),
      ("::ffff:7f00:1", "L"), ("::ffff:e000:1", "M"), ("::ffff:a00:1", "G"), ("::ffff:a9fe:1", "U"),
      ("::ffff:ffff:ffff", ""),
    ])
  func purposes(text: String, expected: String) throws {
    let questions = [
      ("isGlobalUnicast", "G"), ("isLinkLocalMulticast", "M"), ("isLinkLocalUnicast", "U"), ("isLoopback", "L"),
      ("isUnspecified", "?"),
    ]
    let answers = try questions.filter { try LibraryCall($0.0, .ip(text)).result() == true }.map(\.1).joined()
    #expect(answers == expected)
    #expect(try LibraryCall("family", .ip(text)).result() == (text.contains(":") ? 6 : 4))
  }

  @Test(
    "reads networks, and keeps the bits behind the prefix",
    arguments: [
      ("10.0.0.1/8", "10.0.0.1/8", "10.0.0.0/8", 8), ("0.0.0.0/0", "0.0.0.0/0", "0.0.0.0/0", 0),
      ("255.255.255.255/0", "255.255.255.255/0", "0.0.0.0/0", 0),
      ("255.255.255.255/31", "255.255.255.255/31", "255.255.255.254/31", 31),
      ("1.2.3.4/32", "1.2.3.4/32", "1.2.3.4/32", 32), ("2001:DB8::1/32", "2001:db8::1/32", "2001:db8::/32", 32),
      ("ffff:ffff:ffff:ffff:ffff::/65", "ffff:ffff:ffff:ffff:ffff::/65", "ffff:ffff:ffff:ffff:8000::/65", 65),
      ("ffff:ffff:ffff:ffff:ffff::/64", "ffff:ffff:ffff:ffff:ffff::/64", "ffff:ffff:ffff:ffff::/64", 64),
      ("ffff::1/0", "ffff::1/0", "::/0", 0), ("::1/128", "::1/128", "::1/128", 128),
      ("ffff::1/1", "ffff::1/1", "8000::/1", 1),
    ] as [(String, String, String, Int64)])
  func networks(text: String, expected: String, masked: String, length: Int64) throws {
    #expect(try LibraryCall("isCIDR", .string(Array(text.utf8))).result() == true)
    #expect(try LibraryCall("string", .cidr(text)).result() == .string(Array(expected.utf8)))
    #expect(try LibraryCall("masked", .cidr(text)).result() == .cidr(masked))
    #expect(try LibraryCall("prefixLength", .cidr(text)).result() == .int(length))
    #expect(try LibraryCall("ip", .cidr(text)).result() == .ip(String(expected.prefix { $0 != "/" })))
  }

  @Test(
    "refuses what is no network",
    arguments: [
      "", "/", "1.2.3.4", "1.2.3.4/", "/24", "1.2.3.4/33", "1.2.3.4/-1", "1.2.3.4/+8", "1.2.3.4/08", "1.2.3.4/00",
      "1.2.3.4/8 ", "1.2.3.4/8/8", "1.2.3/8", "1.2.3.4/255.0.0.0", "1.2.3.4/99999999999999999999", "::/129", "::/1x",
      "::ffff:1.2.3.4/96", "fe80::1%en0/64", "::1%en0", "1.2.3.4/٨",
    ])
  func noNetwork(text: String) throws {
    #expect(try LibraryCall("isCIDR", .string(Array(text.utf8))).result() == false)
    #expect(try LibraryCall("cidr", .string(Array(text.utf8))).result() == .error(.invalidArgument))
  }

  @Test(
    "finds addresses and networks in networks",
    arguments: [
      ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.9.9.9/8", "10.0.0.0", true),
      ("0.0.0.0/0", "255.255.255.255", true), ("0.0.0.0/0", "::", false), ("::/0", "0.0.0.0", false),
      ("::/0", "ffff::", true), ("2001:db8::/33", "2001:db8:7fff::1", true),
      ("2001:db8::/33", "2001:db8:8000::1", false),
      ("::ffff:a00:0/104", "10.0.0.1", false), ("10.0.0.0/8", "::ffff:a00:1", false), ("1.2.3.4/32", "1.2.3.4", true),
    ])
  func containment(network: String, address: String, expected: Bool) throws {
    #expect(try LibraryCall("containsIP", .cidr(network), .ip(address)).result() == .bool(expected))
    #expect(
      try LibraryCall("containsIP", .cidr(network), .string(Array(address.utf8))).result() == .bool(expected))
    let all = address.contains(":") ? 128 : 32
    #expect(
      try LibraryCall("containsCIDR", .cidr(network), .cidr("\(address)/\(all)")).result() == .bool(expected))
  }

  @Test(
    "contains no network that is larger",
    arguments: [
      ("10.0.0.0/8", "10.0.0.0/8", true), ("10.0.0.0/8", "10.0.0.0/7", false), ("10.0.0.0/8", "10.1.0.0/16", true),
      ("10.0.0.0/8", "::a00:0/104", false), ("::/0", "0.0.0.0/0", false), ("10.3.0.0/8", "10.4.0.0/8", true),
    ])
  func networksInNetworks(network: String, other: String, expected: Bool) throws {
    #expect(try LibraryCall("containsCIDR", .cidr(network), .cidr(other)).result() == .bool(expected))
    #expect(try LibraryCall("containsCIDR", .cidr(network), .string(Array(other.utf8))).result() == .bool(expected))
  }

  @Test("ends in an error where a text in place of an address or a network is none")
  func textArguments() throws {
    #expect(try LibraryCall("containsIP", .cidr("::/0"), "x").result() == .error(.invalidArgument))
    #expect(try LibraryCall("containsCIDR", .cidr("::/0"), "::").result() == .error(.invalidArgument))
    #expect(try LibraryCall("containsCIDR", .cidr("::/0"), .ip("::")).result() == .error(.noOverload))
    #expect(try LibraryCall("isIP", .cidr("::/0")).result() == .error(.noOverload))
  }

  @Test(
    "compares the values, not their spellings",
    arguments: [
      (.ip("::1"), .ip("0:0:0:0:0:0:0:1"), true), (.ip("127.0.0.1"), .ip("::ffff:7f00:1"), false),
      (.ip("10.0.0.0"), .cidr("10.0.0.0/32"), false), (.cidr("10.0.0.1/8"), .cidr("10.0.0.0/8"), false),
      (.cidr("::A/8"), .cidr("::a/8"), true), (.cidr("0.0.0.0/0"), .cidr("::/0"), false),
      (.ip("0.0.0.0"), .ip("::"), false),
    ] as [(Sample, Sample, Bool)])
  func equality(left: Sample, right: Sample, expected: Bool) throws {
    let context = EvaluationContext()
    #expect(try left.value(context).isEqual(to: try right.value(context)) == expected)
  }
}
