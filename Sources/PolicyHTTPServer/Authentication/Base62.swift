#if Server
  /// Digits, upper and lower case letters: what needs no escape anywhere.
  enum Base62 {
    private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    static func isDigit(_ byte: UInt8) -> Bool {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: false
      }
    }

    /// Random digits, by the system's cryptographic generator.
    static func random(count: Int) -> String {
      var generator = SystemRandomNumberGenerator()
      let bytes = (0..<count).map { _ in digits[Int.random(in: 0..<62, using: &generator)] }
      return String(decoding: bytes, as: UTF8.self)
    }

    /// A number in so many digits, the lowest ones.
    static func text(_ number: UInt32, count: Int) -> String {
      var rest = Int(number)
      var bytes: [UInt8] = []
      for _ in 0..<count {
        bytes.append(digits[rest % 62])
        rest /= 62
      }
      return String(decoding: bytes.reversed(), as: UTF8.self)
    }

    /// Whether a text is a prefix and so many digits.
    static func isIdentifier(_ text: String, prefix: String, count: Int) -> Bool {
      text.utf8.count == prefix.utf8.count + count && text.hasPrefix(prefix)
        && text.utf8.dropFirst(prefix.utf8.count).allSatisfy(isDigit)
    }
  }
#endif
