internal import Diagnostics
internal import Source

// Record types: their literals, and selections from their values.
extension Checker {
  /// The type of a field; `dyn` for those of a type of which nothing but the name is known.
  mutating func fieldType(of record: TypeID, _ id: UInt32, _ node: Node, _ tree: SyntaxTree) -> TypeID {
    guard let place = names.records.place(of: record) else { return .dyn }
    let field = tree.names[Int(node.second)].range
    if let type = names.records.fieldType(tree.nameBytes, in: field, of: place) { return type }
    faults.append(TypeFault(.unknownField, id, operand: node.first))
    return .error
  }

  /// The type of a literal `Name{field: value}`, whose values have types (cel-spec, "Field Selection", "Messages").
  mutating func messageType(_ id: UInt32, _ node: Node, _ tree: SyntaxTree) -> TypeID {
    let name = tree.nameBytes[tree.names[Int(node.first)].range]
    guard let place = names.record(name, isAbsolute: node.flags.contains(.isAbsolute)) else {
      faults.append(TypeFault(.unknownType, id))
      return .error
    }
    references[Int(id)] = .record(place)
    var entry = Int(node.second) + 1
    let end = entry + Int(tree.lists[Int(node.second)])
    while entry + 1 < end {
      checkField(entry, of: place, in: id, tree)
      entry += 2
    }
    return names.records.value(at: place)
  }

  private mutating func checkField(_ entry: Int, of place: Int, in id: UInt32, _ tree: SyntaxTree) {
    let field = tree.lists[entry]
    let value = tree.lists[entry + 1]
    let isOptional = tree.nodes[Int(value)].flags.contains(.isOptionalEntry)
    let type = isOptional ? entryType(value) : types[Int(value)]
    // A name that could not be read was reported.
    guard tree.nodes[Int(field)].kind == .identifier else { return }
    let range = tree.names[Int(tree.nodes[Int(field)].first)].range
    guard let wanted = names.records.fieldType(tree.nameBytes, in: range, of: place) else {
      faults.append(TypeFault(.unknownField, id, operand: field))
      return
    }
    let mark = substitution.mark()
    if substitution.assign(type, to: wanted) {
      substitution.commit()
    } else {
      substitution.rollBack(to: mark)
      faults.append(TypeFault(.fieldValue, id, operand: value, entry: entry))
    }
  }

  /// The record type of a literal of the last tree, by its place among `recordTypes`; `nil` for all other nodes.
  package func recordType(of id: ExpressionID) -> Int? {
    id.index < references.count ? references[id.index].record : nil
  }

  /// The record types, the environment's own before those that CEL knows.
  package var recordTypes: [RecordType] { names.records.records }
}

// MARK: - Reports

extension Checker {
  mutating func reportUnknownField(
    _ fault: TypeFault, _ node: Node, _ tree: SyntaxTree, into diagnostics: inout [Diagnostic]
  ) {
    let record: RecordType
    let field: NameID
    let span: SourceSpan
    if node.kind == .message {
      guard let place = references[Int(fault.node)].record else { return }
      record = names.records.records[place]
      field = NameID(rawValue: tree.nodes[Int(fault.operand)].first)
      span = tree.nodes[Int(fault.operand)].span
    } else {
      var type = substitution.resolved(types[Int(fault.operand)], isFinal: true)
      if let value = substitution.table.optionalValue(type) { type = value }
      guard let place = names.records.place(of: type) else { return }
      record = names.records.records[place]
      field = NameID(rawValue: node.second)
      span = memberSpan(fault.node, tree)
    }
    let name = tree.text(field)
    comparisonCount += record.fields.count
    let closest =
      comparisonCount <= Self.comparisonLimit ? closestName(to: name, among: record.fields.map(\.name)) : nil
    let text = "no such field `\(name)` on `\(record.name)`"
    diagnostics.append(
      Diagnostic(NoMatchingOverload(closest.map { "\(text); did you mean `\($0)`?" } ?? text), at: span))
  }

  mutating func reportUnknownType(_ node: Node, _ places: TokenPlaces, into diagnostics: inout [Diagnostic]) {
    let name = places.tree.text(NameID(rawValue: node.first))
    comparisonCount += names.records.records.count
    let closest =
      comparisonCount <= Self.comparisonLimit
      ? closestName(to: name, among: names.records.records.map(\.name)) : nil
    diagnostics.append(Diagnostic(UndeclaredReference(name: name, closest: closest), at: places.typeName(node)))
  }

  mutating func reportFieldValue(
    _ fault: TypeFault, _ tree: SyntaxTree, into diagnostics: inout [Diagnostic]
  ) {
    guard let place = references[Int(fault.node)].record else { return }
    let record = names.records.records[place]
    let field = tree.names[Int(tree.nodes[Int(tree.lists[fault.entry])].first)].range
    guard let type = names.records.fieldType(tree.nameBytes, in: field, of: place) else { return }
    let wanted = substitution.table.value(of: type)
    let spelling = String(decoding: tree.nameBytes[field], as: UTF8.self)
    let text = "`\(spelling)` of `\(record.name)` is `\(wanted)`, and this is `\(name(fault.operand))`"
    let help = TypeAdvice.asField(wanted, kind(fault.operand))
    diagnostics.append(Diagnostic(NoMatchingOverload(text, help: help), at: tree.nodes[Int(fault.operand)].span))
  }
}
