import CEL
import Diagnostics
import Source

/// A character that cannot be seen, in a string or a comment of a document.
///
/// Prose has uses for some that a condition has not: marks of direction beside letters that are written from right to left,
/// soft hyphens, and a byte order mark at the start.
func hiddenCharacter(in bytes: Span<UInt8>, at offset: Int) -> Diagnostic? {
  guard let (scalar, length) = scalar(in: bytes, at: offset), isHidden(scalar) else { return nil }
  let previous = scalarBefore(offset, in: bytes)
  let next = offset + length < bytes.count ? DocumentScalar(bytes, offset + length)?.value : nil
  switch scalar.value {
  case 0xFEFF where offset == 0: return nil
  case 0xAD: return nil
  case 0x200E, 0x200F, 0x061C: if isBeyondLatin(previous) || isBeyondLatin(next) { return nil }
  default: if isInPlace(scalar, previous, next) { return nil }
  }
  return Diagnostic(HiddenUnicode(codePoint: scalar), at: SourceSpan(offset, offset + length))
}

private func isBeyondLatin(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { $0.value >= 0x0590 } ?? false }

private func scalar(in bytes: Span<UInt8>, at offset: Int) -> (Unicode.Scalar, Int)? {
  DocumentScalar(bytes, offset).map { ($0.value, $0.length) }
}

private func scalarBefore(_ offset: Int, in bytes: Span<UInt8>) -> Unicode.Scalar? {
  var start = offset - 1
  while start >= 0, offset - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
  guard start >= 0, let scalar = DocumentScalar(bytes, start), start + scalar.length == offset else { return nil }
  return scalar.value
}

/// One character of a document's bytes.
private struct DocumentScalar {
  let value: Unicode.Scalar
  let length: Int

  /// `nil` for what is no UTF-8.
  init?(_ bytes: Span<UInt8>, _ offset: Int) {
    let first = UInt32(bytes[offset])
    length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
    guard length > 0, bytes.count - offset >= length else { return nil }
    var value = length == 1 ? first : first & (0x7F >> UInt32(length))
    for index in 1..<max(length, 1) {
      let byte = UInt32(bytes[offset + index])
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | byte & 0x3F
    }
    guard let scalar = Unicode.Scalar(value) else { return nil }
    self.value = scalar
  }
}
