// Messages that expressions construct (cel-spec, "Messages").
extension Evaluator {
  /// The message of a literal.
  ///
  /// - Parameters:
  ///   - site: The type and the fields that are given.
  ///   - values: Their values, `Value.unbound` for an optional field that is given none.
  ///   - records: The types.
  /// - Returns: The message; for the well-known messages, the value that CEL has for them.
  /// - Throws: `EvaluationError` for types and fields that are not declared, and for values that a field cannot hold.
  func message(
    _ site: Program.MessageSite, _ values: [Value], _ records: RecordLayouts
  ) throws(EvaluationError) -> Value {
    guard let place = site.place else { throw EvaluationError.undeclaredType(site.typeName) }
    var builder = RecordBuilder(records, place)
    try context.charge(builder.layout.fields.count)
    for (index, value) in values.enumerated() where value.kind != .error {
      guard site.fields.indices.contains(index) else { continue }
      guard let field = builder.layout.place(of: site.fields[index]) else {
        throw EvaluationError(.noSuchKey, "no such field `\(site.fields[index])` on `\(site.typeName)`")
      }
      if value.kind == .list || value.kind == .map { try context.charge(Int(value.count)) }
      try builder.assign(field, value, context.arena)
    }
    return try builder.value(context.arena, depth: 0)
  }
}

extension Arena {
  /// A record of a declared type.
  ///
  /// - Throws: `EvaluationError` for a type or a field that is not declared, and for values that a field cannot hold.
  func record(
    _ typeName: String, _ fields: [(name: String, value: Value)], _ records: RecordLayouts
  ) throws(EvaluationError) -> Value {
    guard let place = records.place(named: typeName) else { throw EvaluationError.undeclaredType(typeName) }
    var builder = RecordBuilder(records, place)
    for (name, value) in fields {
      guard let field = builder.layout.place(of: name) else {
        throw EvaluationError(.noSuchKey, "no such field `\(name)` on `\(typeName)`")
      }
      try builder.assign(field, value, self)
    }
    return try builder.value(self, depth: 0)
  }
}
