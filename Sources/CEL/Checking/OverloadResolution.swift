internal import Source

// Calls: which candidates fit, and what comes of them.
extension Checker {
  /// The type of a call whose arguments have types.
  ///
  /// - Parameters:
  ///   - id: The call.
  ///   - function: The function's place in the table; -1 when there is none of that name.
  ///   - isNamespaced: Whether it is called without receiver, or on a namespace.
  ///   - tree: The tree it is in.
  /// - Returns: The result's type, `error` when no candidate fits.
  mutating func callType(_ id: UInt32, function: Int, isNamespaced: Bool, _ tree: SyntaxTree) -> TypeID {
    let node = tree.nodes[Int(id)]
    guard function >= 0, functions.hasCandidate(of: function, isMember: !isNamespaced) else {
      faults.append(TypeFault(.unknownFunction, id, function: function, isNamespaced: isNamespaced))
      return .error
    }
    references[Int(id)] = .function(function, isNamespaced: isNamespaced)
    let list = Int(node.second)
    let skipped = node.kind == .memberCall && isNamespaced ? 1 : 0
    let firstArgument = list + 1 + skipped
    let count = Int(tree.lists[list]) - skipped
    if count > 2, isVariadic(function) { return extremeType(id, function, firstArgument, count, tree) }
    var result = TypeID.unknown
    var hasCount = false
    var fitting = -1
    // Whether the one that fits says more of the arguments than was known.
    var isOpen = false
    for index in functions.functions[function] {
      let candidate = functions.candidates[index]
      guard candidate.isMember != isNamespaced, candidate.parameterCount == count else { continue }
      hasCount = true
      guard let (type, changes) = resultType(of: candidate, firstArgument, tree) else { continue }
      if result == .unknown {
        result = type
        fitting = index
        isOpen = changes
      } else {
        // Evaluation picks by the values it meets.
        if result != type { result = .dyn }
        fitting = -1
      }
    }
    if fitting >= 0 {
      references[Int(id)] = .overload(fitting, isNamespaced: isNamespaced)
      let candidate = functions.candidates[fitting]
      if isOpen, let (type, _) = resultType(of: candidate, firstArgument, tree, isOnly: true) { result = type }
    }
    if result != .unknown { return result }
    let kind: TypeFault.Kind = hasCount ? .noOverload : .argumentCount
    faults.append(TypeFault(kind, id, function: function, isNamespaced: isNamespaced))
    return .error
  }

  /// The type of a call on a value.
  mutating func methodType(_ id: UInt32, _ node: Node, _ tree: SyntaxTree) -> TypeID {
    let name = NameID(rawValue: node.first)
    let function = function(named: name, tree)
    let receiver = Int(tree.lists[Int(node.second) + 1])
    if function < 0, types[receiver] == .error, tree.nodes[receiver].kind == .identifier {
      // `x.f()` with an undeclared `x` may be meant for a function with a namespace: one fault, reported already.
      return .error
    }
    return callType(id, function: function, isNamespaced: false, tree)
  }

  /// What a candidate gives for these arguments; `nil` when they do not fit.
  ///
  /// Unless it is the only one that fits, what it says of the arguments is one of several possibilities, and is undone:
  /// `math.sign` of what may be any number is no double because that is the first it is declared for.
  private mutating func resultType(
    of candidate: FunctionTable.Candidate, _ firstArgument: Int, _ tree: SyntaxTree, isOnly: Bool = false
  ) -> (type: TypeID, changesArguments: Bool)? {
    let mark = substitution.mark()
    let base = candidate.typeParameterCount == 0 ? 0 : substitution.makeVariables(candidate.typeParameterCount)
    for number in 0..<candidate.parameterCount {
      let argument = types[Int(tree.lists[firstArgument + number])]
      let parameter = functions.parameters[candidate.firstParameter + number]
      if argument == parameter { continue }
      guard substitution.assign(argument, to: parameter, base: base) else {
        substitution.rollBack(to: mark)
        return nil
      }
    }
    let result =
      candidate.typeParameterCount == 0 ? candidate.result : substitution.resolved(candidate.result, base: base)
    if !isOnly, substitution.hasChangedVariables(since: mark) {
      substitution.rollBack(to: mark)
      // What the variables of a result would stand for is undone, too.
      return (result == candidate.result ? result : .dyn, true)
    }
    substitution.commit()
    return (result, false)
  }

  /// Whether a function takes any number of arguments, as its list.
  private func isVariadic(_ function: Int) -> Bool {
    let name = functions.overloads[functions.functions[function].lowerBound].name
    return name == "math.greatest" || name == "math.least"
  }

  /// The type of the greatest or least of three numbers or more.
  private mutating func extremeType(
    _ id: UInt32, _ function: Int, _ firstArgument: Int, _ count: Int, _ tree: SyntaxTree
  ) -> TypeID {
    var result = TypeID.unknown
    for place in firstArgument..<(firstArgument + count) {
      let type = substitution.shallow(types[Int(tree.lists[place])])
      guard type.isInTable, !type.isWildcard else {
        result = .dyn
        continue
      }
      let kind = substitution.table.kind(type).unwrapped
      guard kind.isNumber else {
        faults.append(TypeFault(.noOverload, id, operand: tree.lists[place], function: function, isNamespaced: true))
        return .error
      }
      result = result == .unknown || result == TypeID(kind) ? TypeID(kind) : .dyn
    }
    return result
  }
}
