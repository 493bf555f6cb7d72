internal import Diagnostics
internal import DocumentTree

/// A policy's own object.
extension PolicyDecoder {
  mutating func decodePolicy(_ object: Int, at path: FieldPath) {
    var record = PolicyRecord(object: object, path: path)
    let place = ObjectPlace(path)
    var seen = SeenMembers()
    let end = Int(nodes[object].link)
    var key = object + 1
    while key < end {
      let value = next(after: key)
      if let field = field(key, among: policyKeys).flatMap(PolicyField.init(rawValue:)) {
        if isFirst(field, key: key, in: &seen, at: place) { decode(field, value, into: &record, at: place) }
      } else if !isExtensionKey(key) {
        seen.unknown.append((key, value))
      }
      key = next(after: value)
    }
    finish(PolicyField.self, object, seen, at: place)
    records.append(record)
  }

  private mutating func decode(
    _ field: PolicyField, _ value: Int, into record: inout PolicyRecord, at place: ObjectPlace
  ) {
    let slot = Int(field.rawValue)
    switch field {
    case .name: record.values[slot] = name(value, in: place.member(field.key))
    case .id, .description, .version, .author, .category, .resourceType:
      record.values[slot] = string(value, field.key, in: place.member(field.key))
    case .resourceTypes, .tags, .complianceFrameworks:
      record.values[slot] = strings(value, field.key, in: place.member(field.key))
    case .severity: record.severity = word(value, field.key, in: place.member(field.key))
    case .defaultAction: record.defaultAction = word(value, field.key, in: place.member(field.key))
    case .enabled: record.isEnabled = boolean(value, field.key, in: place.member(field.key)) ?? true
    case .autoRemediation: record.isAutoRemediated = boolean(value, field.key, in: place.member(field.key)) ?? false
    case .rules: decodeRules(value, into: &record, at: place.member(field.key))
    case .variables: decodeVariables(value, into: &record, at: place.member(field.key))
    case .complianceMapping: decodeComplianceMapping(value, into: &record, at: place.member(field.key))
    case .remediation: decodeRemediation(value, into: &record, at: place.member(field.key))
    case .metadata: _ = objectNode(value, subject: "`metadata`", in: place.member(field.key))
    case .schema: break
    }
  }

  /// A policy's name: 1 to 128 code points, of which one shows.
  private mutating func name(_ value: Int, in path: FieldPath) -> UInt32 {
    let accepted = string(value, PolicyField.name.key, in: path)
    guard accepted != 0 else { return 0 }
    let (bytes, range) = content(of: value)
    if isBlank(bytes, range) {
      report(
        InvalidLength(range.isEmpty ? "`name` must not be empty" : "`name` must not be blank"), at: value, in: path)
      return 0
    }
    var count = 0
    for byte in bytes[range] where byte & 0xC0 != 0x80 { count += 1 }
    if count > NameLimit.codePoints {
      report(
        InvalidLength("`name` has at most \(NameLimit.codePoints) code points, and this one has \(count)"), at: value,
        in: path)
    }
    return accepted
  }

  private mutating func decodeVariables(_ value: Int, into record: inout PolicyRecord, at path: FieldPath) {
    guard let object = objectNode(value, subject: "`variables`", in: path) else { return }
    variableObjects.insert(object)
    var names = SeenTexts(document)
    let end = Int(nodes[object].link)
    var key = object + 1
    while key < end {
      let value = next(after: key)
      defer { key = next(after: value) }
      guard names.insert(key, textRange(of: key)) == nil else { continue }
      let name = document.text(of: NodeID(key))
      if let reason = reasonAgainstIdentifier(name) {
        report(InvalidIdentifier(name: excerpt(name), reason: reason), at: key, in: path.key(name))
      }
      let expression = condition(value, name, in: path.key(name))
      record.variables.append((UInt32(truncatingIfNeeded: key), expression))
    }
  }

  private mutating func decodeComplianceMapping(_ value: Int, into record: inout PolicyRecord, at path: FieldPath) {
    guard let array = arrayNode(value, subject: "`compliance_mapping`", expected: .objects, in: path) else { return }
    let end = Int(nodes[array].link)
    var element = array + 1
    var index = 0
    while element < end {
      let place = ObjectPlace(element: index, of: path)
      if let object = objectNode(element, subject: "`compliance_mapping[\(index)]`", in: place.path) {
        var control: (framework: UInt32, control: UInt32) = (0, 0)
        decodeMembers(ComplianceMappingField.self, object, at: place) { decoder, field, value in
          let accepted = decoder.string(value, field.key, in: place.member(field.key))
          switch field {
          case .framework: control.framework = accepted
          case .control: control.control = accepted
          }
        }
        record.controls.append(control)
      }
      index += 1
      element = next(after: element)
    }
  }

  private mutating func decodeRemediation(_ value: Int, into record: inout PolicyRecord, at path: FieldPath) {
    guard let object = objectNode(value, subject: "`remediation`", in: path) else { return }
    let place = ObjectPlace(path)
    var remediation: (isAutoFixed: Bool, actions: UInt32) = (false, 0)
    decodeMembers(RemediationField.self, object, at: place) { decoder, field, value in
      switch field {
      case .autoFix: remediation.isAutoFixed = decoder.boolean(value, field.key, in: place.member(field.key)) ?? false
      case .actions: remediation.actions = decoder.strings(value, field.key, in: place.member(field.key))
      }
    }
    record.remediation = remediation
  }

  /// Reads the members of one of the small objects.
  private mutating func decodeMembers<Field: SchemaField>(
    _ fields: Field.Type, _ object: Int, at place: ObjectPlace, _ decode: (inout PolicyDecoder, Field, Int) -> Void
  ) {
    var seen = SeenMembers()
    let end = Int(nodes[object].link)
    var key = object + 1
    while key < end {
      let value = next(after: key)
      if let field = field(key, among: Field.keys).flatMap(Field.init(rawValue:)) {
        if isFirst(field, key: key, in: &seen, at: place) { decode(&self, field, value) }
      } else if !isExtensionKey(key) {
        seen.unknown.append((key, value))
      }
      key = next(after: value)
    }
    finish(fields, object, seen, at: place)
  }
}

/// How long a policy's name may be.
enum NameLimit {
  static let codePoints = 128
}
