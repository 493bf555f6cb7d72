internal import CEL

/// An enum of the suite, whose values are numbered from 0.
struct TestEnum {
  /// The name, with its namespace.
  let name: String
  /// The names of the values.
  let values: [String]

  private var type: CELType { .abstract(name, []) }

  /// A value, of its own type or as an int.
  func value(_ number: Int32, isTyped: Bool) -> CELValue {
    isTyped ? .opaque(EnumValue(name, number)) : .int(Int64(number))
  }

  func constants(isTyped: Bool) -> [ConstantDeclaration] {
    zip(Int32(0)..., values).map {
      ConstantDeclaration("\(name).\($1)", type: isTyped ? type : .int, value: value($0, isTyped: isTyped))
    }
  }

  /// `Enum(int)`, `Enum(string)` and `int(Enum)`.
  var conversions: [FunctionDeclaration] {
    let (name, values) = (name, values)
    return [
      FunctionDeclaration(Overload(name, [.int], type)) { arguments, context throws(EvaluationError) in
        guard let number = Int32(exactly: arguments[0].int) else { throw .overflow("an enum's value has 32 bits") }
        return try context.opaque(EnumValue(name, number))
      },
      FunctionDeclaration(Overload(name, [.string], type)) { arguments, context throws(EvaluationError) in
        guard let number = values.firstIndex(of: arguments[0].text) else {
          throw .invalidArgument("`\(name)` has no value `\(arguments[0].text)`")
        }
        return try context.opaque(EnumValue(name, Int32(number)))
      },
      FunctionDeclaration(Overload("int", [type], .int)) { arguments, _ throws(EvaluationError) in
        guard let value = arguments[0].opaque as? EnumValue else { throw .noOverload }
        return .int(Int64(value.number))
      },
    ]
  }
}
