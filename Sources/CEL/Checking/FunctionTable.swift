/// The functions that conditions may call, laid out for looking up.
///
/// Shared by checkers and programs; nothing changes once it is made.
final class FunctionTable: Sendable {
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
  let functions: [Range<Int>]
  let candidates: [Candidate]
  let parameters: [TypeID]
  /// For messages: the signatures, in the order of `candidates`.
  let overloads: [Overload]
  /// What each does, in the order of `candidates`; `nil` for one that is only declared.
  let implementations: [LibraryFunction.Implementation?]
  /// Which kinds of values each of `parameters` takes, as bits of `ValueKind`.
  let parameterKinds: [UInt32]
  /// Whether calls of each of `functions` with constants may be computed when a program is made.
  let purities: [Bool]
  /// How programs call each of `functions`.
  let treatments: [FunctionTreatment]
  /// What each of `functions` reads from an argument.
  let literalContents: [LiteralContent]
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
    var functions: [Range<Int>] = []
    var candidates: [Candidate] = []
    var parameters: [TypeID] = []
    var overloads: [Overload] = []
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
        overloads.append(overload)
      }
      functions.append(start..<candidates.count)
    }
    self.functions = functions
    self.candidates = candidates
    self.parameters = parameters
    self.overloads = overloads
    parameterKinds = overloads.flatMap { $0.parameters.map(\.valueKinds) }
    implementations = declarations.flatMap(\.implementations)
    purities = declarations.map(\.isPure)
    treatments = declarations.map { FunctionTreatment($0) }
    literalContents = declarations.map { LiteralContent($0) }
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
