#if Server
  internal import NIOCore

  /// Takes lines out of a body that comes in pieces (NDJSON); lines of white space alone are passed over.
  struct ResourceLines {
    /// The longest line, in bytes.
    static let limit = 1 << 20

    private var rest: [UInt8] = []
    private var lines: [[UInt8]] = []
    /// How many bytes the lines have that were not taken yet.
    private(set) var size = 0

    var count: Int { lines.count }

    /// Adds a piece.
    ///
    /// - Parameters:
    ///   - piece: The piece.
    ///   - index: How many resources were taken before.
    /// - Throws: 400 for a line that is too long.
    mutating func add(_ piece: ByteBufferView, taken index: Int) throws(ErrorResponse) {
      var piece = piece[...]
      while let end = piece.firstIndex(of: UInt8(ascii: "\n")) {
        rest += piece[..<end]
        piece = piece[(end + 1)...]
        try endLine(index)
      }
      rest += piece
      try checkLength(index)
    }

    /// Ends the last line, which needs no line feed.
    mutating func end(taken index: Int) throws(ErrorResponse) { try endLine(index) }

    private mutating func endLine(_ index: Int) throws(ErrorResponse) {
      try checkLength(index)
      if rest.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) {
        size += rest.count
        lines.append(rest)
      }
      rest.removeAll(keepingCapacity: true)
    }

    private func checkLength(_ index: Int) throws(ErrorResponse) {
      guard rest.count <= Self.limit else {
        throw .invalid("resources[\(index + lines.count)]", "limit", "Limit exceeded")
      }
    }

    /// The lines so far.
    mutating func take() -> [ScannedResource] {
      defer {
        lines.removeAll(keepingCapacity: true)
        size = 0
      }
      return lines.map { .line($0) }
    }
  }
#endif
