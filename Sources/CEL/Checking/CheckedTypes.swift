/// What a checker found of one tree, for those who look at the tree more closely.
///
/// It shares the checker's memory, and stays as it is when the checker goes on to another tree. Small, as a checker is not:
/// it can be passed on and kept.
package struct CheckedTypes: Sendable {
  fileprivate let types: Stack<TypeID>
  fileprivate let references: Stack<ReferenceEntry>
  fileprivate let functions: FunctionTable
  fileprivate let attributes: AttributeTypes
}

extension Checker {
  /// What was found of the last tree.
  ///
  /// Nothing is changed; but to read from a checker in an array would copy it.
  package mutating func checkedTypes() -> CheckedTypes {
    CheckedTypes(types: types, references: references, functions: functions, attributes: attributes)
  }
}

extension CheckedTypes {
  /// Whether an expression is a `bool` whatever the input, unless it fails.
  package func isBoolean(_ id: ExpressionID) -> Bool { id.index < types.count && types[id.index] == .bool }

  /// What a node refers to.
  package func reference(of id: ExpressionID) -> Reference { references.reference(of: id, in: functions) }

  /// Whether a call fails on null in one of its operands, whatever the others are: no signature takes it there.
  ///
  /// - Parameters:
  ///   - call: A call of either style.
  ///   - place: The operand's place in the call's list.
  ///   - tree: The tree that was checked.
  /// - Returns: `false` also where nothing is known of the call.
  package func rejectsNull(_ call: ExpressionID, at place: Int, in tree: SyntaxTree) -> Bool {
    let node = tree[call]
    guard case .function(let function) = reference(of: call) else { return false }
    // Of `math.abs(x)`, the first in the list is part of the name.
    let skipped = node.kind == .memberCall && references.isNamespaced(call) ? 1 : 0
    guard place >= skipped else { return false }
    var rejects = false
    for index in functions.functions[function] {
      let candidate = functions.candidates[index]
      guard candidate.parameterCount == Int(tree.lists[Int(node.second)]) - skipped else { continue }
      let kinds = functions.parameterKinds[candidate.firstParameter + place - skipped]
      if kinds & ValueKind.null.bit != 0 { return false }
      rejects = true
    }
    return rejects
  }

  /// The attribute that a selection or an index names, also one that asks with `has(…)` or `.?`.
  package func selectedAttribute(of id: ExpressionID) -> AttributeID? {
    references.attribute(of: id)
  }

  /// What the schema says of an attribute.
  package func facts(of attribute: AttributeID) -> Attribute? {
    guard let table = attributes.table(of: attribute.source), table.entries.indices.contains(attribute.index) else {
      return nil
    }
    return table[attribute.index]
  }

  /// What kind of values an attribute has and how far they go, without making its texts.
  package func bounds(of attribute: AttributeID) -> (kind: AttributeKind, bounds: AttributeBounds)? {
    guard let table = attributes.table(of: attribute.source), table.entries.indices.contains(attribute.index) else {
      return nil
    }
    return (table.kind(of: attribute.index), table.bounds(of: attribute.index))
  }

  /// What the schema says of an attribute in a few bits, without making its texts.
  package func flags(of attribute: AttributeID) -> Attribute.Flags {
    guard let table = attributes.table(of: attribute.source), table.entries.indices.contains(attribute.index) else {
      return []
    }
    return table.flags(of: attribute.index)
  }

  /// Whether an attribute is there, and not null, wherever the object is that it belongs to.
  package func isNeverNull(_ attribute: AttributeID) -> Bool {
    guard let table = attributes.table(of: attribute.source), table.entries.indices.contains(attribute.index) else {
      return false
    }
    return table.isNeverNull(attribute.index)
  }

  /// Whether schemas say anything of any input.
  package var hasAttributes: Bool { attributes.hasTables }

  /// The attributes of a variable, by its place in the environment.
  package func attributeTable(of source: Int) -> AttributeTable? { attributes.table(of: source) }
}
