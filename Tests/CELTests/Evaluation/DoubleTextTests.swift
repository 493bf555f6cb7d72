import CEL
import MarkedSource
import Testing

@Suite("Doubles as text")
struct DoubleTextTests {
  @Test(
    "a double is written with the fewest digits, and an exponent where Go's %g has one",
    arguments: [
      (0, "0"), (-0.0, "-0"), (1, "1"), (-1, "-1"), (123.456, "123.456"), (-987.654, "-987.654"),
      (100_000, "100000"), (123_456, "123456"), (1e6, "1e+06"), (1_234_567, "1.234567e+06"),
      (123_456.5, "123456.5"), (999_999.5, "999999.5"), (1_000_000.5, "1.0000005e+06"),
      (0.1, "0.1"), (0.0001, "0.0001"), (0.000123, "0.000123"), (0.00001, "1e-05"), (0.0000125, "1.25e-05"),
      (1e20, "1e+20"), (1e21, "1e+21"), (6.02214e23, "6.02214e+23"), (1.38e-23, "1.38e-23"),
      (0.1 + 0.2, "0.30000000000000004"), (123_456_789_012_345_680, "1.2345678901234568e+17"),
      (1.7976931348623157e308, "1.7976931348623157e+308"), (.leastNonzeroMagnitude, "5e-324"),
      (2.2250738585072014e-308, "2.2250738585072014e-308"), (.nan, "NaN"), (.infinity, "+Inf"),
      (-.infinity, "-Inf"),
    ] as [(Double, String)])
  func shortest(value: Double, text: String) {
    #expect(DoubleText(value).shortest == text)
  }

  @Test(
    "format writes no exponent unless asked",
    arguments: [
      (3.14, "3.14"), (1e20, "100000000000000000000"), (1e-7, "0.0000001"), (-0.0, "-0"), (0.5, "0.5"), (150, "150"),
      (.nan, "NaN"), (.infinity, "Infinity"), (-.infinity, "-Infinity"),
    ] as [(Double, String)])
  func positional(value: Double, text: String) {
    #expect(DoubleText(value).positional == text)
  }

  @Test(
    "a number of digits behind the point is rounded from the exact value, ties to even",
    arguments: [
      (2, 6, "2.000000"), (1.2345, 3, "1.234"), (4.5, 3, "4.500"), (123, 0, "123"), (3.5001, 0, "4"), (3.4999, 0, "3"),
      (1.5, 0, "2"), (0.5, 0, "0"), (2.5, 0, "2"), (123.4994, 3, "123.499"), (-123.4999, 3, "-123.500"),
      (-1.2, 5, "-1.20000"), (0.125, 2, "0.12"), (0.375, 2, "0.38"), (0.06, 1, "0.1"), (0.04, 1, "0.0"),
      (9.99, 1, "10.0"), (0.99, 0, "1"), (99.5, 0, "100"), (-0.001, 2, "-0.00"), (0, 3, "0.000"), (1e-10, 3, "0.000"),
      (1e22, 2, "10000000000000000000000.00"), (0.1, 20, "0.10000000000000000555"), (7, -3, "7"),
      (.leastNonzeroMagnitude, 3, "0.000"), (.nan, 2, "NaN"), (.infinity, 2, "Infinity"), (-.infinity, 2, "-Infinity"),
    ] as [(Double, Int, String)])
  func fixed(value: Double, digits: Int, text: String) {
    #expect(DoubleText(value).fixed(fractionDigits: digits) == text)
  }

  @Test(
    "the scientific form has an exponent of at least two digits",
    arguments: [
      (2.71828, 6, "2.718280e+00"), (2, 6, "2.000000e+00"), (1052.032911275, 6, "1.052033e+03"), (0, 2, "0.00e+00"),
      (-0.0, 0, "-0e+00"), (9.99, 1, "1.0e+01"), (1e100, 3, "1.000e+100"), (1e-7, 0, "1e-07"), (2.5, 0, "2e+00"),
      (.leastNonzeroMagnitude, 20, "4.94065645841246544177e-324"), (123, -1, "1e+02"), (.infinity, 1, "Infinity"),
    ] as [(Double, Int, String)])
  func scientific(value: Double, digits: Int, text: String) {
    #expect(DoubleText(value).scientific(fractionDigits: digits) == text)
  }

  @Test("zeros fill more digits than a double has")
  func manyDigits() {
    let text = DoubleText(.leastNonzeroMagnitude).fixed(fractionDigits: 5000)
    #expect(text.utf8.count == 5002)
    #expect(Array(text.utf8.prefix(1076).suffix(6)) == Array("265625".utf8))
    #expect(text.utf8.dropFirst(1076).allSatisfy { $0 == 0x30 })
    #expect(DoubleText(1).scientific(fractionDigits: 3000).utf8.count == 3006)
  }

  @Test("every form of a random double reads back")
  func roundTrip() throws {
    let seed: UInt64 = 20_261_122
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<5000 {
      let value = Double(bitPattern: .random(in: 0...UInt64.max, using: &generator))
      let text = DoubleText(value)
      for written in [text.shortest, text.positional, text.scientific(fractionDigits: 16)] {
        let read = try Double(celText: written.utf8.span)
        #expect(read == value || (read.isNaN && value.isNaN), "seed \(seed): \(written)")
      }
    }
  }
}
