internal import Diagnostics
internal import DocumentTree
internal import Source

/// What an object must have, must not have, and must not have twice.
extension PolicyDecoder {
  /// Notes a field; says whether its value counts.
  ///
  /// A second one of its key does not (it is among the document's duplicate keys), nor the second of two names for one field.
  mutating func isFirst<Field: SchemaField>(
    _ field: Field, key: Int, in seen: inout SeenMembers, at place: ObjectPlace
  ) -> Bool {
    guard !seen.contains(field) else { return false }
    seen.fields |= field.mask
    guard let other = field.alternative, seen.contains(other) else {
      return true
    }
    report(ConflictingFields(name: field.key, other: other.key), at: key, in: place.member(field.key))
    return false
  }

  /// Reports unknown and missing members, once all of an object's members have been seen.
  mutating func finish<Field: SchemaField>(
    _ fields: Field.Type, _ object: Int, _ seen: SeenMembers, at place: ObjectPlace
  ) {
    if seen.unknown.isEmpty, Field.isComplete(seen.fields) { return }
    // INVARIANT: what is claimed by one misspelt key is offered to no other, and not missing any more.
    var claimed = seen.fields
    for (key, value) in seen.unknown where !isFull {
      let closest = reportUnknown(fields, key, value, taken: claimed, at: place)
      if let closest { claimed |= closest.mask }
    }
    for field in Field.allCases where field.isRequired && claimed & field.mask == 0 {
      if let other = field.alternative, claimed & other.mask != 0 { continue }
      let message = MissingField(name: field.key, fixIt: insertion(of: field, into: object))
      add(Diagnostic(message, at: missingMemberSpan(of: object), in: place.member(field.key)))
    }
  }

  /// Reports a key that the schema does not have; answers with the field that was probably meant.
  private mutating func reportUnknown<Field: SchemaField>(
    _ fields: Field.Type, _ key: Int, _ value: Int, taken: UInt32, at place: ObjectPlace
  ) -> Field? {
    let name = document.text(of: NodeID(key))
    let free = Field.allCases.filter { field in
      taken & field.mask == 0 && (field.alternative.map { taken & $0.mask == 0 } ?? true) && fits(value, field.shape)
    }
    let closestKey = closestName(to: name, among: free.map(\.key))
    let closest = free.first { $0.key == closestKey }
    let isMissing = closest.map { $0.isRequired || $0.alternative?.isRequired == true } ?? false
    report(
      UnknownField(
        name: excerpt(name), closest: closest?.key, isMissing: isMissing,
        spelling: closest.flatMap { spelling($0.key, inPlaceOf: key) },
        help: closest == nil ? home(of: name, besides: fields) : nil),
      at: key, in: place.member(name))
    return closest
  }

  /// Whether a value could be a field's, perhaps with quotes or brackets around it.
  private func fits(_ value: Int, _ shape: FieldShape) -> Bool {
    let kind = nodes[resolved(value)].kind
    switch shape {
    case .anything: return true
    case .string, .boolean: return kind != .array && kind != .object
    case .strings: return kind != .object
    case .array: return kind == .array || kind == .invalid || kind == .null
    case .object: return kind == .object || kind == .invalid || kind == .null
    }
  }

  /// Where a key belongs that stands in the wrong object.
  private func home<Field: SchemaField>(of name: String, besides fields: Field.Type) -> String? {
    if fields != RuleField.self, RuleField.allCases.contains(where: { $0.key == name }) {
      return "`\(name)` is a field of a rule: `rules[…].\(name)`"
    }
    if fields != PolicyField.self, PolicyField.allCases.contains(where: { $0.key == name }) {
      return "`\(name)` is a field of the policy itself"
    }
    return nil
  }

  /// Where a missing member is reported: at its object's brace, or its first key in YAML's block style.
  func missingMemberSpan(of object: Int) -> SourceSpan {
    let node = nodes[object]
    if isBraced(object) { return SourceSpan(node.span.start, node.span.start + 1) }
    return Int(node.link) > object + 1 ? nodes[object + 1].span : SourceSpan(at: node.span.start)
  }

  /// Whether an object is written in braces.
  func isBraced(_ object: Int) -> Bool {
    let start = nodes[object].span.start
    return start < bytes.count && bytes[start] == 0x7B
  }

  /// How one of the schema's words is spelt in the place of a key or string; `nil` for an alias, whose text is elsewhere.
  func spelling(_ word: String, inPlaceOf index: Int) -> String? {
    let node = nodes[index]
    return node.kind == .string ? encodedScalar(word, like: node) : nil
  }
}
