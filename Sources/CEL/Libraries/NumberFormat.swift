/// A value as `format` writes it for the clauses that are made for numbers.
struct NumberFormat {
  private let value: Value
  private let context: EvaluationContext

  init(_ value: Value, _ context: EvaluationContext) {
    self.value = value
    self.context = context
  }

  /// `%d`: a number without an exponent.
  func writeDecimal(to text: inout GrowingText) throws(EvaluationError) {
    switch value.kind {
    case .int: try text.append(String(value.int).utf8)
    case .uint: try text.append(String(value.uint).utf8)
    case .double: try text.write { DoubleText(value.double).writePositional(to: &$0) }
    default: throw mismatch("%d", "numbers")
    }
  }

  /// `%f`: so many digits behind the point.
  func writeFixed(_ precision: Int, to text: inout GrowingText) throws(EvaluationError) {
    guard let number = number else { throw mismatch("%f", "numbers") }
    try text.write { DoubleText(number).writeFixed(fractionDigits: precision, to: &$0) }
  }

  /// `%e`: one digit before the point, so many behind it, and an exponent.
  func writeScientific(_ precision: Int, to text: inout GrowingText) throws(EvaluationError) {
    guard let number = number else { throw mismatch("%e", "numbers") }
    try text.write { DoubleText(number).writeScientific(fractionDigits: precision, to: &$0) }
  }

  /// `%b`: base 2, behind a minus where one is due.
  func writeBinary(to text: inout GrowingText) throws(EvaluationError) {
    switch value.kind {
    case .bool: try text.append(value.isTrue ? UInt8(ascii: "1") : UInt8(ascii: "0"))
    case .int: try text.append(String(value.int, radix: 2).utf8)
    case .uint: try text.append(String(value.uint, radix: 2).utf8)
    default: throw mismatch("%b", "integers and bools")
    }
  }

  /// `%o`: base 8.
  func writeOctal(to text: inout GrowingText) throws(EvaluationError) {
    switch value.kind {
    case .int: try text.append(String(value.int, radix: 8).utf8)
    case .uint: try text.append(String(value.uint, radix: 8).utf8)
    default: throw mismatch("%o", "integers")
    }
  }

  /// `%x` and `%X`: base 16; of a text or of bytes, two digits a byte.
  func writeHexadecimal(isUppercase: Bool, to text: inout GrowingText) throws(EvaluationError) {
    switch value.kind {
    case .int: try text.append(String(value.int, radix: 16, uppercase: isUppercase).utf8)
    case .uint: try text.append(String(value.uint, radix: 16, uppercase: isUppercase).utf8)
    case .string, .bytes:
      let ten: UInt8 = isUppercase ? 0x37 : 0x57
      try context.charge(value.bytes.count)
      for byte in value.bytes {
        let (high, low) = (byte >> 4, byte & 15)
        try text.append(high < 10 ? 0x30 + high : ten + high)
        try text.append(low < 10 ? 0x30 + low : ten + low)
      }
    default: throw mismatch(isUppercase ? "%X" : "%x", "integers, strings and bytes")
    }
  }

  /// The nearest double, as cel-go takes it.
  private var number: Double? {
    switch value.kind {
    case .int: Double(value.int)
    case .uint: Double(value.uint)
    case .double: value.double
    default: nil
    }
  }

  private func mismatch(_ clause: StaticString, _ wanted: StaticString) -> EvaluationError {
    .invalidArgument("`\(clause)` formats \(wanted), and was given a value of type `\(value.typeName)`")
  }
}
