/// What was probably meant where types do not fit.
enum TypeAdvice {
  /// How a value of another type becomes a condition; `nil` when there is no telling.
  static func asCondition(_ kind: TypeKind) -> String? {
    switch kind {
    case .string: "compare it: `… == \"text\"` or `… != \"\"`"
    case .int, .uint, .double: "compare it: `… > 0`"
    case .list, .map: "`size(…) > 0` says whether it has elements"
    case .null: "`… == null` asks for null"
    case .timestamp: "compare it: `… < now`"
    case .duration: "compare it: `… > duration(\"1h\")`"
    case .abstract, .error, .dyn, .any, .bool, .bytes, .boolWrapper, .intWrapper, .uintWrapper, .doubleWrapper,
      .stringWrapper, .bytesWrapper, .type, .message:
      nil
    }
  }

  /// What an operator takes.
  static func rule(_ operation: Operator) -> String? {
    switch operation {
    case .add:
      "`+` takes two numbers of one type, two strings, bytes or lists, or a timestamp or duration and a duration"
    case .subtract: "`-` takes two numbers of one type, or timestamps and durations"
    case .multiply, .divide: "`\(operation.spelling)` takes two numbers of one type"
    case .modulo: "`%` takes two `int` or two `uint`"
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      "`\(operation.spelling)` takes two numbers, or two values of one type that has an order"
    case .none, .not, .negate, .or, .and, .equal, .notEqual, .in: nil
    }
  }

  /// What was probably meant by an operator between values of these types; `nil` when there is no telling.
  static func onOperands(_ operation: Operator, _ left: TypeKind, _ right: TypeKind) -> String? {
    if operation == .in {
      return right == .string && left == .string ? "`text.contains(part)` looks for a part of a string" : nil
    }
    let isArithmetic = rule(operation) != nil && !isOrdering(operation)
    if left.isNumber, right.isNumber, isArithmetic {
      if operation == .modulo, left == .double || right == .double { return "`int(…)` converts a `double`" }
      let wide = left == .double || right == .double ? TypeKind.double : .int
      return "`\(wide)(…)` converts the `\(left == wide ? right : left)`"
    }
    if operation == .add, left == .string || right == .string {
      let other = left == .string ? right : left
      if isConvertibleToString(other) { return "`string(…)` converts the `\(other)`" }
    }
    if operation == .add, left == .list || right == .list {
      return "write `[…]` around a single element to add it to a list"
    }
    return onTimes(left, right) ?? (isOrdering(operation) ? onText(left, right) : nil)
  }

  /// What was probably meant by a comparison of values of these types; `nil` when there is no telling.
  static func onComparison(_ left: TypeKind, _ right: TypeKind) -> String? {
    if let advice = onTimes(left, right) ?? onText(left, right) { return advice }
    if (left == .bool) != (right == .bool), left == .string || right == .string {
      return "`true` and `false` are written without quotes"
    }
    if (left == .list) != (right == .list) { return "`in` asks whether a list has an element" }
    return nil
  }

  /// How a value becomes one of the type that a field has; `nil` when there is no telling.
  static func asField(_ field: CELType, _ found: TypeKind) -> String? {
    func converted(by function: String, _ isPossible: Bool) -> String? {
      isPossible ? "`\(function)(…)` converts the `\(found)`" : nil
    }
    let isNumeric = found.isNumber || found == .string
    switch field {
    case .int, .wrapper(.int): return converted(by: "int", isNumeric)
    case .uint, .wrapper(.uint): return converted(by: "uint", isNumeric)
    case .double, .wrapper(.double): return converted(by: "double", isNumeric)
    case .string, .wrapper(.string): return converted(by: "string", isConvertibleToString(found))
    case .timestamp: return converted(by: "timestamp", found == .string || found == .int)
    case .duration: return converted(by: "duration", found == .string)
    case .error, .dyn, .null, .bool, .bytes, .any, .wrapper(.bool), .wrapper(.bytes), .list, .map, .type, .abstract,
      .message, .parameter:
      return nil
    }
  }

  private static func onTimes(_ left: TypeKind, _ right: TypeKind) -> String? {
    if left == .timestamp || right == .timestamp {
      let other = left == .timestamp ? right : left
      if other == .string || other == .int { return "write `timestamp(…)` around the `\(other)`" }
    }
    if left == .duration || right == .duration {
      let other = left == .duration ? right : left
      if other == .string { return "write `duration(…)` around the `string`" }
      if other == .int { return "write a duration as `duration(\"90s\")`" }
    }
    return nil
  }

  private static func onText(_ left: TypeKind, _ right: TypeKind) -> String? {
    guard left == .string && right.isNumber || right == .string && left.isNumber else { return nil }
    return "numbers are written without quotes; `int(…)` and `double(…)` convert a string"
  }

  private static func isOrdering(_ operation: Operator) -> Bool {
    switch operation {
    case .less, .lessOrEqual, .greater, .greaterOrEqual: true
    case .none, .not, .negate, .or, .and, .equal, .notEqual, .in, .add, .subtract, .multiply, .divide, .modulo: false
    }
  }

  private static func isConvertibleToString(_ kind: TypeKind) -> Bool {
    switch kind {
    case .bool, .int, .uint, .double, .bytes, .timestamp, .duration: true
    case .error, .dyn, .any, .null, .string, .boolWrapper, .intWrapper, .uintWrapper, .doubleWrapper, .stringWrapper,
      .bytesWrapper, .list, .map, .type, .abstract, .message:
      false
    }
  }

  /// What was probably meant by a method that does not fit its receiver; `nil` when there is no telling.
  static func onMethod(_ name: String, receiver: TypeKind) -> String? {
    switch (name, receiver) {
    case ("contains", .list): "`element in list` asks whether a list has an element"
    case ("contains", .map): "`key in map` asks whether a map has a key"
    case ("matches", .list), ("startsWith", .list), ("endsWith", .list):
      "`list.exists(x, x.\(name)(…))` asks it of the elements"
    case ("matches", _), ("startsWith", _), ("endsWith", _), ("contains", _), ("size", _):
      receiver.isNumber && name != "size" ? "`string(…)` converts a number" : nil
    default: nil
    }
  }
}
