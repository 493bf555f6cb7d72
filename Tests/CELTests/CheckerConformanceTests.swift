import CEL
import Diagnostics
import DocumentTree
import MarkedSource
import Source
import Testing

/// One test of the published conformance suite, as far as checking is concerned.
struct ConformanceRecord: CustomTestStringConvertible {
  var id: String
  var expression: String
  var environment: Environment
  var isChecked: Bool
  var tier: String
  var expectedType: CELType?

  var testDescription: String { id }

  static let all: [ConformanceRecord] = SharedExpressions.conformanceLines.compactMap { record($0) }

  private static func record(_ line: [UInt8]) -> ConformanceRecord? {
    let (document, diagnostics) = readDocument(SourceText(name: "record.json", bytes: line))
    guard diagnostics.isEmpty, let root = document.roots.first else { return nil }
    let fields = JSONValue(document: document, id: root)
    guard let id = fields["id"]?.text, let expression = fields["expr"]?.text else { return nil }
    var variables: [VariableDeclaration] = []
    var functions: [FunctionDeclaration] = []
    for entry in fields["type_env"]?.elements ?? [] {
      guard let name = entry["name"]?.text else { continue }
      if let type = entry["type"] { variables.append(VariableDeclaration(name, type: celType(type))) }
      let overloads = (entry["overloads"]?.elements ?? []).map { overload in
        Overload(
          name, isMember: overload["member"]?.isTrue ?? false, (overload["params"]?.elements ?? []).map(celType),
          overload["result"].map(celType) ?? .dyn)
      }
      if !overloads.isEmpty { functions.append(FunctionDeclaration(name, overloads)) }
    }
    return ConformanceRecord(
      id: id, expression: expression,
      environment: Environment(
        variables, functions: functions + TestAllTypes.conversions, container: fields["container"]?.text ?? "",
        types: TestAllTypes.records, constants: TestAllTypes.constants),
      isChecked: fields["disable_check"]?.isTrue == false, tier: fields["tier"]?.text ?? "",
      expectedType: fields["expect"]?["typed"]?["type"].map(celType))
  }

  private static func celType(_ value: JSONValue) -> CELType {
    let simple: [String: CELType] = [
      "null": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string, "bytes": .bytes,
      "any": .any, "timestamp": .timestamp, "duration": .duration,
    ]
    if let name = value.text { return simple[name] ?? .dyn }
    if let element = value["list"] { return .list(celType(element)) }
    if let parts = value["map"]?.elements, parts.count == 2 { return .map(celType(parts[0]), celType(parts[1])) }
    if let type = value["type"] { return .type(celType(type)) }
    if let name = value["param"]?.text { return .parameter(name) }
    if let name = value["message"]?.text { return .message(name) }
    if let parts = value["abstract"]?.elements, let name = parts.first?.text {
      return .abstract(name, parts.dropFirst().map(celType))
    }
    if let name = value["wrapper"]?.text, let type = CELType.Primitive.allCases.first(where: { "\($0)" == name }) {
      return .wrapper(type)
    }
    return .dyn
  }
}

/// A value of a JSON document.
private struct JSONValue {
  let document: Document
  let id: NodeID

  /// The member of that name.
  subscript(name: String) -> JSONValue? {
    guard document[id].kind == .object else { return nil }
    var found: JSONValue?
    document.forEachMember(of: id) { key, value in
      if document.text(of: key) == name { found = JSONValue(document: document, id: value) }
    }
    return found
  }

  var elements: [JSONValue] {
    guard document[id].kind == .array else { return [] }
    var elements: [JSONValue] = []
    document.forEachElement(of: id) { _, value in elements.append(JSONValue(document: document, id: value)) }
    return elements
  }

  /// The text of a string; `nil` for all else.
  var text: String? { document[id].kind == .string ? document.text(of: id) : nil }

  var isTrue: Bool { document[id].kind == .true }
}

@Suite("The published conformance suite, checked")
struct CheckerConformanceTests {
  /// What the suite itself expects to fail.
  static let expectedFaults: Set<String> = [
    "network_ext/ip_type/is_ip_cidr_compile_error"
  ]

  @Test(
    "every expression that must check does", .enabled(if: SharedData.root != nil, "the shared data is not there"))
  func checks() {
    #expect(ConformanceRecord.all.count > 1_000)
    for record in ConformanceRecord.all where record.isChecked {
      let result = checked(record.expression, in: record.environment, options: .cel)
      let found = result.diagnostics.map { "\($0.code): \($0.message)" }
      #expect(
        found.isEmpty != Self.expectedFaults.contains(record.id), "\(record.id): \(record.expression): \(found)")
    }
  }

  @Test(
    "no name of an expression that must check is undeclared",
    .enabled(if: SharedData.root != nil, "the shared data is not there"))
  func references() {
    for record in ConformanceRecord.all where record.isChecked {
      var checker = ReferenceChecker(record.environment, rejectsBareNames: false)
      var found: [Diagnostic] = []
      checker.check(parseExpression(record.expression, options: .cel).tree, into: &found)
      // What `cel.index` and its kin expand to is declared by `cel.block`, a function, when it is called.
      let undeclared = found.map(\.message).filter { !$0.contains("`@") }
      #expect(undeclared == [], "\(record.id): \(record.expression)")
    }
  }

  @Test(
    "every expression has the type the suite says",
    .enabled(if: SharedData.root != nil, "the shared data is not there"))
  func deducedTypes() {
    var count = 0
    for record in ConformanceRecord.all {
      guard let expected = record.expectedType else { continue }
      count += 1
      let result = checked(record.expression, in: record.environment, options: .cel)
      #expect(result.type == expected, "\(record.id): \(record.expression)")
    }
    #expect(count >= 28 || SharedData.root == nil)
  }
}
