package import CEL
package import DocumentTree

/// One test of the suite, as far as it says what to do; what should come of it is the scorer's to know.
package struct TestRecord {
  package let id: String
  package let expression: String
  package let container: String
  package var variables: [VariableDeclaration] = []
  package var functions: [FunctionDeclaration] = []
  package var bindings: [(name: String, value: CELValue)] = []
  package let isChecked: Bool
  package let endsAfterChecking: Bool
  package let endsAfterParsing: Bool
  package let hasMacros: Bool
  /// What the test needs beyond the core, such as `ext:strings`.
  package let needs: [String]

  /// Why a record cannot be run.
  package struct Fault: Error {
    package let id: String
    package let text: String
  }

  /// Reads a line of a test file; keys that mean nothing here are passed over.
  package init(_ json: JSONValue) throws(Fault) {
    guard let id = json["id"]?.text else { throw Fault(id: "", text: "a record needs an `id`") }
    guard let expression = json["expr"]?.text else { throw Fault(id: id, text: "a record needs an `expr`") }
    self.id = id
    self.expression = expression
    container = json["container"]?.text ?? ""
    isChecked = json["disable_check"]?.isTrue != true
    endsAfterChecking = json["check_only"]?.isTrue == true
    endsAfterParsing = json["parse_only"]?.isTrue == true
    hasMacros = json["disable_macros"]?.isTrue != true
    needs = json["needs"]?.elements.compactMap(\.text) ?? []
    for entry in json["type_env"]?.elements ?? [] {
      guard let name = entry["name"]?.text else { throw Fault(id: id, text: "a declaration needs a `name`") }
      if let type = entry["type"] { variables.append(VariableDeclaration(name, type: CELType(tagged: type))) }
      let overloads = (entry["overloads"]?.elements ?? []).map { overload in
        Overload(
          name, isMember: overload["member"]?.isTrue ?? false,
          (overload["params"]?.elements ?? []).map { CELType(tagged: $0) },
          overload["result"].map { CELType(tagged: $0) } ?? .dyn)
      }
      if !overloads.isEmpty { functions.append(FunctionDeclaration(name, overloads)) }
    }
    for (name, value) in json["bindings"]?.members ?? [] {
      guard let value = TaggedValue.read(value) else { throw Fault(id: id, text: "`\(name)` has no value") }
      bindings.append((name, value))
      // What is bound and not declared may be anything.
      if !variables.contains(where: { $0.name == name }) { variables.append(VariableDeclaration(name)) }
    }
  }
}
