package import Diagnostics
internal import Source

/// Finds the type of every expression of a condition, and what can have none (cel-spec, "Gradual Type Checking").
///
/// The walk goes from the operands to what is made of them, with a stack of its own: chains may be of any length. It
/// takes linear time, and a checker that is kept and reused allocates nothing on a condition without faults.
///
/// A name that nothing declares is the reference checker's to report. Here it has the type `error`, which fits
/// everywhere, so that a fault silences only what depends on it.
package struct Checker: Sendable {
  /// What the conditions may refer to.
  package var environment: Environment {
    didSet { prepare() }
  }

  var functions: FunctionTable
  var names: NameTypes
  /// The types of the attributes that schemas describe.
  var attributes: AttributeTypes
  var substitution: TypeSubstitution
  /// The type of each node of the last tree; `unknown` for those that the walk has not reached or never will.
  var types = Stack<TypeID>(capacity: 128)
  /// What each node of the last tree refers to.
  var references = Stack<ReferenceEntry>(capacity: 128)
  var scope = LoopScope<TypeID>()
  var faults: [TypeFault] = []
  /// The names in the last tree that an object's schema does not have, in the order of the walk.
  package internal(set) var attributeFaults: [AttributeFault] = []
  /// What each name of the tree is, as far as it was needed.
  var nameFacts = Stack<NameFacts>(capacity: 64)
  /// Room for the name that is being put together.
  var scratch: [UInt8] = []
  private var stack = Stack<Frame>()
  /// The types that are kept from tree to tree.
  private var keptTypeCount = 0
  /// How many expressions were compared with misspelt names; see `closestFunction`.
  var comparisonCount = 0

  /// More types than these are forgotten before the next tree.
  private static let typeCountLimit = 4_096

  /// A step of the walk that is still to be made.
  private struct Frame {
    enum Step: UInt8 {
      /// The expression has not been looked at.
      case enter
      /// Its operands have types.
      case leave
      /// It is a call of a function with a namespace, and its arguments have types.
      case leaveNamespaced
      /// A loop's range and start have types: its variables come into scope.
      case openLoop
      /// A loop's step has a type: its variables go out of scope, and its accumulator stays.
      case closeLoop
    }

    var id: UInt32
    var step: Step
    /// The function of `leaveNamespaced`.
    var function: Int32 = -1
  }

  package init(_ environment: Environment) {
    self.environment = environment
    functions = FunctionTable.standard.functions
    substitution = TypeSubstitution(FunctionTable.standard.types)
    names = NameTypes(environment, FunctionTable.standard.names, types: &substitution.table)
    attributes = AttributeTypes(environment)
    prepare()
  }

  private mutating func prepare() {
    substitution.table = FunctionTable.standard.types
    functions = FunctionTable.standard.functions
    if !environment.functions.isEmpty {
      let declarations = StandardDeclarations.functions + environment.functions
      functions = FunctionTable(FunctionDeclaration.grouped(declarations), types: &substitution.table)
    }
    names = NameTypes(environment, FunctionTable.standard.names, types: &substitution.table)
    attributes = AttributeTypes(environment)
    keptTypeCount = substitution.table.count
  }

  /// Checks one tree.
  ///
  /// - Parameters:
  ///   - tree: What the parser read; the types of its expressions are `type(of:)` afterwards.
  ///   - text: What it was read from, for the places of operators and names.
  ///   - expectsBool: Whether the whole must be a `bool`, as a condition must.
  ///   - diagnostics: What was found in the same text before, and where what is found now is added. What a syntax error
  ///     may have made of the text behind it is not judged.
  package mutating func check(
    _ tree: SyntaxTree, text: UnsafeBufferPointer<UInt8>, expectsBool: Bool, into diagnostics: inout [Diagnostic]
  ) {
    reset(for: tree)
    walk(tree)
    if expectsBool { checkResult(tree) }
    guard !faults.isEmpty else { return }
    leaveOutGuesses(in: tree, after: diagnostics)
    unsafe report(faults, in: tree, text: text, into: &diagnostics)
  }

  /// The type of an expression of the last tree.
  package mutating func type(of id: ExpressionID) -> CELType {
    guard id.index < types.count, types[id.index] != .unknown else { return .dyn }
    let type = substitution.resolved(types[id.index], isFinal: true)
    return substitution.table.value(of: type)
  }

  /// Gives a member of a variable the type of the last tree: `variables.x` has that of the condition that declares `x`.
  package mutating func setMemberType(at index: Int, toTypeOf tree: SyntaxTree) {
    guard tree.root.index < types.count else { return }
    let type = substitution.resolved(types[tree.root.index], isFinal: true)
    names.setMemberType(at: index, to: type == .unknown || type == .error ? .dyn : type)
    keptTypeCount = substitution.table.count
  }

  private mutating func reset(for tree: SyntaxTree) {
    if substitution.table.count > keptTypeCount + Self.typeCountLimit {
      substitution.table.truncate(to: keptTypeCount)
      attributes.truncate(to: keptTypeCount)
    }
    substitution.reset()
    types.removeAll()
    types.append(repeating: .unknown, count: tree.nodes.count)
    references.removeAll()
    references.append(repeating: .none, count: tree.nodes.count)
    nameFacts.removeAll()
    nameFacts.append(repeating: NameFacts(), count: tree.names.count)
    scope.reset(nameCount: tree.comprehensions.isEmpty ? 0 : tree.names.count)
    if !faults.isEmpty { faults.removeAll(keepingCapacity: true) }
    if !attributeFaults.isEmpty { attributeFaults.removeAll(keepingCapacity: true) }
    stack.removeAll()
    comparisonCount = 0
  }

  private mutating func checkResult(_ tree: SyntaxTree) {
    let type = substitution.shallow(types[tree.root.index])
    guard type.isInTable, type != .unknown, !type.isWildcard else { return }
    switch substitution.table.kind(type).unwrapped {
    case .bool: return
    case .error, .dyn, .any, .null, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .boolWrapper,
      .intWrapper, .uintWrapper, .doubleWrapper, .stringWrapper, .bytesWrapper, .list, .map, .type, .abstract, .message:
      faults.append(TypeFault(.notBoolean, tree.root.rawValue))
    }
  }
}

// MARK: - The walk

extension Checker {
  private mutating func walk(_ tree: SyntaxTree) {
    stack.append(Frame(id: tree.root.rawValue, step: .enter))
    while let frame = stack.popLast() {
      let index = Int(frame.id)
      switch frame.step {
      case .enter: enter(frame.id, tree)
      case .leave: types[index] = type(of: frame.id, tree.nodes[index], tree)
      case .leaveNamespaced:
        types[index] = callType(frame.id, function: Int(frame.function), isNamespaced: true, tree)
      case .openLoop: openLoop(frame.id, tree)
      case .closeLoop: closeLoop(frame.id, tree)
      }
    }
  }

  /// Looks at an expression for the first time: what has no operands gets its type, for all else they come first.
  private mutating func enter(_ id: UInt32, _ tree: SyntaxTree) {
    let index = Int(id)
    // An expansion may share what it was made of.
    guard types[index] == .unknown else { return }
    let node = tree.nodes[index]
    let height = stack.count
    switch node.kind {
    case .null, .bool, .int, .uint, .double, .string, .bytes, .identifier:
      types[index] = leafType(id, node, tree)
      return
    case .error:
      types[index] = .error
      enterList(node.second, tree)
      return
    case .select:
      enterSelection(id, node, tree)
      return
    case .index, .binary:
      stack.append(Frame(id: id, step: .leave))
      enterOperand(node.second, tree)
      enterOperand(node.first, tree)
    case .unary:
      stack.append(Frame(id: id, step: .leave))
      enterOperand(node.first, tree)
    case .memberCall:
      if let function = namespacedFunction(id, tree) {
        stack.append(Frame(id: id, step: .leaveNamespaced, function: Int32(truncatingIfNeeded: function)))
        enterList(node.second, tree, skipping: 1)
        return
      }
      stack.append(Frame(id: id, step: .leave))
      enterList(node.second, tree)
    case .call, .chain, .conditional, .list, .map:
      stack.append(Frame(id: id, step: .leave))
      enterList(node.second, tree)
    case .message:
      stack.append(Frame(id: id, step: .leave))
      enterValues(node.second, tree)
    case .comprehension:
      let loop = tree.comprehensions[Int(node.first)]
      stack.append(Frame(id: id, step: .leave))
      stack.append(Frame(id: loop.result.rawValue, step: .enter))
      stack.append(Frame(id: id, step: .closeLoop))
      stack.append(Frame(id: loop.step.rawValue, step: .enter))
      stack.append(Frame(id: loop.condition.rawValue, step: .enter))
      stack.append(Frame(id: id, step: .openLoop))
      stack.append(Frame(id: loop.accumulatorStart.rawValue, step: .enter))
      stack.append(Frame(id: loop.range.rawValue, step: .enter))
      return
    }
    // All operands were leaves.
    if stack.count == height + 1 {
      stack.removeLast()
      types[index] = type(of: id, node, tree)
    }
  }

  private mutating func enterSelection(_ id: UInt32, _ node: Node, _ tree: SyntaxTree) {
    if mayBeQualified(id, tree) {
      if let type = qualifiedType(id, tree) {
        types[Int(id)] = type
        return
      }
      stack.append(Frame(id: id, step: .leave))
      enterOperand(node.first, tree)
      return
    }
    // No part of the chain is a name with dots either.
    let height = stack.count
    stack.append(Frame(id: id, step: .leave))
    var operand = node.first
    var inner = tree.nodes[Int(operand)]
    while inner.kind == .select, inner.flags.isEmpty, types[Int(operand)] == .unknown {
      stack.append(Frame(id: operand, step: .leave))
      operand = inner.first
      inner = tree.nodes[Int(operand)]
    }
    guard inner.kind.isLeaf else {
      stack.append(Frame(id: operand, step: .enter))
      return
    }
    types[Int(operand)] = leafType(operand, inner, tree)
    while stack.count > height {
      let selection = stack.removeLast().id
      types[Int(selection)] = selectionType(selection, tree.nodes[Int(selection)], tree)
    }
  }

  /// Gives a leaf its type at once, and leaves all else for the stack.
  @inline(__always)
  private mutating func enterOperand(_ id: UInt32, _ tree: SyntaxTree) {
    let node = tree.nodes[Int(id)]
    if node.kind.isLeaf {
      types[Int(id)] = leafType(id, node, tree)
    } else {
      stack.append(Frame(id: id, step: .enter))
    }
  }

  private mutating func enterList(_ start: UInt32, _ tree: SyntaxTree, skipping skipped: Int = 0) {
    let first = Int(start) + 1
    var place = first + Int(tree.lists[Int(start)])
    while place > first + skipped {
      place -= 1
      enterOperand(tree.lists[place], tree)
    }
  }

  /// The values of a message: every second element, from the second on.
  private mutating func enterValues(_ start: UInt32, _ tree: SyntaxTree) {
    let first = Int(start) + 1
    var place = first + Int(tree.lists[Int(start)]) - 1
    while place > first {
      enterOperand(tree.lists[place], tree)
      place -= 2
    }
  }

  @inline(__always)
  private mutating func leafType(_ id: UInt32, _ node: Node, _ tree: SyntaxTree) -> TypeID {
    switch node.kind {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    case .identifier: identifierType(id, node, tree)
    case .error, .select, .index, .call, .memberCall, .unary, .binary, .chain, .conditional, .list, .map, .message,
      .comprehension:
      .error
    }
  }

  /// The type of an expression whose operands have types.
  private mutating func type(of id: UInt32, _ node: Node, _ tree: SyntaxTree) -> TypeID {
    switch node.kind {
    case .null, .bool, .int, .uint, .double, .string, .bytes, .identifier: leafType(id, node, tree)
    case .error: .error
    case .select: selectionType(id, node, tree)
    case .index: indexType(id, node, tree)
    case .call:
      callType(id, function: function(named: NameID(rawValue: node.first), node, tree), isNamespaced: true, tree)
    case .memberCall: methodType(id, node, tree)
    case .unary: unaryType(id, node)
    case .binary: binaryType(id, node, tree)
    case .chain: chainType(id, node, tree)
    case .conditional: conditionalType(id, node, tree)
    case .list: listType(node, tree)
    case .map: mapType(node, tree)
    case .message: messageType(id, node, tree)
    case .comprehension:
      scopedResult(tree.comprehensions[Int(node.first)])
    }
  }
}

extension NodeKind {
  /// Whether it has no operands and no scope of its own.
  @inline(__always)
  var isLeaf: Bool {
    switch self {
    case .null, .bool, .int, .uint, .double, .string, .bytes, .identifier: true
    case .error, .select, .index, .call, .memberCall, .unary, .binary, .chain, .conditional, .list, .map, .message,
      .comprehension:
      false
    }
  }
}
