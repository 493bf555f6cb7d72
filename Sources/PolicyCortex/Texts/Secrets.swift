import Diagnostics
import Source

/// The key that stands around a noteworthy byte.
func secret(in bytes: Span<UInt8>, around offset: Int) -> Diagnostic? {
  if let key = apiKey(in: bytes, at: offset) { return Diagnostic(SecretInPolicy(kind: .policyCortex), at: key) }
  return awsKey(in: bytes, around: offset).map { Diagnostic(SecretInPolicy(kind: .aws), at: $0) }
}

/// `pc_api_key_`, an identifier of 8 letters and digits, `_`, a secret of 32, and 6 for the CRC-32 of all before.
private func apiKey(in bytes: Span<UInt8>, at start: Int) -> SourceSpan? {
  let prefix = Array("pc_api_key_".utf8)
  let checksumStart = prefix.count + 8 + 1 + 32
  let length = checksumStart + 6
  guard bytes.count - start >= length, !isWordByte(bytes, start - 1), !isWordByte(bytes, start + length) else {
    return nil
  }
  var checksum = CyclicChecksum()
  for index in 0..<length {
    let byte = bytes[start + index]
    if index < prefix.count {
      guard byte == prefix[index] else { return nil }
    } else if index == prefix.count + 8 {
      guard byte == UInt8(ascii: "_") else { return nil }
    } else {
      guard isAlphanumeric(byte) else { return nil }
    }
    if index < checksumStart { checksum.add(byte) }
  }
  for digits in CyclicChecksum.alphabets
  where checksum.digits(of: digits).elementsEqual(
    (checksumStart..<length).map { bytes[start + $0] })
  {
    return SourceSpan(start, start + length)
  }
  return nil
}

/// Four letters that say what the key is for, and 16 letters and digits; the third of them is at `offset`.
private func awsKey(in bytes: Span<UInt8>, around offset: Int) -> SourceSpan? {
  let start = offset - 2
  let end = start + 20
  guard start >= 0, end <= bytes.count, bytes[start] == UInt8(ascii: "A"), bytes[offset] == UInt8(ascii: "I"),
    !isWordByte(bytes, start - 1), !isWordByte(bytes, end)
  else { return nil }
  // Long-term and temporary keys, and bearer tokens.
  switch bytes[start + 1] {
  case UInt8(ascii: "K"), UInt8(ascii: "S"), UInt8(ascii: "B"): break
  default: return nil
  }
  var digits = 0
  var seen: UInt64 = 0
  for index in (start + 4)..<end {
    let byte = bytes[index]
    switch byte {
    case 0x30...0x39: digits += 1
    case 0x41...0x5A: break
    default: return nil
    }
    seen |= 1 << UInt64(byte - 0x30)
  }
  // Words have no digits, and fillers few different letters.
  guard digits > 0, seen.nonzeroBitCount > 5 else { return nil }
  let example = Array("EXAMPLE".utf8)
  if example.indices.allSatisfy({ bytes[end - example.count + $0] == example[$0] }) { return nil }
  return SourceSpan(start, end)
}

private func isWordByte(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
  index >= 0 && index < bytes.count && (isAlphanumeric(bytes[index]) || bytes[index] == UInt8(ascii: "_"))
}

private func isAlphanumeric(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 }

/// CRC-32 as zlib has it (ISO 3309).
private struct CyclicChecksum {
  private var state: UInt32 = .max

  mutating func add(_ byte: UInt8) {
    state ^= UInt32(byte)
    for _ in 0..<8 { state = state & 1 == 1 ? state >> 1 ^ 0xEDB8_8320 : state >> 1 }
  }

  /// Digits, and then letters in either order: base 62 is written in both.
  static let alphabets: [[UInt8]] = [
    Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8),
    Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8),
  ]

  /// Six digits of base 62, the greatest first.
  func digits(of alphabet: [UInt8]) -> [UInt8] {
    var rest = Int(~state)
    var digits: [UInt8] = []
    for _ in 0..<6 {
      digits.append(alphabet[rest % 62])
      rest /= 62
    }
    return digits.reversed()
  }
}
