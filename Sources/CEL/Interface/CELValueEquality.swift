// Equality as `==` in an expression says: strings by their code points, numbers of different types by their values, maps
// whatever the order of their entries, and NaN equal to nothing.
extension CELValue: Equatable {
  public static func == (left: CELValue, right: CELValue) -> Bool {
    // A stack instead of recursion: a program may make values of any depth.
    var open = [(left, right)]
    while let (left, right) = open.popLast() {
      guard left.hasEqualTop(right, &open) else { return false }
    }
    return true
  }

  /// Whether two values are equal if their parts are, which are left to be compared.
  private func hasEqualTop(_ other: CELValue, _ open: inout [(CELValue, CELValue)]) -> Bool {
    if let number, let otherNumber = other.number { return number.isEqualNumber(to: otherNumber) }
    switch (self, other) {
    case (.null, .null), (.optional(nil), .optional(nil)): return true
    case (.bool(let left), .bool(let right)): return left == right
    case (.string(let left), .string(let right)), (.type(let left), .type(let right)):
      return left.utf8.elementsEqual(right.utf8)
    case (.bytes(let left), .bytes(let right)): return left == right
    case (.timestamp(let left), .timestamp(let right)): return left == right
    case (.duration(let left), .duration(let right)): return left == right
    case (.opaque(let left), .opaque(let right)): return left.isEqual(to: right)
    case (.optional(let left?), .optional(let right?)):
      open.append((left, right))
      return true
    case (.list(let left), .list(let right)):
      open += zip(left, right)
      return left.count == right.count
    case (.map(let left), .map(let right)):
      return Self.pair(left.map { (MapKey($0.key), $0.value) }, right.map { (MapKey($0.key), $0.value) }, &open)
    case (.record(let name, let left), .record(let otherName, let right)):
      return name == otherName
        && Self.pair(left.map { (MapKey($0.name), $0.value) }, right.map { (MapKey($0.name), $0.value) }, &open)
    default: return false
    }
  }

  /// Pairs the values of equal keys; false when there is one without an equal.
  private static func pair(
    _ left: [(MapKey?, CELValue)], _ right: [(MapKey?, CELValue)], _ open: inout [(CELValue, CELValue)]
  ) -> Bool {
    guard left.count == right.count else { return false }
    var values: [MapKey: CELValue] = [:]
    for (key, value) in right {
      guard let key else { return false }
      values[key] = value
    }
    guard values.count == left.count else { return false }
    for (key, value) in left {
      guard let key, let other = values.removeValue(forKey: key) else { return false }
      open.append((value, other))
    }
    return true
  }

  /// A number as the evaluator has it.
  private var number: CEL.Value? {
    switch self {
    case .int(let value): .int(value)
    case .uint(let value): .uint(value)
    case .double(let value): .double(value)
    case .null, .bool, .string, .bytes, .timestamp, .duration, .list, .map, .type, .optional, .record, .opaque: nil
    }
  }
}

/// A map's key: equal keys are one, whatever the types of numbers.
private enum MapKey: Hashable {
  case bool(Bool)
  case negative(Int64)
  case natural(UInt64)
  case text([UInt8])

  init(_ name: String) { self = .text(Array(name.utf8)) }

  /// `nil` for what is no key.
  init?(_ value: CELValue) {
    switch value {
    case .bool(let value): self = .bool(value)
    case .int(let value): self = value < 0 ? .negative(value) : .natural(UInt64(value))
    case .uint(let value): self = .natural(value)
    case .string(let text): self = .text(Array(text.utf8))
    case .null, .double, .bytes, .timestamp, .duration, .list, .map, .type, .optional, .record, .opaque: return nil
    }
  }
}
