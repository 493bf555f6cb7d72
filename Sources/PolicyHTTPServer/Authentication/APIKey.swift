#if Server
  internal import Crypto

  /// An API key in clear: `pc_api_key_`, 8 digits by which it is found, `_`, 32 digits that are secret, and 6 of a checksum.
  ///
  /// It exists in memory when it is made and when a request bears it; what is stored is its SHA-256. The checksum tells a
  /// mistyped key, or a string found by a scanner for secrets, from a real one without a look into the database.
  package struct APIKey: Sendable {
    package let text: String

    package static let prefix = "pc_api_key_"
    private static let idCount = 8
    private static let secretCount = 32
    private static let checksumCount = 6

    /// Makes a new key.
    package init() {
      let body = Self.prefix + Base62.random(count: Self.idCount) + "_" + Base62.random(count: Self.secretCount)
      text = body + Self.checksum(of: body)
    }

    /// Reads a key; `nil` for what cannot be one.
    package init?(_ text: String) {
      let bytes = Array(text.utf8)
      let idStart = Self.prefix.utf8.count
      let secretStart = idStart + Self.idCount + 1
      let checksumStart = secretStart + Self.secretCount
      guard bytes.count == checksumStart + Self.checksumCount, bytes.starts(with: Self.prefix.utf8),
        bytes[idStart..<secretStart - 1].allSatisfy(Base62.isDigit), bytes[secretStart - 1] == UInt8(ascii: "_"),
        bytes[secretStart...].allSatisfy(Base62.isDigit)
      else { return nil }
      let body = String(decoding: bytes[..<checksumStart], as: UTF8.self)
      guard bytes[checksumStart...].elementsEqual(Self.checksum(of: body).utf8) else { return nil }
      self.text = text
    }

    /// The public part.
    package var id: String {
      String(decoding: Array(text.utf8).dropFirst(Self.prefix.utf8.count).prefix(Self.idCount), as: UTF8.self)
    }

    /// What is stored.
    package var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    /// Whether this is the key of a stored hash; how long that takes tells nothing of where they differ.
    func matches(_ stored: [UInt8]) -> Bool {
      let own = hash
      guard own.count == stored.count else { return false }
      var difference: UInt8 = 0
      for (left, right) in zip(own, stored) { difference |= left ^ right }
      return difference == 0
    }

    /// CRC-32 (ISO 3309) in digits.
    static func checksum(of text: String) -> String {
      var remainder: UInt32 = ~0
      for byte in text.utf8 {
        remainder ^= UInt32(byte)
        for _ in 0..<8 { remainder = (remainder >> 1) ^ (remainder & 1 == 1 ? 0xEDB8_8320 : 0) }
      }
      return Base62.text(~remainder, count: checksumCount)
    }
  }
#endif
