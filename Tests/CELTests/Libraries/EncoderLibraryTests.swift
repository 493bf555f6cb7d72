import MarkedSource
import Testing

@testable import CEL

@Suite("The encoder library")
struct EncoderLibraryTests {
  private static func bytes(_ text: String) -> Sample { .bytes(Array(text.utf8)) }

  @Test(
    "decodes with padding, without it, and over line breaks",
    arguments: [
      ("", bytes("")),
      ("Zg==", bytes("f")), ("Zg", bytes("f")), ("Zm8=", bytes("fo")), ("Zm8", bytes("fo")),
      ("Zm9v", bytes("foo")), ("Zm9vYg==", bytes("foob")),
      ("Zm9v\r\nYg\n=\n=\n", bytes("foob")), ("\n", bytes("")),
      ("+/+/", .bytes([0xFB, 0xFF, 0xBF])),
      // Bits beyond the last byte mean nothing.
      ("Zh==", bytes("f")), ("Zm9", bytes("fo")),
    ])
  func decoding(text: String, expected: Sample) throws {
    #expect(try LibraryCall("base64.decode", .string(Array(text.utf8))).result() == expected)
  }

  @Test(
    "refuses what is no base 64",
    arguments: [
      "Z", "Zm9vY", "Z===", "=", "====", "Zg=", "Zg=g", "Zg===", "Zm8==", "Zm9v=", "Zm9v====", "Zg==Zg==", "Z g=",
      "-_-_",
      "Zm9v é", "Zm\u{0}v", "Zg==\n\n=", "Zm8=\tx",
    ])
  func faults(text: String) throws {
    #expect(try LibraryCall("base64.decode", .string(Array(text.utf8))).result() == .error(.invalidArgument))
  }

  @Test("decodes what it encodes")
  func roundTrip() throws {
    var generator = SeededGenerator(seed: 64)
    for count in 0..<100 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let text = try LibraryCall("base64.encode", .bytes(bytes)).result()
      guard case .string(let digits) = text else {
        Issue.record("no string for \(count) bytes")
        continue
      }
      #expect(digits.count == (count + 2) / 3 * 4)
      #expect(try LibraryCall("base64.decode", text).result() == .bytes(bytes))
      let bare = Array(digits.prefix { $0 != UInt8(ascii: "=") })
      #expect(try LibraryCall("base64.decode", .string(bare)).result() == .bytes(bytes))
    }
  }

  @Test("uses the standard alphabet")
  func alphabet() throws {
    #expect(try LibraryCall("base64.encode", .bytes([0xFB, 0xFF, 0xBF])).result() == "+/+/")
    #expect(try LibraryCall("base64.encode", .bytes([0xFF])).result() == "/w==")
    #expect(try LibraryCall("base64.encode", .bytes([])).result() == "")
  }
}
