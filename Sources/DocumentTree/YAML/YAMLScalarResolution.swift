/// What an untagged plain scalar is, by the core schema (YAML 1.2.2, section 10.3.2).
///
/// `yes`, `no`, `on` and `off` are strings and `012` is the integer 12.
func resolvedKind(ofPlain bytes: ArraySlice<UInt8>) -> NodeKind {
  guard let first = bytes.first else { return .null }
  switch first {
  case UInt8(ascii: "~"): return bytes.count == 1 ? .null : .string
  case UInt8(ascii: "n"), UInt8(ascii: "N"):
    return bytes.elementsEqual("null".utf8) || bytes.elementsEqual("Null".utf8) || bytes.elementsEqual("NULL".utf8)
      ? .null : .string
  case UInt8(ascii: "t"), UInt8(ascii: "T"):
    return bytes.elementsEqual("true".utf8) || bytes.elementsEqual("True".utf8) || bytes.elementsEqual("TRUE".utf8)
      ? .true : .string
  case UInt8(ascii: "f"), UInt8(ascii: "F"):
    return bytes.elementsEqual("false".utf8) || bytes.elementsEqual("False".utf8) || bytes.elementsEqual("FALSE".utf8)
      ? .false : .string
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
    return resolvedNumber(bytes)
  default: return .string
  }
}

private func resolvedNumber(_ bytes: ArraySlice<UInt8>) -> NodeKind {
  var index = bytes.startIndex
  let end = bytes.endIndex
  func digits(_ isDigit: (UInt8) -> Bool) -> Int {
    let start = index
    while index < end, isDigit(bytes[index]) { index += 1 }
    return index - start
  }
  let isDecimal: (UInt8) -> Bool = { $0 >= 0x30 && $0 <= 0x39 }
  if end - index > 2, bytes[index] == UInt8(ascii: "0") {
    switch bytes[index + 1] {
    case UInt8(ascii: "o"):
      index += 2
      return digits { $0 >= 0x30 && $0 <= 0x37 } > 0 && index == end ? .integer : .string
    case UInt8(ascii: "x"):
      index += 2
      return digits { isDecimal($0) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x66) } > 0 && index == end
        ? .integer : .string
    default: break
    }
  }
  let isSigned = bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-")
  if isSigned { index += 1 }
  if end - index == 4, bytes[index] == UInt8(ascii: ".") {
    let word = bytes[(index + 1)..<end]
    if word.elementsEqual("inf".utf8) || word.elementsEqual("Inf".utf8) || word.elementsEqual("INF".utf8) {
      return .float
    }
    if !isSigned, word.elementsEqual("nan".utf8) || word.elementsEqual("NaN".utf8) || word.elementsEqual("NAN".utf8) {
      return .float
    }
  }
  let whole = digits(isDecimal)
  if index == end { return whole > 0 ? .integer : .string }
  var fraction = 0
  if bytes[index] == UInt8(ascii: ".") {
    index += 1
    fraction = digits(isDecimal)
  }
  guard whole + fraction > 0 else { return .string }
  if index < end, bytes[index] | 0x20 == UInt8(ascii: "e") {
    index += 1
    if index < end, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
    guard digits(isDecimal) > 0 else { return .string }
  }
  return index == end ? .float : .string
}
