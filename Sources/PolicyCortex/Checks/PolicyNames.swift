import CEL

/// The places of a policy's names among the variables of its environment.
struct PolicyNames: Sendable {
  /// `resource`, `principal`, `request` and `context`: what comes from the input.
  let roots: [Int]
  let resource: Int?
  let now: Int?
  let variables: Int?
  private let members: DeclaredNames?

  init(_ environment: Environment) {
    let names = environment.variables.map(\.name)
    roots = ["resource", "principal", "request", "context"].compactMap { names.firstIndex(of: $0) }
    resource = names.firstIndex(of: "resource")
    now = names.firstIndex(of: "now")
    variables = names.firstIndex(of: "variables")
    members = variables.flatMap { environment.variables[$0].members }
  }

  /// The place of the policy's variable of that name.
  func variable(named name: ArraySlice<UInt8>, in tree: SyntaxTree) -> Int? {
    members?.index(of: tree.literalBytes, in: name.indices)
  }
}
