import CEL
import Diagnostics

/// The loop variables of a tree that hide names in scope.
///
/// One pass over the macro calls from the last to the first, with a stack of those that are around.
struct ShadowedNames {
  private let environment: Environment

  init(_ environment: Environment) { self.environment = environment }

  func check(_ tree: SyntaxTree, into found: inout [Diagnostic]) {
    var around: [MacroCall] = []
    var reports: [Diagnostic] = []
    for call in tree.macroCalls.reversed() where !call.declarations.isEmpty && tree[call.expansion].kind != .error {
      while let outer = around.last, !outer.scope.contains(call.declarations.lowerBound) { around.removeLast() }
      for id in call.declarations where tree.nodes[Int(id)].flags.contains(.isDeclaration) {
        let node = tree.nodes[Int(id)]
        let outer = around.lazy.compactMap { declaration(of: node.first, in: $0, tree) }.first
        if let outer {
          let related = RelatedPlace("the loop variable that it hides", at: tree.nodes[Int(outer)].span)
          let message = ShadowedName(name: tree.text(NameID(rawValue: node.first)), isLoopVariable: true)
          reports.append(Diagnostic(message, at: node.span, related: [related]))
        } else if environment.declaresVariable(tree.nameBytes, in: tree.names[Int(node.first)].range) {
          let message = ShadowedName(name: tree.text(NameID(rawValue: node.first)), isLoopVariable: false)
          reports.append(Diagnostic(message, at: node.span))
        }
      }
      if !call.scope.isEmpty { around.append(call) }
    }
    found += reports.reversed()
  }

  private func declaration(of name: UInt32, in call: MacroCall, _ tree: SyntaxTree) -> UInt32? {
    call.declarations.first {
      tree.nodes[Int($0)].flags.contains(.isDeclaration) && tree.nodes[Int($0)].first == name
    }
  }
}

extension Environment {
  /// Whether a range of some bytes spells a variable's name.
  fileprivate func declaresVariable(_ bytes: [UInt8], in range: Range<Int>) -> Bool {
    variables.contains { $0.name.utf8.count == range.count && bytes[range].elementsEqual($0.name.utf8) }
  }
}
