// `bool`, `bytes`, `double`, …: what one type's values are in another (cel-spec, "List of Standard Definitions").
extension StandardLibrary {
  static let conversions =
    toBool + toBytes + toDouble + toDuration + toInt + toString + toTimestamp + toUint + typeQuestions

  private static let toBool: [LibraryFunction] = [
    LibraryFunction("function bool(bool) -> bool") { arguments, _ in arguments[0] },
    LibraryFunction("function bool(string) -> bool") { arguments, _ throws(EvaluationError) in
      .bool(try bool(arguments[0].bytes))
    },
  ]

  private static let toBytes: [LibraryFunction] = [
    LibraryFunction("function bytes(bytes) -> bytes") { arguments, _ in arguments[0] },
    LibraryFunction("function bytes(string) -> bytes") { arguments, _ in Value(.bytes, arguments[0].bytes) },
  ]

  private static let toDouble: [LibraryFunction] = [
    LibraryFunction("function double(double) -> double") { arguments, _ in arguments[0] },
    LibraryFunction("function double(int) -> double") { arguments, _ in .double(Double(arguments[0].int)) },
    LibraryFunction("function double(string) -> double") { arguments, context throws(EvaluationError) in
      .double(
        try read(arguments[0], as: "double", context) { text throws(ConversionFault) in try Double(celText: text) })
    },
    LibraryFunction("function double(uint) -> double") { arguments, _ in .double(Double(arguments[0].uint)) },
  ]

  private static let toDuration: [LibraryFunction] = [
    LibraryFunction("function duration(duration) -> duration") { arguments, _ in arguments[0] },
    LibraryFunction("function duration(int) -> duration") { arguments, _ throws(EvaluationError) in
      .duration(try duration(nanoseconds: arguments[0].int))
    },
    LibraryFunction("function duration(string) -> duration") { arguments, context throws(EvaluationError) in
      .duration(
        try read(arguments[0], as: "duration", context) { text throws(ConversionFault) in try Duration(parsing: text) })
    },
  ]

  private static let toInt: [LibraryFunction] = [
    LibraryFunction("function int(int) -> int") { arguments, _ in arguments[0] },
    LibraryFunction("function int(double) -> int") { arguments, _ throws(EvaluationError) in
      .int(try int(arguments[0].double))
    },
    LibraryFunction("function int(duration) -> int") { arguments, _ throws(EvaluationError) in
      .int(try nanoseconds(arguments[0].duration))
    },
    LibraryFunction("function int(string) -> int") { arguments, context throws(EvaluationError) in
      .int(try read(arguments[0], as: "int", context) { text throws(ConversionFault) in try Int64(celText: text) })
    },
    LibraryFunction("function int(timestamp) -> int") { arguments, _ in .int(arguments[0].timestamp.seconds) },
    LibraryFunction("function int(uint) -> int") { arguments, _ throws(EvaluationError) in
      guard let value = Int64(exactly: arguments[0].uint) else { throw beyond("int", "\(arguments[0].uint)u") }
      return .int(value)
    },
  ]

  private static let toString: [LibraryFunction] = [
    LibraryFunction("function string(string) -> string") { arguments, _ in arguments[0] },
    LibraryFunction("function string(bool) -> string") { arguments, context throws(EvaluationError) in
      try context.string(arguments[0].isTrue ? "true" : "false")
    },
    LibraryFunction("function string(bytes) -> string") { arguments, context throws(EvaluationError) in
      try context.charge(arguments[0].bytes.count)
      guard arguments[0].bytes.isUTF8 else {
        throw .invalidArgument("cannot convert bytes to string: they are not UTF-8")
      }
      return Value(.string, arguments[0].bytes)
    },
    LibraryFunction("function string(double) -> string") { arguments, context throws(EvaluationError) in
      try context.string(DoubleText(arguments[0].double).shortest)
    },
    LibraryFunction("function string(duration) -> string") { arguments, context throws(EvaluationError) in
      try context.string(arguments[0].duration.description)
    },
    LibraryFunction("function string(int) -> string") { arguments, context throws(EvaluationError) in
      try context.string(String(arguments[0].int))
    },
    LibraryFunction("function string(timestamp) -> string") { arguments, context throws(EvaluationError) in
      try context.string(arguments[0].timestamp.description)
    },
    LibraryFunction("function string(uint) -> string") { arguments, context throws(EvaluationError) in
      try context.string(String(arguments[0].uint))
    },
  ]

  private static let toTimestamp: [LibraryFunction] = [
    LibraryFunction("function timestamp(timestamp) -> timestamp") { arguments, _ in arguments[0] },
    LibraryFunction("function timestamp(int) -> timestamp") { arguments, _ throws(EvaluationError) in
      guard let value = Timestamp(seconds: arguments[0].int) else { throw beyond("timestamp", "\(arguments[0].int)") }
      return .timestamp(value)
    },
    LibraryFunction("function timestamp(string) -> timestamp") { arguments, context throws(EvaluationError) in
      .timestamp(
        try read(arguments[0], as: "timestamp", context) { text throws(ConversionFault) in try Timestamp(parsing: text)
        })
    },
  ]

  private static let toUint: [LibraryFunction] = [
    LibraryFunction("function uint(uint) -> uint") { arguments, _ in arguments[0] },
    LibraryFunction("function uint(double) -> uint") { arguments, _ throws(EvaluationError) in
      .uint(try uint(arguments[0].double))
    },
    LibraryFunction("function uint(int) -> uint") { arguments, _ throws(EvaluationError) in
      guard let value = UInt64(exactly: arguments[0].int) else { throw beyond("uint", "\(arguments[0].int)") }
      return .uint(value)
    },
    LibraryFunction("function uint(string) -> uint") { arguments, context throws(EvaluationError) in
      .uint(try read(arguments[0], as: "uint", context) { text throws(ConversionFault) in try UInt64(celText: text) })
    },
  ]

  private static let typeQuestions: [LibraryFunction] = [
    LibraryFunction("function dyn(A) -> dyn") { arguments, _ in arguments[0] },
    LibraryFunction("function type(A) -> type(A)") { arguments, context throws(EvaluationError) in
      try type(of: arguments[0], context)
    },
  ]
}

// MARK: - Implementations

extension StandardLibrary {
  /// The words that cel-go takes for truth values (Go, `strconv.ParseBool`); no other letter cases.
  private static func bool(_ text: ByteView) throws(EvaluationError) -> Bool {
    if text.count <= 5 {
      switch text.text {
      case "1", "t", "T", "true", "TRUE", "True": return true
      case "0", "f", "F", "false", "FALSE", "False": return false
      default: break
      }
    }
    throw .invalidArgument("cannot convert `\(text.excerpt)` to bool: a bool is `true` or `false`")
  }

  /// The whole number of a double, rounded towards zero.
  ///
  /// Neither -2^63 nor 2^63 is one: doubles near them are too coarse to tell (cel-go, `doubleToInt64Checked`).
  private static func int(_ value: Double) throws(EvaluationError) -> Int64 {
    guard value > -0x1p63, value < 0x1p63 else { throw beyond("int", DoubleText(value).shortest) }
    return Int64(value)
  }

  private static func uint(_ value: Double) throws(EvaluationError) -> UInt64 {
    guard value >= 0, value < 0x1p64 else { throw beyond("uint", DoubleText(value).shortest) }
    return UInt64(value)
  }

  private static func duration(nanoseconds: Int64) throws(EvaluationError) -> Duration {
    let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    guard let value = Duration(seconds: seconds, nanoseconds: Int32(truncatingIfNeeded: rest)) else {
      throw beyond("duration", "\(nanoseconds)")
    }
    return value
  }

  /// All of a duration in nanoseconds, as cel-go has it.
  private static func nanoseconds(_ value: Duration) throws(EvaluationError) -> Int64 {
    let (product, isTooLong) = value.seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflows) = product.addingReportingOverflow(Int64(value.nanoseconds))
    if isTooLong || overflows { throw beyond("int", "\(value.description) in nanoseconds") }
    return sum
  }

  /// What a text says, or why it says nothing.
  private static func read<Result>(
    _ text: Value, as type: StaticString, _ context: EvaluationContext,
    _ parse: (Span<UInt8>) throws(ConversionFault) -> Result
  ) throws(EvaluationError) -> Result {
    let bytes = text.bytes
    try context.charge(bytes.count)
    do throws(ConversionFault) { return try parse(unsafe bytes.buffer.span) } catch {
      throw .invalidArgument("cannot convert `\(bytes.excerpt)` to \(type): \(error.message)")
    }
  }

  private static func beyond(_ type: StaticString, _ value: String) -> EvaluationError {
    .overflow("\(value) is out of the range of \(type)")
  }

  /// The type that a value has when it is looked at: without the types of its parts, and of a message its name.
  static func type(of value: Value, _ context: EvaluationContext) throws(EvaluationError) -> Value {
    switch value.kind {
    case .record: try context.arena.type(value.record.layout.name)
    case .opaque: try context.arena.type(value.opaque.typeName)
    case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .list, .map, .type,
      .optional:
      .type(value.kind.typeName)
    }
  }
}
