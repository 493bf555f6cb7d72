internal import Diagnostics

// What may be declared beside what is there already.
extension ExpressionLanguage {
  /// Checks a name of a variable or a constant.
  func checkName(_ name: String) throws(DeclarationError) {
    guard Self.isName(name) else {
      throw DeclarationError(name, "a name is an identifier, or several with dots between them, and no reserved word")
    }
    if variables.contains(where: { $0.name == name }) { throw DeclarationError(name, "a variable has this name") }
    if typeNames[name] != nil || Self.standardTypeNames.contains(name) {
      throw DeclarationError(name, "a type has this name")
    }
    if name == StandardNames.nullValue || constants.contains(where: { $0.name == name }) {
      throw DeclarationError(name, "a constant has this name")
    }
  }

  /// Checks a name of a type.
  func checkTypeName(_ name: String) throws(DeclarationError) {
    try checkName(name)
    if name.utf8.count == 1, name.utf8.allSatisfy({ 0x41...0x5A ~= $0 }) {
      throw DeclarationError(name, "a single capital letter is a type parameter")
    }
    if Signature.simpleTypes[name] != nil || Self.partedTypeNames.contains(name) {
      throw DeclarationError(name, "a type has this name")
    }
  }

  /// The overload that a signature declares.
  func overload(_ signature: String) throws(DeclarationError) -> Overload {
    do throws(Signature.Fault) { return try Signature.overload(signature, declared: typeNames) } catch {
      throw DeclarationError(signature, error)
    }
  }

  mutating func declare(
    _ overload: Overload, _ signature: String, _ isPure: Bool, _ body: @escaping HostFunction.Body
  ) throws(DeclarationError) {
    guard Self.isName(overload.name) else {
      throw DeclarationError(signature, "`\(overload.name)` is no name of a function")
    }
    if let macro = Self.macro(of: overload) {
      throw DeclarationError(signature, "`\(overload.name)` is a macro, which takes \(macro.forms)")
    }
    let own = functions.lazy.map(\.overload)
    let standard = StandardDeclarations.library.lazy.map(\.overload)
    if let other = (own.first { $0.clashes(with: overload) }) ?? standard.first(where: { $0.clashes(with: overload) }) {
      throw DeclarationError(
        signature, "evaluation could not tell it from `\(other)`, which is declared already")
    }
    functions.append(HostFunction(overload: overload, isPure: isPure, body: body))
    forgetLayout()
  }

  /// Whether a text is an identifier, or several with dots between them.
  static func isName(_ text: String) -> Bool {
    var end = 0
    var wantsIdentifier = true
    for token in tokens(of: text) {
      guard token.span.start == end, token.kind == (wantsIdentifier ? .identifier : .dot) else { return false }
      end = token.span.end
      wantsIdentifier.toggle()
    }
    return !wantsIdentifier && end == text.utf8.count
  }

  /// The macro that calls of an overload would be taken for.
  private static func macro(of overload: Overload) -> Macro? {
    var name = overload.name[...]
    var namespace: Substring = ""
    if let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) {
      namespace = name[..<dot]
      name = name[name.utf8.index(after: dot)...]
    }
    let bytes = Array(name.utf8)
    guard let macro = unsafe bytes.withUnsafeBufferPointer({ unsafe Macro(named: $0) }) else { return nil }
    switch macro.receiver {
    case .none: return !overload.isMember && namespace.isEmpty ? macro : nil
    case .expression: return overload.isMember || !namespace.isEmpty ? macro : nil
    case .namespace: return !overload.isMember && namespace == "\(macro.namespace)" ? macro : nil
    }
  }

  private static let partedTypeNames: Set<String> = ["list", "map", "optional", "optional_type", "type", "wrapper"]

  private static let standardTypeNames = partedTypeNames.union(
    ["bool", "int", "uint", "double", "string", "bytes", "null_type", "dyn", "net.IP", "net.CIDR"]
      + RecordType.wellKnown.map(\.name))
}

extension Overload {
  /// Whether there are arguments that both take, as far as evaluation looks at them.
  fileprivate func clashes(with other: Overload) -> Bool {
    guard name == other.name, isMember == other.isMember, parameters.count == other.parameters.count else {
      return false
    }
    return zip(parameters, other.parameters).allSatisfy { $0.overlaps($1) }
  }
}

extension CELType {
  /// Whether there are values of both types, as far as evaluation looks at them: it does not look into lists and maps.
  fileprivate func overlaps(_ other: CELType) -> Bool {
    switch (self, other) {
    case (.abstract(let left, _), .abstract(let right, _)): left == right
    case (.message(let left), .message(let right)): left == right
    default: valueKinds & other.valueKinds != 0
    }
  }
}
