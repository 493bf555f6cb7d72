internal import Diagnostics
internal import Source

// Puts in words what is wrong with calls.
extension Checker {
  /// Bounds the work on one tree's misspelt names, so that a hostile document cannot buy quadratic time.
  static let comparisonLimit = 4_000

  mutating func reportUnknownFunction(
    _ fault: TypeFault, _ node: Node, _ places: TokenPlaces, into diagnostics: inout [Diagnostic]
  ) {
    let tree = places.tree
    var name = tree.text(NameID(rawValue: node.first))
    var span = places.callName(node)
    let isMethod = node.kind == .memberCall && !fault.isNamespaced
    if node.kind == .memberCall, fault.isNamespaced {
      let receiver = tree.lists[Int(node.second) + 1]
      name = "\(String(decoding: spelling(receiver, tree), as: UTF8.self)).\(name)"
      span = SourceSpan(tree.nodes[Int(receiver)].span.start, span.end)
    }
    let help = otherStyle(name, fault, isMethod: isMethod)
    let closest = help == nil ? closestFunction(to: name, isMethod: isMethod, node, tree) : nil
    diagnostics.append(
      Diagnostic(UnknownFunction(name: name, isMethod: isMethod, closest: closest, help: help), at: span))
  }

  /// How something of that name is called; `nil` when there is no such thing.
  private func otherStyle(_ name: String, _ fault: TypeFault, isMethod: Bool) -> String? {
    if fault.function >= 0 {
      let signature = functions.overloads[functions.functions[fault.function].lowerBound].description
      return "`\(name)` is a \(isMethod ? "function" : "method"): `\(signature)`"
    }
    if let macro = unsafe Array(name.utf8).withUnsafeBufferPointer({ unsafe Macro(named: $0) }) {
      switch macro.receiver {
      case .none: return "`\(name)` is called without a receiver and takes \(macro.forms)"
      case .expression: return "`\(name)` is called on a list or a map and takes \(macro.forms)"
      case .namespace: return nil
      }
    }
    return nil
  }

  /// The function that a misspelt name was probably meant to be: one that is called in the same way, with as many
  /// arguments and on such a receiver if there is any.
  private mutating func closestFunction(to name: String, isMethod: Bool, _ node: Node, _ tree: SyntaxTree) -> String? {
    comparisonCount += functions.functions.count
    guard comparisonCount <= Self.comparisonLimit else { return nil }
    let count = Int(tree.lists[Int(node.second)])
    var fitting: [String] = []
    var others: [String] = []
    for range in functions.functions {
      let name = functions.overloads[range.lowerBound].name
      guard !name.utf8.contains(UInt8(ascii: "@")) else { continue }
      let candidates = range.filter { functions.candidates[$0].isMember == isMethod }
      guard !candidates.isEmpty else { continue }
      if candidates.contains(where: { fits($0, count: count, isMethod: isMethod, node, tree) }) {
        fitting.append(name)
      } else {
        others.append(name)
      }
    }
    if isMethod { fitting += ["all", "exists", "exists_one", "existsOne", "map", "filter", "sortBy"] }
    return closestName(to: name, among: fitting) ?? closestName(to: name, among: others)
  }

  private mutating func fits(_ index: Int, count: Int, isMethod: Bool, _ node: Node, _ tree: SyntaxTree) -> Bool {
    let candidate = functions.candidates[index]
    guard candidate.parameterCount == count else { return false }
    guard isMethod else { return true }
    return accepts(tree.lists[Int(node.second) + 1], parameter: 0, of: index)
  }

  mutating func reportArgumentCount(
    _ fault: TypeFault, _ node: Node, _ places: TokenPlaces, into diagnostics: inout [Diagnostic]
  ) {
    let isMethod = !fault.isNamespaced
    let range = functions.functions[fault.function]
    let signatures = range.filter { functions.candidates[$0].isMember == isMethod }
      .map { functions.overloads[$0].description }
    let count = Int(places.tree.lists[Int(node.second)]) - (node.kind == .memberCall ? 1 : 0)
    let message = WrongArgumentCount(
      name: functions.overloads[range.lowerBound].name, count: count, signatures: signatures)
    diagnostics.append(Diagnostic(message, at: places.callName(node)))
  }

  mutating func reportNoOverload(
    _ fault: TypeFault, _ node: Node, _ places: TokenPlaces, into diagnostics: inout [Diagnostic]
  ) {
    let tree = places.tree
    let range = functions.functions[fault.function]
    if node.flags.contains(.isSynthetic), let call = macroCall(around: fault.node, tree) {
      reportMacroValue(fault, of: tree[call.call], tree, into: &diagnostics)
      return
    }
    let function = functions.overloads[range.lowerBound].name
    let skipped = node.kind == .memberCall && fault.isNamespaced ? 1 : 0
    let first = Int(node.second) + 1 + skipped
    let arguments = Array(tree.lists[first..<(Int(node.second) + 1 + Int(tree.lists[Int(node.second)]))])
    if fault.operand != 0 || isExtreme(function) {
      reportExtreme(function, fault, arguments, places, node, into: &diagnostics)
      return
    }
    guard let (nearest, wrong) = nearestCandidate(range, arguments, isMember: !fault.isNamespaced) else { return }
    let overload = functions.overloads[nearest]
    let advice =
      overload.isMember && wrong.first == 0 ? TypeAdvice.onMethod(function, receiver: kind(arguments[0])) : nil
    guard let culprit = wrong.first, wrong.count == 1 || advice != nil else {
      let found = arguments.map { name($0) }.joined(separator: ", ")
      let text = "`\(function)` cannot take `(\(found))`"
      let message = NoMatchingOverload(text, help: "the nearest signature is `\(overload)`")
      diagnostics.append(Diagnostic(message, at: places.callName(node)))
      return
    }
    let argument = arguments[culprit]
    let isReceiver = overload.isMember && culprit == 0
    let wanted =
      wrong.count > 1
      ? "`\(overload.parameters[culprit])`" : wantedTypes(range, at: culprit, arguments, isMember: overload.isMember)
    let text =
      isReceiver
      ? "`\(function)` is a method of \(wanted), and this is `\(name(argument))`"
      : "`\(function)` takes \(wanted) here, and this is `\(name(argument))`"
    let help = advice ?? "the nearest signature is `\(overload)`"
    diagnostics.append(Diagnostic(NoMatchingOverload(text, help: help), at: tree.nodes[Int(argument)].span))
  }

  /// Says of a macro what the function that it expands to cannot take: what the macro is called on, or its last argument.
  private mutating func reportMacroValue(
    _ fault: TypeFault, of call: Node, _ tree: SyntaxTree, into diagnostics: inout [Diagnostic]
  ) {
    let arguments = tree.list(call.second)
    guard let receiver = arguments.first, let last = arguments.last else { return }
    let macro = tree.text(NameID(rawValue: call.first))
    guard !fault.isNamespaced else {
      // Of the functions, only the one that adds an entry to a map can be wrong.
      let text = "`\(macro)` takes an entry such as `{key: value}` here, and this is `\(name(last.rawValue))`"
      diagnostics.append(Diagnostic(NoMatchingOverload(text), at: tree[last].span))
      return
    }
    let wanted = functions.overloads[functions.functions[fault.function].lowerBound].parameters.first ?? .dyn
    let text = "`\(macro)` is called on `\(wanted)`, and this is `\(name(receiver.rawValue))`"
    // A macro that uses its receiver twice is wrong once.
    guard diagnostics.last?.span != tree[receiver].span || diagnostics.last?.message != text else { return }
    diagnostics.append(Diagnostic(NoMatchingOverload(text), at: tree[receiver].span))
  }

  private func isExtreme(_ name: String) -> Bool { name == "math.greatest" || name == "math.least" }

  private mutating func reportExtreme(
    _ function: String, _ fault: TypeFault, _ arguments: [UInt32], _ places: TokenPlaces, _ node: Node,
    into diagnostics: inout [Diagnostic]
  ) {
    let culprit = fault.operand != 0 ? fault.operand : arguments.first { !kind($0).isNumber }
    let text = "`\(function)` takes numbers or one list of numbers"
    guard let culprit else { return }
    let message = NoMatchingOverload("\(text), and this is `\(name(culprit))`")
    diagnostics.append(Diagnostic(message, at: places.tree.nodes[Int(culprit)].span))
  }

  /// The candidate with the fewest arguments of the wrong type, and which those are.
  private mutating func nearestCandidate(
    _ range: Range<Int>, _ arguments: [UInt32], isMember: Bool
  ) -> (candidate: Int, wrong: [Int])? {
    var best: (candidate: Int, wrong: [Int])?
    for index in range {
      let candidate = functions.candidates[index]
      guard candidate.isMember == isMember, candidate.parameterCount == arguments.count else { continue }
      let wrong = wrongArguments(of: index, arguments)
      if wrong.count < best?.wrong.count ?? .max { best = (index, wrong) }
    }
    return best
  }

  /// The arguments, by their places, that do not fit a candidate with those before them.
  private mutating func wrongArguments(of index: Int, _ arguments: [UInt32]) -> [Int] {
    let candidate = functions.candidates[index]
    let mark = substitution.mark()
    let base = substitution.makeVariables(candidate.typeParameterCount)
    var wrong: [Int] = []
    for (number, argument) in arguments.enumerated() {
      let parameter = functions.parameters[candidate.firstParameter + number]
      let inner = substitution.mark()
      if !substitution.assign(types[Int(argument)], to: parameter, base: base) {
        substitution.rollBack(to: inner)
        wrong.append(number)
      }
    }
    substitution.rollBack(to: mark)
    return wrong
  }

  private mutating func accepts(_ argument: UInt32, parameter: Int, of index: Int) -> Bool {
    let candidate = functions.candidates[index]
    let mark = substitution.mark()
    let base = substitution.makeVariables(candidate.typeParameterCount)
    defer { substitution.rollBack(to: mark) }
    return substitution.assign(
      types[Int(argument)], to: functions.parameters[candidate.firstParameter + parameter], base: base)
  }

  /// The types that would fit at a place where the others are as they are.
  private mutating func wantedTypes(
    _ range: Range<Int>, at place: Int, _ arguments: [UInt32], isMember: Bool
  ) -> String {
    var wanted: [String] = []
    for index in range {
      let candidate = functions.candidates[index]
      guard candidate.isMember == isMember, candidate.parameterCount == arguments.count,
        wrongArguments(of: index, arguments) == [place]
      else { continue }
      let type = "`\(functions.overloads[index].parameters[place])`"
      if !wanted.contains(type) { wanted.append(type) }
    }
    guard let last = wanted.last, wanted.count > 1 else { return wanted.first ?? "another type" }
    return "\(wanted.dropLast().joined(separator: ", ")) or \(last)"
  }
}
