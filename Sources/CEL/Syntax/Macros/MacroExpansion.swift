internal import Diagnostics
internal import Source

extension Parser {
  /// Expands a call that has the form of a macro.
  ///
  /// A call of a macro's name whose arguments do not fit is reported and becomes an `error` node. cel-go leaves one with
  /// the wrong number of arguments to its checker, which then knows no function of the name; to say what the macro takes
  /// helps more.
  ///
  /// - Parameter call: A `call` or `memberCall` node, just appended: its name, receiver, arguments and span are there.
  /// - Returns: The node that takes the call's place, `nil` when the call is an ordinary one.
  mutating func expandMacro(_ call: ExpressionID) -> ExpressionID? {
    let node = draft[call]
    let name = draft.names[Int(node.first)].range
    let named = unsafe Macro(named: UnsafeBufferPointer(rebasing: draft.nameBytes.buffer[name]))
    guard let macro = named, !node.flags.contains(.isAbsolute) else { return nil }
    let list = Int(node.second)
    var receiver: ExpressionID?
    switch macro.receiver {
    case .none:
      guard node.kind == .call else { return nil }
    case .expression, .namespace:
      guard node.kind == .memberCall else { return nil }
      let first = ExpressionID(rawValue: draft.lists[list + 1])
      guard macro.receiver == .expression || isNamespace(first, of: macro) else { return nil }
      receiver = first
    }
    let receiverCount = receiver == nil ? 0 : 1
    return expand(
      MacroSite(
        macro: macro, call: call, span: node.span, receiver: receiver, firstArgument: list + 1 + receiverCount,
        argumentCount: Int(draft.lists[list]) - receiverCount))
  }

  private func isNamespace(_ id: ExpressionID, of macro: Macro) -> Bool {
    let node = draft[id]
    guard node.kind == .identifier, !node.flags.contains(.isAbsolute) else { return false }
    let name = draft.nameBytes[draft.names[Int(node.first)].range]
    return unsafe name.elementsEqual(
      UnsafeBufferPointer(start: macro.namespace.utf8Start, count: macro.namespace.utf8CodeUnitCount))
  }

  private mutating func expand(_ site: MacroSite) -> ExpressionID {
    let variableCount = min(
      site.macro.variableCount(argumentCount: site.argumentCount), site.argumentCount)
    let (declarations, scope) = declare(site, variableCount: variableCount)
    let fits = checkArgumentCount(site) && checkVariables(site, count: variableCount)
    let expansion = fits ? expandFitting(site) : nil
    let result = expansion ?? makeFailure(site)
    draft.macroCalls.append(
      MacroCall(expansion: result, call: site.call, declarations: declarations, scope: scope))
    return result
  }

  /// The expansion of a call with the right number of arguments and good variables, `nil` when another argument is bad.
  private mutating func expandFitting(_ site: MacroSite) -> ExpressionID? {
    switch site.macro {
    case .has: expandHas(site)
    case .all, .exists, .existsOne: expandQuantifier(site)
    case .map, .filter: expandMapOrFilter(site)
    case .transformList, .transformMap, .transformMapEntry: expandTransform(site)
    case .sortBy: expandSortBy(site)
    case .optMap, .optFlatMap: expandOptional(site)
    case .bind: expandBind(site)
    case .index, .iterVar, .accuVar: expandBlockName(site)
    case .getExt, .hasExt: expandExtension(site)
    }
  }

  /// What stands for a call whose arguments do not fit; its parts are still checked.
  private mutating func makeFailure(_ site: MacroSite) -> ExpressionID {
    let parts = site.receiver.map { [$0] } ?? (0..<site.argumentCount).map { argument($0, of: site) }
    return append(Node(.error, site.span, second: makeList(parts), flags: .isSynthetic))
  }
}

// MARK: - Variables

extension Parser {
  /// The variable that an argument names.
  func variable(_ argument: ExpressionID) -> NameID { NameID(rawValue: draft[argument].first) }

  /// Marks the names of the call's variables, and finds the nodes that may use them.
  ///
  /// In an argument that is no plain name every name is marked: what was meant to be declared is not reported as
  /// undeclared where it is used.
  private mutating func declare(
    _ site: MacroSite, variableCount: Int
  ) -> (declarations: Range<UInt32>, scope: Range<UInt32>) {
    guard variableCount > 0, let receiver = site.receiver else { return (0..<0, 0..<0) }
    // INVARIANT: the nodes of the receiver and of each argument stand together and in this order.
    let declarations = receiver.rawValue + 1..<argument(variableCount - 1, of: site).rawValue + 1
    for id in declarations where draft.nodes[Int(id)].kind == .identifier {
      draft.nodes[Int(id)].flags.insert(.isDeclaration)
    }
    var start = declarations.upperBound
    // A binding's value does not see its name.
    if site.macro == .bind, site.argumentCount > 1 { start = argument(1, of: site).rawValue + 1 }
    return (declarations, start..<max(start, lastArgument(of: site).rawValue + 1))
  }

  private mutating func checkArgumentCount(_ site: MacroSite) -> Bool {
    let counts = site.macro.argumentCounts
    let count = site.argumentCount
    guard !counts.contains(count) else { return true }
    let text = "`\(macroName(site))()` takes \(site.macro.forms)"
    if count > counts.upperBound {
      report(InvalidMacroArgument(text), at: draft[argument(counts.upperBound, of: site)].span)
    } else if tokens[position - 1].kind == .rightParenthesis, tokens[position - 2].kind != .comma {
      // Where the missing argument should have been. A missing bracket and a comma with nothing behind it were reported,
      // and the missing argument with them.
      report(InvalidMacroArgument(text), at: SourceSpan(at: tokens[position - 1].span.start))
    }
    return false
  }

  private mutating func checkVariables(_ site: MacroSite, count: Int) -> Bool {
    var fits = true
    for number in 0..<count where !checkVariable(argument(number, of: site), of: site) { fits = false }
    if fits, count == 2, variable(argument(0, of: site)) == variable(argument(1, of: site)) {
      let name = draft.text(variable(argument(1, of: site)))
      let text = "the two variables of `\(macroName(site))()` must have different names, and both are `\(name)`"
      report(InvalidMacroArgument(text), at: draft[argument(1, of: site)].span)
      fits = false
    }
    return fits
  }

  private mutating func checkVariable(_ argument: ExpressionID, of site: MacroSite) -> Bool {
    let node = draft[argument]
    // What could not be read was reported.
    guard node.kind != .error else { return false }
    guard node.kind == .identifier, !node.flags.contains(.isAbsolute) else {
      report(InvalidMacroArgument("the variable of `\(macroName(site))()` must be a plain name"), at: node.span)
      return false
    }
    // cel-go's name for the accumulator, of old and of now.
    let bytes = draft.nameBytes[draft.names[Int(node.first)].range]
    guard !bytes.elementsEqual("__result__".utf8), !bytes.elementsEqual("@result".utf8) else {
      let name = draft.text(NameID(rawValue: node.first))
      let text = "`\(name)` is the name of the loop's own result and cannot be the variable of `\(macroName(site))()`"
      report(InvalidMacroArgument(text), at: node.span)
      return false
    }
    return true
  }

  /// The macro's name as it was written, with its namespace.
  func macroName(_ site: MacroSite) -> String {
    let name = draft.text(NameID(rawValue: draft[site.call].first))
    switch site.macro.receiver {
    case .namespace: return "\(site.macro.namespace).\(name)"
    case .none, .expression: return name
    }
  }
}
