package import Diagnostics
internal import Source

/// Finds the names in conditions that nothing declares.
///
/// One pass over the nodes of a tree, from the last to the first; each name of a tree is looked up once. A checker is
/// reused for many trees and then allocates nothing on those without a fault.
package struct ReferenceChecker: Sendable {
  /// What the conditions may refer to.
  package var environment: Environment {
    didSet { memberSource = Self.memberSource(environment) }
  }

  /// Whether a condition that is nothing but an undeclared name is reported as no condition at all.
  package var rejectsBareNames: Bool

  /// What each of the tree's names is; `nil` until the name is met.
  private var meanings: [Environment.Meaning?] = []
  private var scope = Scope()
  /// The identifiers that functions are called on and that the walk has not reached yet, the nearest last.
  private var receivers: [UInt32] = []
  /// The identifiers that refer to nothing by themselves and that the walk has not reached yet, the nearest last: fields
  /// of messages, and the first parts of functions' names.
  private var nameParts: [UInt32] = []
  private var memberSource: Int?
  /// How many candidates may still be compared with misspelt names of this tree.
  private var remainingComparisons = 0

  /// Bounds the work on one tree's misspelt names, so that a hostile document cannot buy quadratic time.
  private static let comparisonLimit = 1_000

  package init(_ environment: Environment, rejectsBareNames: Bool = true) {
    self.environment = environment
    self.rejectsBareNames = rejectsBareNames
    memberSource = Self.memberSource(environment)
  }

  /// Checks one tree, and reports each undeclared name at each place where it is used, in the order of the text.
  package mutating func check(_ tree: SyntaxTree, into diagnostics: inout [Diagnostic]) {
    reset(for: tree)
    let firstReported = diagnostics.count
    var nextMacro = tree.macroCalls.count
    var index = tree.nodes.count
    while index > 0 {
      index &-= 1
      while let start = scope.innermostStart, index < start { scope.pop() }
      while nextMacro > 0,
        index < tree.macroCalls[nextMacro &- 1].scope.upperBound || tree.macroCalls[nextMacro &- 1].scope.isEmpty
      {
        nextMacro &-= 1
        open(tree.macroCalls[nextMacro], in: tree)
      }
      switch tree.nodes[index].kind {
      case .identifier: checkIdentifier(index, in: tree, into: &diagnostics)
      case .memberCall:
        let receiver = tree.lists[Int(tree.nodes[index].second) &+ 1]
        if tree.nodes[Int(receiver)].kind == .identifier {
          receivers.append(receiver)
        } else if environment.deepFunctions.count > 0 {
          noteNamespace(receiver, ofCall: tree.nodes[index], in: tree)
        }
      case .message: noteFieldNames(ofMessage: tree.nodes[index], in: tree)
      case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .select, .index, .call, .unary, .binary, .chain,
        .conditional, .list, .map, .comprehension:
        break
      }
    }
    if diagnostics.count &- firstReported > 1 { diagnostics[firstReported...].reverse() }
  }

  private mutating func reset(for tree: SyntaxTree) {
    meanings.removeAll(keepingCapacity: true)
    meanings.append(contentsOf: repeatElement(nil, count: tree.names.count))
    scope.reset(nameCount: tree.macroCalls.isEmpty ? 0 : tree.names.count)
    receivers.removeAll(keepingCapacity: true)
    nameParts.removeAll(keepingCapacity: true)
    remainingComparisons = Self.comparisonLimit
  }

  private mutating func open(_ macro: MacroCall, in tree: SyntaxTree) {
    guard !macro.scope.isEmpty else { return }
    scope.push(firstNode: macro.scope.lowerBound)
    for id in macro.declarations where tree.nodes[Int(id)].flags.contains(.isDeclaration) {
      scope.declare(NameID(rawValue: tree.nodes[Int(id)].first))
    }
  }

  private mutating func noteFieldNames(ofMessage node: Node, in tree: SyntaxTree) {
    let list = Int(node.second)
    let count = Int(tree.lists[list])
    for entry in stride(from: 0, to: count, by: 2) { nameParts.append(tree.lists[list &+ 1 &+ entry]) }
  }

  /// Notes the start of a receiver that is no value but part of the function's name: `a.b` of `a.b.f(x)`.
  private mutating func noteNamespace(_ receiver: UInt32, ofCall call: Node, in tree: SyntaxTree) {
    var parts = [call.first]
    var index = receiver
    while tree.nodes[Int(index)].kind == .select, tree.nodes[Int(index)].flags.isEmpty,
      parts.count < environment.partLimit
    {
      parts.append(tree.nodes[Int(index)].second)
      index = tree.nodes[Int(index)].first
    }
    guard tree.nodes[Int(index)].kind == .identifier else { return }
    var text = Array(tree.nameBytes[tree.names[Int(tree.nodes[Int(index)].first)].range])
    for part in parts.reversed() {
      text.append(UInt8(ascii: "."))
      text += tree.nameBytes[tree.names[Int(part)].range]
    }
    if environment.deepFunctions.index(of: text, in: text.indices) != nil { nameParts.append(index) }
  }

  private mutating func checkIdentifier(_ index: Int, in tree: SyntaxTree, into diagnostics: inout [Diagnostic]) {
    if nameParts.last == UInt32(truncatingIfNeeded: index) {
      nameParts.removeLast()
      return
    }
    let node = tree.nodes[index]
    let isReceiver = receivers.last == UInt32(truncatingIfNeeded: index)
    if isReceiver { receivers.removeLast() }
    guard node.flags.isDisjoint(with: [.isSynthetic, .isDeclaration]) else { return }
    let name = NameID(rawValue: node.first)
    let isAbsolute = node.flags.contains(.isAbsolute)
    if !isAbsolute, scope.declares(name) { return }

    let meaning = meaning(of: name, in: tree).seen(fromContainer: !isAbsolute)
    if meaning.contains(.hasKnownMembers) { checkMember(ofIdentifier: index, in: tree, into: &diagnostics) }
    guard !meaning.contains(.value), !(isReceiver && meaning.contains(.namespace)) else { return }
    if meaning.contains(.qualifier) {
      checkDottedName(from: index, in: tree, into: &diagnostics)
    } else {
      reportUndeclared(index, isReceiver: isReceiver, in: tree, into: &diagnostics)
    }
  }

  private mutating func meaning(of name: NameID, in tree: SyntaxTree) -> Environment.Meaning {
    let index = Int(name.rawValue)
    if let known = meanings[index] { return known }
    let found = environment.meaning(of: tree.nameBytes, in: tree.names[index].range)
    meanings[index] = found
    return found
  }
}

// MARK: - Dotted names

extension ReferenceChecker {
  /// Checks `google.protobuf.Timestamp` and the like, which are one name and read as selections.
  private mutating func checkDottedName(from start: Int, in tree: SyntaxTree, into diagnostics: inout [Diagnostic]) {
    var end = start
    var text = tree.nameBytes[tree.names[Int(tree.nodes[start].first)].range]
    let isAbsolute = tree.nodes[start].flags.contains(.isAbsolute)
    while end - start < environment.partLimit - 1, end + 1 < tree.nodes.count {
      let next = tree.nodes[end + 1]
      guard next.kind == .select, Int(next.first) == end, next.flags.isEmpty else { break }
      end += 1
      text.append(0x2E)
      text += tree.nameBytes[tree.names[Int(next.second)].range]
      let bytes = Array(text)
      if environment.dottedNames.index(of: bytes, in: bytes.indices) != nil { return }
      if !isAbsolute, environment.containedNames.index(of: bytes, in: bytes.indices) != nil { return }
    }
    let name = String(decoding: text, as: UTF8.self)
    let closest = closest(to: name, among: environment.dottedNames.names)
    diagnostics.append(Diagnostic(UndeclaredReference(name: name, closest: closest), at: tree.nodes[end].span))
  }
}

// MARK: - Members

extension ReferenceChecker {
  /// The one variable whose members are known, by its place in the environment.
  private static func memberSource(_ environment: Environment) -> Int? {
    environment.variables.firstIndex { $0.members != nil }
  }

  /// Checks the `x` of `variables.x` and `variables["x"]`; an index that is no string literal may be any member.
  private mutating func checkMember(ofIdentifier index: Int, in tree: SyntaxTree, into diagnostics: inout [Diagnostic])
  {
    guard let memberSource, index + 1 < tree.nodes.count else { return }
    let variable = environment.variables[memberSource]
    guard let members = variable.members else { return }
    let next = tree.nodes[index + 1]
    if next.kind == .select, Int(next.first) == index {
      let name = tree.names[Int(next.second)]
      let declared = members.index(of: tree.nameBytes, in: name.range)
      if let declared, declared < variable.visibleMemberCount { return }
      let text = String(decoding: tree.nameBytes[name.range], as: UTF8.self)
      let quotes = next.flags.contains(.isQuoted) ? 1 : 0
      let span = SourceSpan(next.span.end - quotes - name.count, next.span.end - quotes)
      report(text, isDeclaredLater: declared != nil, among: variable, at: span, quote: nil, into: &diagnostics)
    } else if next.kind == .string, index + 2 < tree.nodes.count {
      let parent = tree.nodes[index + 2]
      guard parent.kind == .index, Int(parent.first) == index, Int(parent.second) == index + 1 else { return }
      let range = Int(next.first)..<(Int(next.first) + Int(next.second))
      let declared = members.index(of: tree.literalBytes, in: range)
      if let declared, declared < variable.visibleMemberCount { return }
      let text = String(decoding: tree.literalBytes[range], as: UTF8.self)
      report(text, isDeclaredLater: declared != nil, among: variable, at: next.span, quote: "\"", into: &diagnostics)
    }
  }

  private mutating func report(
    _ name: String, isDeclaredLater: Bool, among variable: VariableDeclaration, at span: SourceSpan, quote: String?,
    into diagnostics: inout [Diagnostic]
  ) {
    let visible = variable.members.map {
      Array($0.names.prefix(min(variable.visibleMemberCount, Self.comparisonLimit)))
    }
    let closest = isDeclaredLater ? nil : closest(to: name, among: visible ?? [])
    let message = UndeclaredVariable(name: name, closest: closest, isDeclaredLater: isDeclaredLater, quote: quote)
    diagnostics.append(Diagnostic(message, at: span))
  }
}

// MARK: - Undeclared names

extension ReferenceChecker {
  private mutating func reportUndeclared(
    _ index: Int, isReceiver: Bool, in tree: SyntaxTree, into diagnostics: inout [Diagnostic]
  ) {
    let node = tree.nodes[index]
    let name = tree.text(NameID(rawValue: node.first))
    if name.hasPrefix("@"), Self.hasBlock(tree) { return }
    let closest =
      Self.literalMeant(by: name)
      ?? closestReference(
        to: name, isAbsolute: node.flags.contains(.isAbsolute), isReceiver: isReceiver, in: tree)
    if rejectsBareNames, tree.root.index == index {
      diagnostics.append(Diagnostic(InvalidConditionSyntax(bareName: name, closest: closest), at: node.span))
    } else {
      diagnostics.append(Diagnostic(UndeclaredReference(name: name, closest: closest), at: node.span))
    }
  }

  /// Whether a tree may call `cel.block`, which gives the names that start with `@` their values.
  private static func hasBlock(_ tree: SyntaxTree) -> Bool {
    tree.names.contains { tree.nameBytes[$0.range].elementsEqual("block".utf8) }
  }

  /// The literal that another language spells so.
  private static func literalMeant(by name: String) -> String? {
    switch name {
    case "None", "NONE", "none", "NULL", "Null", "nil", "Nil", "NIL", "undefined": "null"
    case "True", "TRUE": "true"
    case "False", "FALSE": "false"
    default: nil
    }
  }

  private mutating func closestReference(
    to name: String, isAbsolute: Bool, isReceiver: Bool, in tree: SyntaxTree
  ) -> String? {
    var candidates = environment.variables.map(\.name)
    if !isAbsolute { candidates = scope.visibleNames.prefix(Self.comparisonLimit).map { tree.text($0) } + candidates }
    if isReceiver { candidates += environment.namespaces.names }
    return closest(to: name, among: candidates)
  }

  /// The nearest candidate, as long as the tree's misspelt names have not used up their comparisons.
  private mutating func closest(to name: String, among candidates: some Collection<String>) -> String? {
    guard remainingComparisons > 0 else { return nil }
    remainingComparisons -= candidates.count
    return closestName(to: name, among: candidates)
  }
}
