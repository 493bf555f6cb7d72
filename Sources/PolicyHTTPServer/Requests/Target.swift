#if Server
  /// The target of a request: the segments of its path, decoded, and its query's parameters.
  struct Target: Sendable {
    /// `nil` for a path that cannot be decoded, which leads nowhere.
    let segments: [String]?
    /// The query, undecoded.
    let query: Substring?

    init(_ text: String) {
      let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
      query = parts.count > 1 ? parts[1] : nil
      let path = parts.first ?? ""
      guard path.hasPrefix("/") else {
        segments = nil
        return
      }
      var decoded: [String] = []
      for segment in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
        guard let text = Self.decoded(segment, isForm: false) else {
          segments = nil
          return
        }
        decoded.append(text)
      }
      segments = decoded
    }

    /// The text that percent-encoding stands for; `nil` for what is no encoding, or no text.
    static func decoded(_ text: Substring, isForm: Bool) -> String? {
      var bytes: [UInt8] = []
      var rest = text.utf8[...]
      while let byte = rest.popFirst() {
        switch byte {
        case UInt8(ascii: "%"):
          guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return nil }
          bytes.append(high << 4 | low)
        case UInt8(ascii: "+") where isForm: bytes.append(0x20)
        default: bytes.append(byte)
        }
      }
      return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
      switch byte {
      case 0x30...0x39: byte - 0x30
      case 0x41...0x46: byte - 0x41 + 10
      case 0x61...0x66: byte - 0x61 + 10
      default: nil
      }
    }
  }
#endif
