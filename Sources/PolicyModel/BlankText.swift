/// Whether a range of UTF-8 shows nothing: it is empty, or holds only white space, control and invisible characters.
///
/// `grammar/policy.schema.json` spells the same set as a regular expression.
func isBlank(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
  var index = range.lowerBound
  skipBlanks(bytes, &index, range.upperBound)
  return index == range.upperBound
}

/// Whether a range of UTF-8 holds no expression: only blanks, and comments from `//` to the line's end.
func isBlankCondition(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
  var index = range.lowerBound
  while true {
    skipBlanks(bytes, &index, range.upperBound)
    guard index < range.upperBound else { return true }
    guard bytes[index] == 0x2F, index + 1 < range.upperBound, bytes[index + 1] == 0x2F else { return false }
    while index < range.upperBound, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
  }
}

/// Steps over blank characters; stops at the first that shows, or that is no valid UTF-8.
private func skipBlanks(_ bytes: [UInt8], _ index: inout Int, _ end: Int) {
  while index < end {
    let byte = bytes[index]
    if byte < 0x80 {
      guard byte <= 0x20 || byte == 0x7F else { return }
      index += 1
    } else {
      guard let (scalar, count) = decodedScalar(bytes, index, end), isBlank(scalar) else { return }
      index += count
    }
  }
}

/// A multi-byte scalar and its length, `nil` where bytes are missing.
///
/// Readers have checked the encoding.
private func decodedScalar(_ bytes: [UInt8], _ index: Int, _ end: Int) -> (scalar: UInt32, count: Int)? {
  let lead = bytes[index]
  let count = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
  guard lead >= 0xC0, index + count <= end else { return nil }
  var scalar = UInt32(lead) & (count == 4 ? 0x07 : count == 3 ? 0x0F : 0x1F)
  for offset in 1..<count { scalar = scalar &<< 6 | UInt32(bytes[index + offset] & 0x3F) }
  return (scalar, count)
}

/// White space, controls, and what Unicode calls default ignorable, with the blank Braille pattern.
private func isBlank(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x80...0xA0, 0xAD, 0x034F, 0x061C, 0x115F...0x1160, 0x1680, 0x17B4...0x17B5, 0x180B...0x180F, 0x2000...0x200F,
    0x2028...0x202F, 0x205F...0x206F, 0x2800, 0x3000, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFF8,
    0xE0000...0xE0FFF:
    true
  default: false
  }
}
