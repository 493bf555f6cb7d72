import MarkedSource
import Testing

@testable import CEL

@Suite("Files of time zone rules")
struct TZifFileTests {
  /// A file with the changes at 0 and 1000 to the types 1 and 0, which are 1 and 2 hours east.
  struct Parts {
    var magic = "TZif"
    var version: UInt8 = 0x32
    var changes: [Int64] = [0, 1000]
    var indices: [UInt8] = [1, 0]
    var offsets: [Int32] = [3600, 7200]
    var leapCount: UInt32 = 0
    var footer: String? = "\nAAA-1\n"

    var bytes: [UInt8] {
      block(timeSize: 4) + (version == 0 ? [] : block(timeSize: 8) + (footer.map { Array($0.utf8) } ?? []))
    }

    private func block(timeSize: Int) -> [UInt8] {
      var bytes = Array(magic.utf8) + [version] + [UInt8](repeating: 0, count: 15)
      for count in [0, 0, leapCount, UInt32(changes.count), UInt32(offsets.count), 4] as [UInt32] {
        bytes += Parts.bigEndian(Int64(count), 4)
      }
      for change in changes { bytes += Parts.bigEndian(change, timeSize) }
      bytes += indices
      for offset in offsets { bytes += Parts.bigEndian(Int64(offset), 4) + [0, 0] }
      return bytes + Array("AAA\0".utf8)
    }

    private static func bigEndian(_ value: Int64, _ size: Int) -> [UInt8] {
      (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
  }

  private func offsets(_ parts: Parts) -> [Int32]? {
    let rules = TZifFile(parts.bytes).rules
    return rules.map { rules in [-1, 0, 999, 1000, 5000].map { rules.offset(at: $0) } }
  }

  @Test("versions 1 to 4 are read", arguments: [0, 0x32, 0x33, 0x34] as [UInt8])
  func versions(version: UInt8) {
    #expect(offsets(Parts(version: version)) == [3600, 7200, 7200, 3600, 3600])
  }

  @Test("the rule in the footer holds from the last change on, and always if there is none")
  func footer() {
    #expect(offsets(Parts(footer: "\nAAA-5\n")) == [3600, 7200, 7200, 18_000, 18_000])
    #expect(offsets(Parts(footer: "\n\n")) == [3600, 7200, 7200, 3600, 3600])
    #expect(offsets(Parts(changes: [], indices: [], footer: "\nAAA-5\n")) == [18_000, 18_000, 18_000, 18_000, 18_000])
    #expect(offsets(Parts(changes: [], indices: [], footer: "\n\n")) == [3600, 3600, 3600, 3600, 3600])
  }

  @Test(
    "a damaged file has no rules",
    arguments: [
      Parts(magic: "TZip"), Parts(changes: [1000, 0]), Parts(changes: [0, 0]), Parts(indices: [2, 0]),
      Parts(indices: [255, 0]), Parts(changes: [], indices: [], offsets: []), Parts(offsets: [93_600, 0]),
      Parts(offsets: [-90_000, 0]), Parts(offsets: [.min, 0]), Parts(footer: nil), Parts(footer: "AAA-1\n"),
      Parts(footer: "\nAAA-1"), Parts(footer: "\nAAA-1,\n"), Parts(leapCount: 1), Parts(leapCount: .max),
    ])
  func damaged(parts: Parts) {
    #expect(offsets(parts) == nil)
  }

  @Test("no part of a file, and no byte changed in it, traps")
  func robustness() {
    let bytes = Parts(footer: "\nAAA-1BBB,M3.5.0,M10.5.0/3\n").bytes
    for length in 0..<bytes.count { #expect(TZifFile(Array(bytes[..<length])).rules == nil) }
    let seed: UInt64 = 20_261_122
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<20_000 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        changed[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      let rules = TZifFile(changed).rules
      for seconds in [Timestamp.least.seconds, 500, Timestamp.greatest.seconds] {
        #expect(abs(rules?.offset(at: seconds) ?? 0) < 100_000, "seed \(seed): \(changed)")
      }
    }
  }

  @Test(
    "a TZ string's rule changes clocks to the second",
    arguments: [
      ("UTC0", "2024-07-01T00:00:00Z", 0, 0), ("<+03>-3", "2024-07-01T00:00:00Z", 10_800, 10_800),
      ("<-0330>3:30", "2024-07-01T00:00:00Z", -12_600, -12_600),
      ("CET-1CEST,M3.5.0,M10.5.0/3", "2024-03-31T01:00:00Z", 3600, 7200),
      ("CET-1CEST,M3.5.0,M10.5.0/3", "2024-10-27T01:00:00Z", 7200, 3600),
      ("NZST-12NZDT,M9.5.0,M4.1.0/3", "2024-04-06T14:00:00Z", 46_800, 43_200),
      ("EST5EDT", "2024-03-10T07:00:00Z", -18_000, -14_400),
      ("IST-1GMT0,M10.5.0,M3.5.0/1", "2024-03-31T01:00:00Z", 0, 3600),
      ("IST-2IDT,M3.4.4/26,M10.5.0", "2024-03-29T00:00:00Z", 7200, 10_800),
      ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-31T01:00:00Z", -7200, -3600),
      ("LHST-10:30LHDT-11,M10.1.0,M4.1.0", "2024-10-05T15:30:00Z", 37_800, 39_600),
      ("AAA3BBB,J59/24,J300", "2024-02-29T03:00:00Z", -10_800, -7200),
      ("AAA3BBB,J60/0,J300", "2024-03-01T03:00:00Z", -10_800, -7200),
      ("AAA3BBB,59/0,300", "2024-02-29T03:00:00Z", -10_800, -7200),
      ("AAA3BBB,59/0,300", "2023-03-01T03:00:00Z", -10_800, -7200),
      ("XXX3EDT4,0/0,J365/23", "2024-01-01T04:00:00Z", -14_400, -14_400),
      ("AAA0BBB,M12.5.0/100,M6.1.0", "2024-01-04T04:00:00Z", 0, 3600),
      ("AAA5:30:15BBB4,M1.1.1/0:0:1,M6.1.0", "2024-01-01T05:30:16Z", -19_815, -14_400),
    ] as [(String, String, Int32, Int32)])
  func rules(text: String, instant: String, before: Int32, after: Int32) throws {
    let rule = try #require(DaylightRule(Array(text.utf8)[...]))
    let seconds = try Timestamp(parsing: instant.utf8).seconds
    #expect(rule.offset(at: seconds - 1) == before)
    #expect(rule.offset(at: seconds) == after)
  }

  @Test(
    "what is no TZ string is refused",
    arguments: [
      "", "AA0", "AAA", "<AAA", "<AA>0", "<A A>0", "AAA25", "AAA1:60", "AAA-", "AAA0BB", "AAA0BBB,", "AAA0BBB,M3.5.0",
      "AAA0BBB,M13.5.0,M1.1.1", "AAA0BBB,M3.6.0,M1.1.1", "AAA0BBB,M3.5.7,M1.1.1", "AAA0BBB,M3.0.0,M1.1.1",
      "AAA0BBB,J0,J1", "AAA0BBB,J366,J1", "AAA0BBB,366,1", "AAA0BBB,1/168,2", "AAA0BBB,1,2x", "AAA0BBB,1,2,", ":AAA0",
      "AAA00000000000000000000", "AAA0BBB,99999999999999999999,1",
    ])
  func noRule(text: String) {
    #expect(DaylightRule(Array(text.utf8)[...]) == nil)
  }
}
