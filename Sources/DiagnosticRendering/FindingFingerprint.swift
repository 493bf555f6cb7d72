internal import Diagnostics
internal import Source

/// What tells a finding again when the lines around it have moved.
///
/// It is made of the code, the field without array indexes, the text around the place, and, where all that is equal, the
/// number of the occurrence. Line numbers and a rule's place in its list are no part of it: rules put in front change nothing.
package struct FindingFingerprint: Hashable, Sendable {
  private var high: UInt64
  private var low: UInt64

  /// 32 hexadecimal digits.
  package var text: String { FindingFingerprint.digits(high) + FindingFingerprint.digits(low) }

  /// So much of the text in front of a place, and behind it, counts; in bytes.
  private static let contextSize = 40
  /// So much of the place itself counts; in bytes.
  private static let placeSize = 256

  /// The fingerprints of a file's findings, in their order; no two are equal.
  ///
  /// - Parameters:
  ///   - findings: What was found in a file, in document order.
  ///   - path: What the file is called, for fingerprints that must differ between files; empty where that is known anyway.
  /// - Returns: One for each diagnostic.
  package static func all(of findings: FileFindings, path: String = "") -> [FindingFingerprint] {
    var occurrences: [FindingFingerprint: Int] = [:]
    return findings.diagnostics.map { diagnostic in
      var fingerprint = FindingFingerprint(of: diagnostic, in: findings.source.bytes, path: path)
      let occurrence = occurrences[fingerprint, default: 0]
      occurrences[fingerprint] = occurrence + 1
      if occurrence > 0 { fingerprint.add("#\(occurrence)".utf8) }
      return fingerprint
    }
  }

  private init(of diagnostic: Diagnostic, in bytes: [UInt8], path: String) {
    // The basis of FNV-1a, and another.
    high = 0xCBF2_9CE4_8422_2325
    low = 0x6C62_272E_07BB_0142
    add(path.utf8)
    add(diagnostic.code.utf8)
    for component in diagnostic.path.components {
      switch component {
      case .key(let name): add(name.utf8)
      case .index: add("[]".utf8)
      }
    }
    let start = min(diagnostic.span.start, bytes.count)
    let end = min(diagnostic.span.end, bytes.count)
    if let inCondition = diagnostic.conditionSpan {
      // Not further back than the condition reaches.
      let before = min(start, inCondition.start, FindingFingerprint.contextSize)
      addWords(of: bytes[(start - before)..<start])
      addWords(of: bytes[start..<min(end, start + FindingFingerprint.placeSize)])
      let after = bytes[end..<min(end + FindingFingerprint.contextSize, bytes.count)]
      addWords(of: after.prefix { $0 != 0x0A && $0 != 0x0D && $0 != 0x22 })
    } else {
      // Of an object only the brace may be marked: what stands behind it tells which one it is.
      let size = max(min(end - start, FindingFingerprint.placeSize), 2 * FindingFingerprint.contextSize)
      addWords(of: bytes[start..<min(start + size, bytes.count)])
    }
  }

  /// Adds a part, and a byte that no text has, so that parts cannot run into each other.
  private mutating func add(_ part: some Sequence<UInt8>) {
    for byte in part { add(byte) }
    add(0xFF)
  }

  /// Adds a text whose indentation and line ends do not count.
  private mutating func addWords(of text: ArraySlice<UInt8>) {
    var isBehindBlank = true
    for byte in text {
      let isBlank = byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
      if isBlank, !isBehindBlank { add(0x20) }
      if !isBlank { add(byte) }
      isBehindBlank = isBlank
    }
    add(0xFF)
  }

  /// One step of FNV-1a, twice.
  private mutating func add(_ byte: UInt8) {
    high = (high ^ UInt64(byte)) &* 0x100_0000_01B3
    low = (low ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
    low ^= low >> 29
  }

  private static func digits(_ word: UInt64) -> String {
    let text = String(word, radix: 16)
    return String(repeating: "0", count: 16 - text.utf8.count) + text
  }
}
