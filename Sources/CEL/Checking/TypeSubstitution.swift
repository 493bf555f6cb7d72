/// What is known of the type variables of one condition, and whether one type may stand where another is wanted.
///
/// The rules are cel-go's (`checker/types.go`), which copies its substitution at each step; here a trail of changes is
/// kept and undone instead, so that checking takes linear time.
struct TypeSubstitution: Sendable {
  var table: TypeTable
  /// What each variable stands for; `unknown` until that is found.
  private var bindings = Stack<TypeID>()
  /// The bindings as they were before each change since the last `commit`.
  private var trail = Stack<Change>()
  private struct Change {
    var variable: Int
    var old: TypeID
  }

  /// How many more types may be looked at; beyond, all fits.
  ///
  /// Types are small, so that only a hostile condition gets there.
  private var budget = 0

  private static let stepLimit = 256

  init(_ table: TypeTable) { self.table = table }

  /// Forgets all variables.
  mutating func reset() {
    bindings.removeAll()
    trail.removeAll()
  }

  /// A variable of which nothing is known yet.
  mutating func makeVariable(isFlexible: Bool = false) -> TypeID {
    bindings.append(.unknown)
    return .variable(bindings.count - 1, isFlexible: isFlexible)
  }

  /// Makes variables for the type parameters of a declaration; the result is the place of the first.
  mutating func makeVariables(_ count: Int) -> Int {
    let base = bindings.count
    for _ in 0..<count { bindings.append(.unknown) }
    return base
  }

  /// What a variable stands for, as far as it is known; all other types are themselves.
  @inline(__always)
  func shallow(_ type: TypeID) -> TypeID {
    guard type.isVariable else { return type }
    return followed(type)
  }

  private func followed(_ type: TypeID) -> TypeID {
    var type = type
    var steps = 0
    while type.isVariable, steps < Self.stepLimit {
      let bound = bindings[type.index]
      if bound == .unknown { return type }
      type = bound
      steps += 1
    }
    return type.isVariable ? .dyn : type
  }
}

// MARK: - Trying

extension TypeSubstitution {
  /// A state to come back to.
  struct Mark {
    fileprivate let trailCount: Int
    fileprivate let variableCount: Int
  }

  func mark() -> Mark { Mark(trailCount: trail.count, variableCount: bindings.count) }

  /// Undoes everything since a mark.
  mutating func rollBack(to mark: Mark) {
    while trail.count > mark.trailCount, let change = trail.popLast() { bindings[change.variable] = change.old }
    bindings.removeLast(bindings.count - mark.variableCount)
  }

  /// Whether a variable that was there at a mark has changed since.
  func hasChangedVariables(since mark: Mark) -> Bool {
    trail.count > mark.trailCount && trail[mark.trailCount...].contains { $0.variable < mark.variableCount }
  }

  /// Makes everything since the last mark final.
  mutating func commit() { trail.removeLast(trail.count) }

  /// Whether a value of one type may stand where another type is wanted; finds what variables stand for on the way.
  ///
  /// Not symmetric in cel-go only by the order in which it looks; `dyn` and null fit in both directions.
  ///
  /// - Parameters:
  ///   - type: What is there.
  ///   - wanted: What is wanted; may hold type parameters.
  ///   - base: The first of the variables that stand for the type parameters.
  /// - Returns: Whether it fits. When it does not, the caller must `rollBack`.
  mutating func assign(_ type: TypeID, to wanted: TypeID, base: Int = 0) -> Bool {
    if type == wanted { return true }
    budget = Self.stepLimit
    return fits(type, wanted, base)
  }

  private mutating func fits(_ left: TypeID, _ right: TypeID, _ base: Int) -> Bool {
    budget -= 1
    guard budget > 0 else { return true }
    let left = left.isParameter && !left.isVariable ? .variable(base + left.index) : left
    let right = right.isParameter && !right.isVariable ? .variable(base + right.index) : right
    if left == right { return true }
    if right.isVariable {
      let (isValid, wasBound) = substitute(left, for: right, base)
      if isValid { return true }
      if wasBound { return false }
    }
    if left.isVariable { return substitute(right, for: left, base).isValid }
    if left.isWildcard || right.isWildcard { return true }
    let leftEntry = table.entries[left.index]
    let rightEntry = table.entries[right.index]
    if leftEntry.kind == .null { return table.admitsNull(rightEntry) }
    if rightEntry.kind == .null { return table.admitsNull(leftEntry) }
    switch leftEntry.kind {
    case .error, .dyn, .any, .null: return true
    case .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .boolWrapper, .intWrapper, .uintWrapper,
      .doubleWrapper, .stringWrapper, .bytesWrapper:
      return leftEntry.kind.unwrapped == rightEntry.kind.unwrapped
    case .type: return rightEntry.kind == .type
    case .message: return rightEntry.kind == .message && leftEntry.name == rightEntry.name
    case .list, .map, .abstract:
      guard leftEntry.kind == rightEntry.kind, leftEntry.name == rightEntry.name, leftEntry.count == rightEntry.count
      else { return false }
      for part in 0..<Int(leftEntry.count)
      where !fits(table.parts[Int(leftEntry.start) + part], table.parts[Int(rightEntry.start) + part], base) {
        return false
      }
      return true
    }
  }

  /// Whether a variable can stand for a type, and whether it stood for one before (cel-go, `isValidTypeSubstitution`).
  private mutating func substitute(
    _ type: TypeID, for variable: TypeID, _ base: Int
  ) -> (isValid: Bool, wasBound: Bool) {
    let bound = bindings[variable.index]
    if bound != .unknown {
      if type == bound { return (true, true) }
      let mark = self.mark()
      if fits(type, bound, base) {
        let general = mostGeneral(type, bound)
        if general != bound { bind(variable, to: general, base) }
        return (true, true)
      }
      guard variable.isFlexible else { return (false, true) }
      rollBack(to: mark)
      bind(variable, to: .dyn, base)
      return (true, true)
    }
    if mentions(variable, in: type, base) { return (false, false) }
    bind(variable, to: type, base)
    return (true, false)
  }

  private mutating func bind(_ variable: TypeID, to type: TypeID, _ base: Int) {
    if mentions(variable, in: type, base) { return }
    let type = instantiated(type, base)
    trail.append(Change(variable: variable.index, old: bindings[variable.index]))
    bindings[variable.index] = type
  }

  /// Whether a variable occurs in a type, or in what that type's variables stand for.
  private mutating func mentions(_ variable: TypeID, in type: TypeID, _ base: Int) -> Bool {
    budget -= 1
    guard budget > 0 else { return true }
    var type = type
    if !type.isVariable, type.isParameter { type = .variable(base + type.index) }
    if type.isVariable {
      if type.index == variable.index { return true }
      let bound = bindings[type.index]
      return bound != .unknown && mentions(variable, in: bound, base)
    }
    let entry = table.entries[type.index]
    guard entry.hasVariables || entry.hasParameters else { return false }
    for part in 0..<Int(entry.count) where mentions(variable, in: table.parts[Int(entry.start) + part], base) {
      return true
    }
    return false
  }

  /// A declaration's type with variables in place of its parameters.
  private mutating func instantiated(_ type: TypeID, _ base: Int) -> TypeID {
    if type.isVariable { return type }
    if type.isParameter { return .variable(base + type.index) }
    let entry = table.entries[type.index]
    guard entry.hasParameters else { return type }
    var parts: [TypeID] = []
    for part in 0..<Int(entry.count) { parts.append(instantiated(table.parts[Int(entry.start) + part], base)) }
    return table.make(like: type, parts)
  }
}

// MARK: - Joining

extension TypeSubstitution {
  /// The more general of two types that fit each other.
  mutating func mostGeneral(_ left: TypeID, _ right: TypeID) -> TypeID {
    if left == right || right == .null { return left }
    if left == .null { return right }
    var steps = Self.stepLimit
    let isLeft = isEquallyOrLessSpecific(left, right, &steps)
    let general = isLeft ? left : right
    guard table.hasAttributes(left) || table.hasAttributes(right) else { return general }
    steps = Self.stepLimit
    return generalized(general, isLeft ? right : left, &steps)
  }

  /// A type in which an attribute stands only where the other type has the same: what may be of either is of no attribute
  /// that is known, and may still be null.
  private mutating func generalized(_ type: TypeID, _ other: TypeID, _ steps: inout Int) -> TypeID {
    steps -= 1
    guard steps > 0 else { return .dyn }
    let type = shallow(type)
    let other = shallow(other)
    guard type != other, type.isInTable, other.isInTable, !type.isWildcard else { return type }
    let entry = table.entries[type.index]
    let otherEntry = table.entries[other.index]
    let isAlike = entry.kind == otherEntry.kind && entry.name == otherEntry.name && entry.count == otherEntry.count
    var parts: [TypeID] = []
    for part in 0..<Int(entry.count) {
      let own = table.parts[Int(entry.start) + part]
      parts.append(isAlike ? generalized(own, table.parts[Int(otherEntry.start) + part], &steps) : own)
    }
    if entry.attribute == otherEntry.attribute {
      return entry.kind.rawValue < TypeKind.list.rawValue ? type : table.make(like: type, parts)
    }
    return table.ofSomeAttribute(like: type, parts)
  }

  private func isEquallyOrLessSpecific(_ left: TypeID, _ right: TypeID, _ steps: inout Int) -> Bool {
    steps -= 1
    if steps <= 0 || left == right { return true }
    if !left.isInTable || left.isWildcard { return true }
    if !right.isInTable || right.isWildcard { return false }
    let leftEntry = table.entries[left.index]
    let rightEntry = table.entries[right.index]
    if leftEntry.kind.isWrapper { return leftEntry.kind.unwrapped == rightEntry.kind.unwrapped }
    guard leftEntry.kind == rightEntry.kind, leftEntry.count == rightEntry.count, leftEntry.name == rightEntry.name
    else { return false }
    for part in 0..<Int(leftEntry.count) {
      let leftPart = table.parts[Int(leftEntry.start) + part]
      let rightPart = table.parts[Int(rightEntry.start) + part]
      if !isEquallyOrLessSpecific(leftPart, rightPart, &steps) { return false }
    }
    return true
  }

  /// The type of an element that may be of one type or the other: the more general one, `dyn` when they do not agree.
  mutating func join(_ left: TypeID, _ right: TypeID) -> TypeID {
    if left == right { return left }
    let mark = self.mark()
    if assign(left, to: right) {
      commit()
      return mostGeneral(left, right)
    }
    rollBack(to: mark)
    return .dyn
  }

  /// A type with everything put in that is known of its variables.
  ///
  /// - Parameters:
  ///   - type: The type; may hold type parameters.
  ///   - base: The first of the variables that stand for the type parameters.
  ///   - isFinal: Whether variables of which nothing is known become `dyn`.
  /// - Returns: The type.
  mutating func resolved(_ type: TypeID, base: Int = 0, isFinal: Bool = false) -> TypeID {
    if type.isInTable, !table.entries[type.index].hasVariables, !table.entries[type.index].hasParameters { return type }
    budget = Self.stepLimit
    return resolve(type, base, isFinal)
  }

  private mutating func resolve(_ type: TypeID, _ base: Int, _ isFinal: Bool) -> TypeID {
    budget -= 1
    guard budget > 0 else { return .dyn }
    let type = followed(!type.isVariable && type.isParameter ? .variable(base + type.index) : type)
    if type.isVariable { return isFinal ? .dyn : type }
    let entry = table.entries[type.index]
    guard entry.hasVariables || entry.hasParameters else { return type }
    var parts: [TypeID] = []
    for part in 0..<Int(entry.count) { parts.append(resolve(table.parts[Int(entry.start) + part], base, isFinal)) }
    return table.make(like: type, parts)
  }
}
