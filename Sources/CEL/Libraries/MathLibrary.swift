/// The math extension (cel-go, `ext/math.go`).
enum MathLibrary {
  static let functions =
    rounding + signs + predicates + roots + bitOperations + shifts
    + extremes("math.greatest", wanted: 1) + extremes("math.least", wanted: -1)

  private static func real(
    _ name: String, _ operation: @escaping @Sendable (Double) -> Double
  ) -> LibraryFunction {
    LibraryFunction("function \(name)(double) -> double") { arguments, _ throws(EvaluationError) in
      .double(operation(arguments[0].double))
    }
  }

  private static let rounding: [LibraryFunction] = [
    real("math.ceil") { $0.rounded(.up) },
    real("math.floor") { $0.rounded(.down) },
    real("math.round") { $0.rounded(.toNearestOrAwayFromZero) },
    real("math.trunc") { $0.rounded(.towardZero) },
  ]

  private static let signs: [LibraryFunction] = [
    real("math.abs") { $0.magnitude },
    LibraryFunction("function math.abs(int) -> int") { arguments, _ throws(EvaluationError) in
      let number = arguments[0].int
      guard number != .min else { throw .overflow() }
      return .int(number < 0 ? -number : number)
    },
    LibraryFunction("function math.abs(uint) -> uint") { arguments, _ throws(EvaluationError) in arguments[0] },
    // NaN keeps itself; both zeros are 0.0.
    real("math.sign") { $0.isNaN ? $0 : $0 > 0 ? 1 : $0 < 0 ? -1 : 0 },
    LibraryFunction("function math.sign(int) -> int") { arguments, _ throws(EvaluationError) in
      .int(arguments[0].int.signum())
    },
    LibraryFunction("function math.sign(uint) -> uint") { arguments, _ throws(EvaluationError) in
      .uint(arguments[0].uint == 0 ? 0 : 1)
    },
  ]

  private static let predicates: [LibraryFunction] = [
    LibraryFunction("function math.isFinite(double) -> bool") { arguments, _ throws(EvaluationError) in
      .bool(arguments[0].double.isFinite)
    },
    LibraryFunction("function math.isInf(double) -> bool") { arguments, _ throws(EvaluationError) in
      .bool(arguments[0].double.isInfinite)
    },
    LibraryFunction("function math.isNaN(double) -> bool") { arguments, _ throws(EvaluationError) in
      .bool(arguments[0].double.isNaN)
    },
  ]

  private static let roots: [LibraryFunction] = [
    real("math.sqrt") { $0.squareRoot() },
    LibraryFunction("function math.sqrt(int) -> double") { arguments, _ throws(EvaluationError) in
      .double(Double(arguments[0].int).squareRoot())
    },
    LibraryFunction("function math.sqrt(uint) -> double") { arguments, _ throws(EvaluationError) in
      .double(Double(arguments[0].uint).squareRoot())
    },
  ]
}

// MARK: - Bits

extension MathLibrary {
  /// An operation on the bits of two ints, and of two uints.
  private static func bits(
    _ name: String, _ operation: @escaping @Sendable (UInt64, UInt64) -> UInt64
  ) -> [LibraryFunction] {
    [
      LibraryFunction("function \(name)(int, int) -> int") { arguments, _ throws(EvaluationError) in
        .int(Int64(bitPattern: operation(UInt64(bitPattern: arguments[0].int), UInt64(bitPattern: arguments[1].int))))
      },
      LibraryFunction("function \(name)(uint, uint) -> uint") { arguments, _ throws(EvaluationError) in
        .uint(operation(arguments[0].uint, arguments[1].uint))
      },
    ]
  }

  private static let bitOperations: [LibraryFunction] =
    bits("math.bitAnd") { $0 & $1 } + bits("math.bitOr") { $0 | $1 } + bits("math.bitXor") { $0 ^ $1 } + [
      LibraryFunction("function math.bitNot(int) -> int") { arguments, _ throws(EvaluationError) in
        .int(~arguments[0].int)
      },
      LibraryFunction("function math.bitNot(uint) -> uint") { arguments, _ throws(EvaluationError) in
        .uint(~arguments[0].uint)
      },
    ]

  private static let shifts: [LibraryFunction] =
    shift("math.bitShiftLeft") { $0 << $1 } + shift("math.bitShiftRight") { $0 >> $1 }

  /// A shift of an int, and of a uint.
  ///
  /// All bits of an int are shifted, its sign with them (cel-go, `bitShiftRightIntInt`); by 64 and more, nothing is left.
  private static func shift(
    _ name: String, _ operation: @escaping @Sendable (UInt64, Int64) -> UInt64
  ) -> [LibraryFunction] {
    let shifted: @Sendable (UInt64, Int64) throws(EvaluationError) -> UInt64 = { bits, count throws(EvaluationError) in
      guard count >= 0 else { throw .invalidArgument("`\(name)` cannot shift by the negative offset \(count)") }
      return operation(bits, count)
    }
    return [
      LibraryFunction("function \(name)(int, int) -> int") { arguments, _ throws(EvaluationError) in
        .int(Int64(bitPattern: try shifted(UInt64(bitPattern: arguments[0].int), arguments[1].int)))
      },
      LibraryFunction("function \(name)(uint, int) -> uint") { arguments, _ throws(EvaluationError) in
        .uint(try shifted(arguments[0].uint, arguments[1].int))
      },
    ]
  }
}

// MARK: - Extremes

extension MathLibrary {
  /// One number, any two of them, or a list; a call with more than two hands them over in a list, as cel-go's macro does.
  private static func extremes(_ name: String, wanted: Int) -> [LibraryFunction] {
    let numbers = ["int", "uint", "double"]
    var functions: [LibraryFunction] = []
    for number in numbers {
      functions.append(
        LibraryFunction("function \(name)(\(number)) -> \(number)") { arguments, _ throws(EvaluationError) in
          arguments[0]
        })
    }
    for number in numbers {
      functions.append(
        LibraryFunction("function \(name)(list(\(number))) -> \(number)") {
          arguments, context throws(EvaluationError) in
          try context.charge(arguments[0].elements.count)
          return try extreme(of: arguments[0].elements, wanted: wanted, name)
        })
    }
    for left in numbers {
      for right in numbers {
        let result = left == right ? left : "dyn"
        functions.append(
          LibraryFunction("function \(name)(\(left), \(right)) -> \(result)") { arguments, _ throws(EvaluationError) in
            try extreme(of: arguments, wanted: wanted, name)
          })
      }
    }
    return functions
  }

  /// The number that stands on the wanted side (1: behind, -1: before) of all others; of equal ones, the first.
  private static func extreme(
    of numbers: ListView, wanted: Int, _ name: String
  ) throws(EvaluationError) -> Value {
    guard numbers.count > 0 else { throw .invalidArgument("`\(name)` of an empty list") }
    var best = numbers[0]
    guard best.kind.isNumber else { throw .noOverload }
    for number in numbers.dropFirst() {
      guard number.kind.isNumber else { throw .noOverload }
      guard let order = number.order(ofNumber: best) else { throw .invalidArgument("NaN values cannot be ordered") }
      if order == wanted { best = number }
    }
    return best
  }
}
