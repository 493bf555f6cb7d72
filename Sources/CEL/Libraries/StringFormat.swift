/// One call of `format`: a text in which each `%` with a letter stands for the next of a list's values.
///
/// As in cel-go (`ext/formatting_v2.go`), values that are left over are no error, and a precision is taken before every
/// letter and means something to `%e` and `%f` alone.
struct StringFormat {
  private let format: ByteView
  private let values: ListView
  private let context: EvaluationContext
  private var text: GrowingText
  private var offset = 0
  private var nextValue = 0

  /// The greatest precision, as in cel-cpp.
  static let precisionLimit = 1_000

  init(_ format: ByteView, _ values: ListView, _ context: EvaluationContext) {
    self.format = format
    self.values = values
    self.context = context
    text = GrowingText(context)
  }

  /// The whole text.
  mutating func result() throws(EvaluationError) -> Value {
    try context.charge(format.count)
    while let percent = format[offset...].firstIndex(of: UInt8(ascii: "%")) {
      try text.append(format.slice(offset..<percent))
      offset = percent + 1
      guard offset < format.count else {
        throw .invalidArgument("the format ends behind a `%`; `%%` is a percent sign")
      }
      if format[offset] == UInt8(ascii: "%") {
        try text.append(UInt8(ascii: "%"))
        offset += 1
      } else {
        try writeClause()
      }
    }
    try text.append(format.slice(offset..<format.count))
    return try context.string(text.bytes)
  }

  /// Writes a value as the clause at hand says, whose `%` is read.
  private mutating func writeClause() throws(EvaluationError) {
    let precision = try readPrecision()
    let letter = format.slice(offset..<format.codePointEnd(offset))
    guard nextValue < values.count else {
      throw .invalidArgument("`%\(letter.excerpt)` has no value: the list has \(values.count)")
    }
    let value = values[nextValue]
    nextValue += 1
    offset += letter.count
    let number = NumberFormat(value, context)
    switch letter.count == 1 ? letter[0] : 0 {
    case UInt8(ascii: "s"):
      var valueText = ValueText(context)
      try valueText.write(value, to: &text)
    case UInt8(ascii: "d"): try number.writeDecimal(to: &text)
    case UInt8(ascii: "f"): try number.writeFixed(precision, to: &text)
    case UInt8(ascii: "e"): try number.writeScientific(precision, to: &text)
    case UInt8(ascii: "b"): try number.writeBinary(to: &text)
    case UInt8(ascii: "o"): try number.writeOctal(to: &text)
    case UInt8(ascii: "x"): try number.writeHexadecimal(isUppercase: false, to: &text)
    case UInt8(ascii: "X"): try number.writeHexadecimal(isUppercase: true, to: &text)
    default:
      throw .invalidArgument(
        "`%\(letter.excerpt)` is no format; those there are: `%s`, `%d`, `%f`, `%e`, `%b`, `%o`, `%x`, `%X`, `%%`")
    }
  }

  /// The digits behind the point that a clause asks for: `.2`, or 6 when it does not say.
  private mutating func readPrecision() throws(EvaluationError) -> Int {
    guard format[offset] == UInt8(ascii: ".") else { return 6 }
    let start = offset
    offset += 1
    var precision = 0
    while offset < format.count, 0x30...0x39 ~= format[offset] {
      precision = min(precision * 10 + Int(format[offset] - 0x30), Self.precisionLimit + 1)
      offset += 1
    }
    guard offset < format.count else { throw .invalidArgument("the format ends behind a precision") }
    guard offset > start + 1 else { throw .invalidArgument("a precision is a `.` with digits behind it") }
    guard precision <= Self.precisionLimit else {
      throw .invalidArgument("a precision is at most \(Self.precisionLimit)")
    }
    return precision
  }
}
