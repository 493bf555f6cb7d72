/// The optionals extension (cel-go, `cel/library.go`); `optMap` and `optFlatMap` are macros.
enum OptionalLibrary {
  static let functions =
    makers + unwrapping + [
      LibraryFunction("method optional(A).hasValue() -> bool") { arguments, _ throws(EvaluationError) in
        .bool(arguments[0].optionalValue != nil)
      },
      // A program evaluates the argument of `or` and `orValue` only where the receiver is none; these are for the rest.
      LibraryFunction("method optional(A).or(optional(A)) -> optional(A)") { arguments, _ throws(EvaluationError) in
        arguments[0].optionalValue == nil ? arguments[1] : arguments[0]
      },
      LibraryFunction("method optional(A).orValue(A) -> A") { arguments, _ throws(EvaluationError) in
        arguments[0].optionalValue ?? arguments[1]
      },
      LibraryFunction("method optional(A).value() -> A") { arguments, _ throws(EvaluationError) in
        guard let value = arguments[0].optionalValue else { throw .invalidArgument("optional.none() dereference") }
        return value
      },
    ]

  private static let makers: [LibraryFunction] = [
    LibraryFunction("function optional.of(A) -> optional(A)") { arguments, context throws(EvaluationError) in
      try context.optional(arguments[0])
    },
    LibraryFunction("function optional.ofNonZeroValue(A) -> optional(A)") {
      arguments, context throws(EvaluationError) in
      isZero(arguments[0]) ? .none : try context.optional(arguments[0])
    },
    LibraryFunction("function optional.none() -> optional(A)") { _, _ throws(EvaluationError) in .none },
  ]

  private static let unwrapping: [LibraryFunction] = [
    LibraryFunction("function optional.unwrap(list(optional(A))) -> list(A)") {
      arguments, context throws(EvaluationError) in
      try unwrapped(arguments[0].elements, context)
    },
    LibraryFunction("method list(optional(A)).unwrapOpt() -> list(A)") { arguments, context throws(EvaluationError) in
      try unwrapped(arguments[0].elements, context)
    },
  ]

  /// Whether it is the value of its type that stands for nothing (cel-go, `traits.Zeroer`).
  ///
  /// Optionals and types are never zero. A timestamp is at the Unix epoch.
  private static func isZero(_ value: Value) -> Bool {
    switch value.kind {
    case .null: true
    case .bool: !value.isTrue
    case .int: value.int == 0
    case .uint: value.uint == 0
    case .double: value.double == 0
    case .string, .bytes: value.bytes.count == 0
    case .timestamp: value.timestamp.seconds == 0 && value.timestamp.nanoseconds == 0
    case .duration: value.duration.seconds == 0 && value.duration.nanoseconds == 0
    case .list: value.elements.count == 0
    case .map: value.entries.count == 0
    case .record: value.record.layout.fields.indices.allSatisfy { value.record.field($0) == nil }
    case .type, .optional, .opaque, .error: false
    }
  }

  private static func unwrapped(
    _ list: ListView, _ context: EvaluationContext
  ) throws(EvaluationError) -> Value {
    try context.charge(list.count)
    var values: [Value] = []
    for element in list {
      guard element.kind == .optional else { throw .noOverload }
      if let value = element.optionalValue { values.append(value) }
    }
    return try context.list(values)
  }
}
