import CEL
import Diagnostics
import Source

extension CheckedExpression {
  /// Checks the operands of a chain for questions that the schema has answered: the attribute is required, and so is all
  /// that leads to it, under every resource type.
  mutating func checkRequiredExistence(_ id: ExpressionID, _ types: CheckedTypes, into found: inout [Diagnostic]) {
    let node = tree[id]
    let operands = Array(tree.list(node.second))
    guard !node.flags.contains(.isSynthetic), look(operands.count) else { return }
    for (place, asked) in operands.enumerated() {
      guard let question = Existence(asked.rawValue, tree, isConjunction: node.operation == .and), question.isQuestion,
        isAnswered(question, at: asked), isInputPath(question.path, types), !isFaulty(asked)
      else { continue }
      let places = writtenChain(id).operands
      guard places.count == operands.count else { return }
      // What an operand before it has settled is told already.
      if found.contains(where: { $0.span == places[place] && $0.code == RedundantExistenceCheck.descriptor.id }) {
        continue
      }
      let removed =
        place == 0
        ? SourceSpan(places[0].start, places[1].start) : SourceSpan(places[place - 1].end, places[place].end)
      // An operand that is left alone is no longer held to be a boolean.
      let keepsType = operands.count > 2 || types.isBoolean(operands[1 - place])
      let fixIt = FixIt("remove it", edits: [SourceEdit(span: removed, text: "")], applicability: .safe)
      let message = RedundantExistenceCheck(
        attribute: attribute(of: question), proof: nil, fixIt: keepsType && !hasComment(in: removed) ? fixIt : nil)
      found.append(Diagnostic(message, at: places[place]))
    }
  }

  private mutating func isAnswered(_ question: Existence, at asked: ExpressionID) -> Bool {
    for types in readings {
      switch question {
      case .notNull(let path): if !isNeverNull(path, in: types) { return false }
      case .member(let owner, _):
        // The attribute is known by the selection that asks, alone or behind `!`.
        let test = tree[asked].kind == .unary ? operand(tree[asked].first) : asked
        guard let attribute = types.selectedAttribute(of: test), types.isNeverNull(attribute),
          isNeverNull(owner, in: types)
        else { return false }
      case .value: return false
      }
    }
    return !readings.isEmpty
  }
}
