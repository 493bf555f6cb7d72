internal import Diagnostics
internal import DocumentTree
internal import Source

/// Reads the members of a tests' file, and says what is wrong with them.
struct PolicyTestDecoder {
  let document: Document
  var diagnostics: [Diagnostic] = []

  private static let members = ["policy", "tests"]
  private static let testMembers = ["name", "input", "input_file", "resource", "decision", "rules"]

  init(_ document: Document) { self.document = document }

  mutating func suite() -> PolicyTestSuite? {
    for duplicate in document.duplicateKeys {
      let name = document.text(of: duplicate.key)
      diagnostics.append(
        Diagnostic(DuplicateKey(name: name), at: document[duplicate.key].span, in: FieldPath().key(name)))
    }
    guard let root = document.roots.first.map(document.resolved) else {
      if diagnostics.isEmpty {
        diagnostics.append(
          Diagnostic(MissingField(name: "policy"), at: SourceSpan(at: 0), in: FieldPath().key("policy")))
      }
      return nil
    }
    guard let found = members(of: root, FieldPath(), "the document", among: Self.members) else { return nil }
    let policy = required("policy", found, root, FieldPath()).flatMap { string($0, FieldPath().key("policy")) }
    let tests = required("tests", found, root, FieldPath()).map { self.tests($0) }
    guard let policy, let tests, let node = found["policy"] else { return nil }
    return PolicyTestSuite(document: document, policy: policy, policySpan: document[node].span, tests: tests)
  }

  private mutating func tests(_ node: NodeID) -> [PolicyTest] {
    let path = FieldPath().key("tests")
    guard expect(.array, node, path, "an array") else { return [] }
    var tests: [PolicyTest] = []
    for (index, element) in elements(of: node).enumerated() {
      if let test = test(element, index, path.index(index)) { tests.append(test) }
    }
    if elements(of: node).isEmpty {
      diagnostics.append(Diagnostic(InvalidLength("`tests` must not be empty"), at: document[node].span, in: path))
    }
    return tests
  }

  private mutating func test(_ node: NodeID, _ index: Int, _ path: FieldPath) -> PolicyTest? {
    let object = document.resolved(node)
    guard let found = members(of: object, path, "a test", among: Self.testMembers) else { return nil }
    let name = found["name"].flatMap { string($0, path.key("name")) } ?? "tests[\(index)]"
    let decision = found["decision"].flatMap { self.decision($0, path.key("decision")) }
    let ruleNodes = found["rules"].map { strings($0, path.key("rules")) }
    let inputs = ["input", "input_file", "resource"].filter { found[$0] != nil }
    if inputs.count > 1, let second = found[inputs[1]] {
      let message = ConflictingFields(name: inputs[1], other: inputs[0])
      diagnostics.append(Diagnostic(message, at: document[second].span, in: path.key(inputs[1])))
    }
    if found["decision"] == nil, found["rules"] == nil {
      let help = "a test expects a `decision`, or `rules` that apply, or both"
      diagnostics.append(missing("decision", help, object, path))
    }
    guard let kind = inputs.first, let value = found[kind] else {
      diagnostics.append(missing("input", "give an `input`, an `input_file` or a `resource`", object, path))
      return nil
    }
    let input: PolicyTest.Input
    switch kind {
    case "input": input = .inline(document, value)
    case "resource": input = .resource(document, value)
    default:
      guard let file = string(value, path.key(kind)) else { return nil }
      input = .file(file, document[value].span)
    }
    return PolicyTest(
      name: name, span: document[object].span, input: input, decision: decision,
      rules: ruleNodes?.map { document.text(of: $0) }, ruleNodes: ruleNodes ?? [])
  }

  private mutating func decision(_ node: NodeID, _ path: FieldPath) -> Decision? {
    guard let text = string(node, path) else { return nil }
    if let decision = Decision(rawValue: text.lowercased()) { return decision }
    let allowed = Decision.allCases.map(\.rawValue)
    let message = InvalidValue(
      field: "decision", value: text, allowed: allowed, closest: closestName(to: text, among: allowed), spelling: nil)
    diagnostics.append(Diagnostic(message, at: document[node].span, in: path))
    return nil
  }

  // MARK: Values

  /// The members of an object by name; others than those that are known are reported.
  private mutating func members(
    of node: NodeID, _ path: FieldPath, _ subject: String, among known: [String]
  ) -> [String: NodeID]? {
    guard expect(.object, node, path, "an object", subject: subject) else { return nil }
    var found: [String: NodeID] = [:]
    var unknown: [(String, NodeID)] = []
    document.forEachMember(of: node) { key, value in
      let name = document.text(of: key)
      // The first of a name counts; the others are reported as duplicates.
      if found[name] == nil { found[name] = value }
      if !known.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { unknown.append((name, key)) }
    }
    for (name, key) in unknown {
      let message = UnknownField(name: name, closest: closestName(to: name, among: known), spelling: nil)
      diagnostics.append(Diagnostic(message, at: document[key].span, in: path.key(name)))
    }
    return found
  }

  private mutating func required(
    _ name: String, _ found: [String: NodeID], _ object: NodeID, _ path: FieldPath
  ) -> NodeID? {
    if let value = found[name] { return value }
    diagnostics.append(missing(name, nil, object, path))
    return nil
  }

  private func missing(_ name: String, _ help: String?, _ object: NodeID, _ path: FieldPath) -> Diagnostic {
    let start = document[object].span.start
    let isFlow = document.source.bytes.indices.contains(start) && document.source.bytes[start] == UInt8(ascii: "{")
    let span = isFlow ? SourceSpan(start, start + 1) : document[NodeID(object.index + 1)].span
    return Diagnostic(MissingField(name: name, help: help), at: span, in: path.key(name))
  }

  private mutating func expect(
    _ kind: NodeKind, _ node: NodeID, _ path: FieldPath, _ expected: String, subject: String? = nil
  ) -> Bool {
    let found = document[document.resolved(node)].kind
    if found == kind { return true }
    if found != .invalid {
      let message = WrongType(subject: subject ?? "`\(path.field)`", expected: expected, found: found.noun)
      diagnostics.append(Diagnostic(message, at: document[node].span, in: path))
    }
    return false
  }

  private mutating func string(_ node: NodeID, _ path: FieldPath) -> String? {
    expect(.string, node, path, "a string") ? document.text(of: node) : nil
  }

  /// The elements of an array that are strings.
  private mutating func strings(_ node: NodeID, _ path: FieldPath) -> [NodeID] {
    guard expect(.array, node, path, "an array of strings") else { return [] }
    var strings: [NodeID] = []
    for (index, element) in elements(of: node).enumerated()
    where expect(.string, element, path.index(index), "a string") {
      strings.append(element)
    }
    return strings
  }

  private func elements(of node: NodeID) -> [NodeID] {
    var elements: [NodeID] = []
    document.forEachElement(of: document.resolved(node)) { _, element in elements.append(element) }
    return elements
  }
}

extension NodeKind {
  fileprivate var noun: String {
    switch self {
    case .null: "null"
    case .true, .false: "a boolean"
    case .integer, .float: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    case .alias, .invalid: "nothing readable"
    }
  }
}
