internal import CEL
internal import DocumentTree

// What one schema object says, and the schemas inside it that say more of the same values.
extension SchemaReader {
  /// What a schema says of values.
  ///
  /// Recursion is bounded by `depthLimit`; beyond, and when a value's schema has too many parts, nothing is known.
  mutating func summary(of node: NodeID, depth: Int = 0) -> SchemaSummary {
    let node = document.resolved(node)
    var summary = SchemaSummary()
    guard document[node].kind == .object else { return summary }
    remainingParts -= 1
    guard depth < Self.depthLimit, remainingParts > 0 else {
      isOverLimit = true
      return summary
    }
    var parts: [(keyword: Keyword, value: NodeID)] = []
    document.forEachMember(of: node) { key, value in
      guard let keyword = Keyword(rawValue: document.text(of: key)) else { return }
      parts.append((keyword, document.resolved(value)))
    }
    for (keyword, value) in parts { state(keyword, value, in: &summary) }
    for (keyword, value) in parts { combine(keyword, value, into: &summary, depth: depth) }
    return summary
  }

  /// Notes what needs no other schema to be looked at.
  private func state(_ keyword: Keyword, _ value: NodeID, in summary: inout SchemaSummary) {
    switch keyword {
    case .type: summary.kinds = kinds(value)
    case .enum:
      var choices: [AttributeChoice] = []
      var isWhole = true
      document.forEachElement(of: value) { _, value in
        if let choice = choice(document.resolved(value)) { choices.append(choice) } else { isWhole = false }
      }
      if isWhole, !choices.isEmpty { summary.choices = choices }
    case .const: summary.choices = choice(value).map { [$0] }
    case .properties:
      document.forEachMember(of: value) { key, schema in
        let name = unsafe document.withBytes(of: key) { unsafe Array($0) }
        summary.set(SchemaSummary.Property(name: name, groups: [[document.resolved(schema)]]))
      }
    case .required: document.forEachElement(of: value) { summary.required.insert(bytes($1)) }
    case .items:
      // A list of schemas is one for each place.
      if document[value].kind == .object { summary.items = [[value]] }
    case .patternProperties:
      document.forEachMember(of: value) { _, schema in
        if document[schema].kind != .false { summary.others.append(document.resolved(schema)) }
      }
    case .additionalProperties:
      switch document[value].kind {
      case .false: summary.openness = .closed
      case .object: summary.others.append(value)
      case .null, .true, .integer, .float, .string, .array, .alias, .invalid: summary.openness = .open
      }
    case .minimum: summary.bounds.minimum = number(value)
    case .maximum: summary.bounds.maximum = number(value)
    case .exclusiveMinimum:
      if document[value].kind == .true { summary.bounds.excludesMinimum = true }
      if let number = number(value) { (summary.bounds.minimum, summary.bounds.excludesMinimum) = (number, true) }
    case .exclusiveMaximum:
      if document[value].kind == .true { summary.bounds.excludesMaximum = true }
      if let number = number(value) { (summary.bounds.maximum, summary.bounds.excludesMaximum) = (number, true) }
    case .minLength: summary.bounds.minimumLength = count(value)
    case .maxLength: summary.bounds.maximumLength = count(value)
    case .minItems: summary.bounds.minimumCount = count(value)
    case .maxItems: summary.bounds.maximumCount = count(value)
    case .format: if document[value].kind == .string { summary.format = document.text(of: value) }
    case .ref, .allOf, .anyOf, .oneOf, .then, .else, .dependencies, .dependentSchemas, .prefixItems: break
    }
  }

  /// Adds what other schemas say of the same values.
  private mutating func combine(
    _ keyword: Keyword, _ value: NodeID, into summary: inout SchemaSummary, depth: Int
  ) {
    switch keyword {
    case .ref:
      guard let target = target(of: value) else {
        isOverLimit = true
        return
      }
      summary.formIntersection(self.summary(of: target, depth: depth + 1))
    case .allOf:
      for part in elements(value) { summary.formIntersection(self.summary(of: part, depth: depth + 1)) }
    case .anyOf, .oneOf:
      var alternatives: [SchemaSummary] = []
      for part in elements(value) { alternatives.append(self.summary(of: part, depth: depth + 1)) }
      summary.formIntersection(.union(alternatives))
    case .then, .else: addNames(value, to: &summary, depth: depth)
    case .dependencies, .dependentSchemas:
      var schemas: [NodeID] = []
      document.forEachMember(of: value) { schemas.append($1) }
      for schema in schemas { addNames(schema, to: &summary, depth: depth) }
    case .prefixItems:
      // Draft-07 knows only `items`, and later drafts only of what stands behind: an element fits one of them.
      if let group = summary.items.first { summary.items = [group + elements(value).map { document.resolved($0) }] }
    case .type, .enum, .const, .properties, .required, .items, .patternProperties, .additionalProperties, .minimum,
      .maximum, .exclusiveMinimum, .exclusiveMaximum, .minLength, .maxLength, .minItems, .maxItems, .format:
      break
    }
  }

  /// Adds the members that a schema names which holds of some values only.
  private mutating func addNames(_ value: NodeID, to summary: inout SchemaSummary, depth: Int) {
    var named = SchemaSummary()
    for property in self.summary(of: value, depth: depth + 1).properties {
      named.set(SchemaSummary.Property(name: property.name, groups: property.groups, isPartial: true))
    }
    summary.formIntersection(named)
  }

  private func kinds(_ value: NodeID) -> SchemaKinds {
    guard document[value].kind == .array else { return kind(value) }
    var kinds: SchemaKinds = []
    document.forEachElement(of: value) { kinds.formUnion(kind(document.resolved($1))) }
    return kinds.isEmpty ? .all : kinds
  }

  private func kind(_ value: NodeID) -> SchemaKinds {
    guard document[value].kind == .string else { return .all }
    switch document.text(of: value) {
    case "boolean": return .bool
    case "integer": return .int
    case "number": return .number
    case "string": return .string
    case "array": return .list
    case "object": return .object
    case "null": return .null
    default: return .all
    }
  }

  private func choice(_ value: NodeID) -> AttributeChoice? {
    switch document[value].kind {
    case .null: .null
    case .true: .bool(true)
    case .false: .bool(false)
    case .integer: Int64(document.text(of: value)).map { .int($0) } ?? number(value).map { .double($0) }
    case .float: number(value).map { .double($0) }
    case .string: .string(document.text(of: value))
    case .array, .object, .alias, .invalid: nil
    }
  }

  private func number(_ value: NodeID) -> Double? {
    switch document[value].kind {
    case .integer, .float: Double(document.text(of: value)).flatMap { $0.isFinite ? $0 : nil }
    case .null, .true, .false, .string, .array, .object, .alias, .invalid: nil
    }
  }

  private func count(_ value: NodeID) -> Int? { number(value).flatMap { Int(exactly: $0) } }

  private func elements(_ value: NodeID) -> [NodeID] {
    var elements: [NodeID] = []
    document.forEachElement(of: value) { elements.append($1) }
    return elements
  }

  func bytes(_ node: NodeID) -> [UInt8] { unsafe document.withBytes(of: node) { unsafe Array($0) } }
}

extension SchemaReader {
  /// The words of JSON Schema that say something of types.
  enum Keyword: String {
    case ref = "$ref"
    case type, `enum`, const, properties, required, items, prefixItems, patternProperties, additionalProperties
    case allOf, anyOf, oneOf, then, `else`, dependencies, dependentSchemas
    case minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength, maxLength, minItems, maxItems, format
  }
}
