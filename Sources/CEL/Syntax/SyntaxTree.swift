package import Source

/// The loop that a macro expands to (cel-spec, "Macros"): starting from `accumulatorStart`, `step` is computed for each
/// element of `range` while `condition` holds; the value is `result`.
package struct Comprehension: Sendable {
  package var range: ExpressionID
  /// The element; the index or key when there is a second variable.
  package var variable: NameID
  /// The value in a two-variable comprehension.
  package var secondVariable: NameID?
  package var accumulator: NameID
  package var accumulatorStart: ExpressionID
  package var condition: ExpressionID
  package var step: ExpressionID
  package var result: ExpressionID

  package init(
    range: ExpressionID, variable: NameID, secondVariable: NameID?, accumulator: NameID, accumulatorStart: ExpressionID,
    condition: ExpressionID, step: ExpressionID, result: ExpressionID
  ) {
    self.range = range
    self.variable = variable
    self.secondVariable = secondVariable
    self.accumulator = accumulator
    self.accumulatorStart = accumulatorStart
    self.condition = condition
    self.step = step
    self.result = result
  }
}

/// A macro call as it was written, so that a tree can be written back as it was read and its scopes can be found.
///
/// INVARIANT: a tree's calls are in the order of their expansions, so those inside a call's arguments stand before it.
package struct MacroCall: Sendable {
  /// The node it expanded to; of kind `error` when its arguments do not fit.
  package var expansion: ExpressionID
  /// The call itself, a `call` or `memberCall` node that no other node refers to.
  package var call: ExpressionID
  /// The nodes, by id, among which the macro's variables are declared; their identifiers have the flag `isDeclaration`.
  package var declarations: Range<UInt32>
  /// The nodes, by id, for which the variables are visible; empty for a macro that has none.
  package var scope: Range<UInt32>

  package init(
    expansion: ExpressionID, call: ExpressionID, declarations: Range<UInt32> = 0..<0, scope: Range<UInt32> = 0..<0
  ) {
    self.expansion = expansion
    self.call = call
    self.declarations = declarations
    self.scope = scope
  }
}

/// A parsed condition: one array of small nodes, each behind its operands.
///
/// INVARIANT: a node's operands have smaller ids than the node, so a pass from the leaves up is a loop over `nodes`, and
/// one from the root down needs an explicit stack, never recursion: `a + b + …` is as deep as it is long. The nodes of an
/// expression stand together, and it is the last of them; a macro's expansion shares the nodes of the call's arguments.
package struct SyntaxTree: Sendable {
  /// Not every node hangs on the root: written macro calls do not, see `macroCalls`.
  package var nodes: [Node] = []
  /// Operand lists; `lists[n]` is a list's length and the ids follow it.
  ///
  /// INVARIANT: `lists[0]` is 0, so 0 is an empty list.
  package var lists: [UInt32] = [0]
  package var comprehensions: [Comprehension] = []
  package var macroCalls: [MacroCall] = []
  /// The decoded content of all string and bytes literals.
  package var literalBytes: [UInt8] = []
  /// The bytes of all names, and where each starts and ends.
  package var nameBytes: [UInt8] = []
  package var names: [SourceSpan] = []
  package var root = ExpressionID(0)

  package init() {}

  @inlinable package subscript(id: ExpressionID) -> Node { nodes[id.index] }

  /// A name's text.
  package func text(_ name: NameID) -> String {
    String(decoding: nameBytes[names[Int(name.rawValue)].range], as: UTF8.self)
  }

  /// The expressions of a list that a node's `second` refers to.
  package func list(_ start: UInt32) -> some RandomAccessCollection<ExpressionID> {
    let start = Int(start)
    return lists[(start + 1)..<(start + 1 + Int(lists[start]))].lazy.map { ExpressionID(rawValue: $0) }
  }

  /// The decoded content of a string or bytes literal.
  package func literal(_ node: Node) -> ArraySlice<UInt8> {
    literalBytes[Int(node.first)..<(Int(node.first) + Int(node.second))]
  }

  /// The call that a node was expanded from; `nil` for a node that was written as it is.
  package func macroCall(of expansion: ExpressionID) -> MacroCall? {
    guard !macroCalls.isEmpty else { return nil }
    var low = 0
    var high = macroCalls.count
    while low < high {
      let middle = (low + high) / 2
      if macroCalls[middle].expansion.rawValue < expansion.rawValue { low = middle + 1 } else { high = middle }
    }
    guard low < macroCalls.count, macroCalls[low].expansion == expansion else { return nil }
    return macroCalls[low]
  }
}
