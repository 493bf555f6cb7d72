/// The functions that conditions may call, laid out for looking up.
struct FunctionTable: Sendable {
  /// One signature, with the types of the table that goes with it.
  struct Candidate: Sendable {
    /// The function it is of, by its place.
    var function: Int
    var isMember: Bool
    var parameterCount: Int
    /// Where the parameters' types are.
    var firstParameter: Int
    var typeParameterCount: Int
    var result: TypeID
  }

  /// The candidates of a function, in the order of their declaration.
  private(set) var functions: [Range<Int>] = []
  private(set) var candidates: [Candidate] = []
  private(set) var parameters: [TypeID] = []
  /// For messages: the signatures, in the order of `candidates`.
  private(set) var overloads: [Overload] = []
  /// What each does, in the order of `candidates`; `nil` for one that is only declared.
  private(set) var implementations: [LibraryFunction.Implementation?] = []
  /// Which kinds of values each of `parameters` takes, as bits of `ValueKind`.
  private(set) var parameterKinds: [UInt32] = []
  /// How programs call each of `functions`.
  private(set) var treatments: [FunctionTreatment] = []
  let names: DeclaredNames
  /// The first parts of names with dots: `math`, `base64`.
  let namespaces: DeclaredNames

  /// Lays declarations out, and adds their types to a table.
  init(_ declarations: [FunctionDeclaration], types: inout TypeTable) {
    names = DeclaredNames(declarations.map(\.name))
    var namespaces: Set<String> = []
    for declaration in declarations {
      let name = declaration.name
      if let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")) { namespaces.insert(String(name[..<dot])) }
    }
    self.namespaces = DeclaredNames(namespaces.sorted())
    for declaration in declarations {
      let start = candidates.count
      for overload in declaration.overloads {
        var typeParameters: [String] = []
        let ids = overload.parameters.map { types.id(of: $0, parameters: &typeParameters) }
        let result = types.id(of: overload.result, parameters: &typeParameters)
        candidates.append(
          Candidate(
            function: functions.count, isMember: overload.isMember, parameterCount: ids.count,
            firstParameter: parameters.count,
            typeParameterCount: typeParameters.count, result: result))
        parameters += ids
        parameterKinds += overload.parameters.map(\.valueKinds)
        overloads.append(overload)
      }
      implementations += declaration.implementations
      treatments.append(FunctionTreatment(declaration))
      functions.append(start..<candidates.count)
    }
  }

  /// The standard library and all extension libraries, the names of types, and all types that these mention.
  static let standard: (functions: FunctionTable, names: StandardNames, types: TypeTable) = {
    var types = TypeTable()
    let functions = FunctionTable(StandardDeclarations.functions, types: &types)
    let names = StandardNames(namespaces: functions.namespaces.names, types: &types)
    return (functions, names, types)
  }()

  /// Whether a function has a candidate that is called in that way.
  func hasCandidate(of function: Int, isMember: Bool) -> Bool {
    functions[function].contains { candidates[$0].isMember == isMember }
  }
}
