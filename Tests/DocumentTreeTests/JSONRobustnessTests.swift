import Diagnostics
import DocumentTree
import MarkedSource
import Source
import Testing

@Suite("robustness of the JSON reader")
struct JSONRobustnessTests {
  private static let sample = #"""
    {
      "name": "doc",
      "rules": [
        {"condition": "resource.tags[\"a\"] == 'x' && size(b) > 1", "action": "deny", "enabled": true},
        {"condition": "r.\u00e9 \ud83d\ude00", "action": "warn", "tags": ["pii", "iam"], "n": -1.5e3, "o": null}
      ],
      "metadata": {"é": [[], {}, 0, false]}
    }
    """#

  @Test("dropping any byte gives a sound tree, and dropping one that matters a diagnostic")
  func dropAnyByte() {
    let bytes = Array(Self.sample.utf8)
    for index in bytes.indices {
      var broken = bytes
      broken.remove(at: index)
      JSONReading(broken).expectSound()
      let isStructure = [0x7B, 0x7D, 0x5B, 0x5D, 0x3A, 0x2C].contains(bytes[index])
      if isStructure, !isInString(index, bytes) { #expect(!JSONReading(broken).diagnostics.isEmpty, "byte \(index)") }
    }
  }

  @Test("dropping a comma, a colon or a bracket between two lines is one fault")
  func dropAnySeparator() {
    let bytes = Array(Self.sample.utf8)
    for index in bytes.indices where [0x3A, 0x2C].contains(bytes[index]) && !isInString(index, bytes) {
      var broken = bytes
      broken.remove(at: index)
      let reading = JSONReading(broken)
      #expect(reading.diagnostics.count == 1, "byte \(index): \(reading.diagnostics.map(\.message))")
      let mended = JSONReading(reading.applying(reading.diagnostics.flatMap(\.fixIts)))
      #expect(mended.diagnostics.isEmpty)
      #expect(mended.rendered == JSONReading(bytes).rendered)
    }
  }

  @Test("a quotation mark dropped at a line's end or before a comma is one fault")
  func dropAnyQuote() {
    var counts: [Int: Int] = [:]
    let bytes = Array(Self.sample.utf8)
    for index in bytes.indices where bytes[index] == 0x22 && bytes[index - 1] != 0x5C {
      var broken = bytes
      broken.remove(at: index)
      let reading = JSONReading(broken)
      counts[reading.diagnostics.count, default: 0] += 1
      #expect((1...3).contains(reading.diagnostics.count), "byte \(index): \(reading.diagnostics.map(\.message))")
    }
    #expect(counts[1, default: 0] * 10 >= counts.values.reduce(0, +) * 9, "\(counts)")
  }

  @Test("cutting the document off anywhere gives a sound tree and a diagnostic")
  func cutAnywhere() {
    let bytes = Array(Self.sample.utf8)
    for end in 0..<bytes.count {
      let reading = JSONReading(Array(bytes[..<end]))
      reading.expectSound()
      #expect(!reading.diagnostics.isEmpty)
      #expect(
        reading.diagnostics.count(where: { $0.code == "invalid-json" }) <= 2,
        "cut at \(end): \(reading.diagnostics.map(\.message))")
    }
  }

  @Test("random changes never break the reader", arguments: [11, 12, 13, 14, 15, 16] as [UInt64])
  func randomChanges(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = Array(Self.sample.utf8)
    let odd = Array(#"{}[]:,"'\/#-+.0e"#.utf8) + [0, 9, 10, 0x80, 0xC3, 0xE2, 0xFF]
    for _ in 0..<150 {
      var broken = bytes
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let index = Int.random(in: 0..<broken.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: broken.remove(at: index)
        case 1: broken.insert(odd.randomElement(using: &generator) ?? 0, at: index)
        default: broken[index] = odd.randomElement(using: &generator) ?? 0
        }
      }
      let reading = JSONReading(broken)
      reading.expectSound()
      // Mending what can be mended safely ends in a document without safe fix-its.
      var mended = reading
      for _ in 0..<12 {
        guard let fixIt = mended.diagnostics.lazy.flatMap(\.fixIts).first(where: { $0.applicability == .safe }) else {
          break
        }
        mended = JSONReading(mended.applying([fixIt]))
        mended.expectSound()
      }
    }
  }

  @Test("random bytes never break the reader", arguments: [21, 22, 23] as [UInt64])
  func garbage(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet = Array("{}[]:,\"'\\/#*-+.01ex tfn\n\u{e9}\0".utf8)
    for _ in 0..<300 {
      let count = Int.random(in: 0..<60, using: &generator)
      let isText = Bool.random(using: &generator)
      let bytes = (0..<count).map { _ in
        isText ? alphabet.randomElement(using: &generator) ?? 0 : UInt8.random(in: 0...255, using: &generator)
      }
      JSONReading(bytes).expectSound()
    }
  }

  @Test("a safe fix-it removes its diagnostic and brings no other")
  func safeFixes() {
    let tables = [
      JSONRecoveryTests.commas, JSONRecoveryTests.colons, JSONRecoveryTests.words, JSONRecoveryTests.numbers,
      JSONRecoveryTests.strings, JSONRecoveryTests.brackets, JSONRecoveryTests.outside,
    ]
    for broken in tables.flatMap({ $0 }) {
      let reading = JSONReading(MarkedSource(broken.marked).text)
      for diagnostic in reading.diagnostics {
        for fixIt in diagnostic.fixIts where fixIt.applicability == .safe {
          let mended = JSONReading(reading.applying([fixIt]))
          #expect(mended.diagnostics.count == reading.diagnostics.count - 1, "\(broken.marked): \(fixIt.title)")
        }
      }
    }
  }

  private func isInString(_ index: Int, _ bytes: [UInt8]) -> Bool {
    var isInside = false
    var at = 0
    while at < index {
      if bytes[at] == 0x5C { at += 1 } else if bytes[at] == 0x22 { isInside.toggle() }
      at += 1
    }
    return isInside
  }
}
