internal import Diagnostics
internal import DocumentTree

/// The rules of a policy.
extension PolicyDecoder {
  mutating func decodeRules(_ value: Int, into record: inout PolicyRecord, at path: FieldPath) {
    guard let array = arrayNode(value, subject: "`rules`", expected: .objects, in: path) else { return }
    let end = Int(nodes[array].link)
    var element = array + 1
    var index = 0
    var ids = SeenTexts(document)
    // A rule of the usual fields has some fifteen nodes.
    record.rules.reserveCapacity((end - array) / 12)
    while element < end {
      let place = ObjectPlace(element: index, of: path)
      if let object = ruleObject(element, at: place) {
        let rule = decodeRule(object, position: index, at: place)
        if rule.id != 0 { reportDuplicateID(of: rule, among: &ids, at: place) }
        record.rules.append(rule)
      }
      index += 1
      element = next(after: element)
    }
    if index == 0 {
      report(InvalidLength("`rules` holds at least one rule"), at: value, in: path)
    }
  }

  private mutating func ruleObject(_ element: Int, at place: ObjectPlace) -> Int? {
    // Spares the common case the words.
    if case .object = nodes[element].kind { return element }
    return objectNode(element, subject: "`rules[\(place.index ?? 0)]`", in: place.path)
  }

  private mutating func decodeRule(_ object: Int, position: Int, at place: ObjectPlace) -> RuleRecord {
    var rule = RuleRecord(position: UInt32(truncatingIfNeeded: position), object: UInt32(truncatingIfNeeded: object))
    var seen = SeenMembers()
    var effectKey = 0
    let end = Int(nodes[object].link)
    var key = object + 1
    while key < end {
      let value = next(after: key)
      if let field = field(key, among: ruleKeys).flatMap(RuleField.init(rawValue:)) {
        if isFirst(field, key: key, in: &seen, at: place) { decode(field, value, into: &rule, at: place) }
        if field == .effect { effectKey = key }
      } else if !isExtensionKey(key) {
        seen.unknown.append((key, value))
      }
      key = next(after: value)
    }
    finish(RuleField.self, object, seen, at: place)
    if effectKey != 0 { adviseAction(inPlaceOf: effectKey, seen, at: place) }
    if rule.action == .deny, rule.condition != 0, !seen.contains(RuleField.message) {
      adviseMessage(object, seen, at: place)
    }
    return rule
  }

  private mutating func decode(_ field: RuleField, _ value: Int, into rule: inout RuleRecord, at place: ObjectPlace) {
    switch field {
    case .condition: rule.condition = condition(value, field.key, in: place.member(field.key))
    case .action, .effect:
      rule.action = word(value, field.key, in: place.member(field.key))
      if rule.action != nil { rule.actionNode = UInt32(truncatingIfNeeded: value) }
    case .id: rule.id = string(value, field.key, in: place.member(field.key))
    case .name: rule.name = string(value, field.key, in: place.member(field.key))
    case .description: rule.description = string(value, field.key, in: place.member(field.key))
    case .message: rule.message = string(value, field.key, in: place.member(field.key))
    case .severity: rule.severity = word(value, field.key, in: place.member(field.key))
    case .enabled: rule.isEnabled = boolean(value, field.key, in: place.member(field.key)) ?? true
    case .tags: rule.tags = strings(value, field.key, in: place.member(field.key))
    }
  }

  private mutating func reportDuplicateID(of rule: RuleRecord, among ids: inout SeenTexts, at place: ObjectPlace) {
    let node = Int(rule.id)
    guard let first = ids.insert(node, tag: rule.position, textRange(of: node)) else { return }
    let message = DuplicateRuleID(id: excerpt(document.text(of: NodeID(node))))
    let other = ObjectPlace(element: Int(first.tag), of: place.container).member(RuleField.id.key)
    let related = [RelatedPlace("the first rule with this id", at: nodes[first.node].span, in: other)]
    add(Diagnostic(message, at: nodes[node].span, in: place.member(RuleField.id.key), related: related))
  }
}
