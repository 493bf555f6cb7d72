/// What an expression reads of the names that policies declare, and of the resource.
///
/// Kept and reused from one expression to the next, so that it costs no allocation.
struct ExpressionReads: Sendable {
  /// Whether it reads `resource`, or anything of it, by that name.
  var readsResource = false
  /// Whether it uses `variables` in a way that may mean any of them: `variables[context.key]`, `size(variables)`.
  var readsAnyVariable = false
  /// The variables that it uses by name, by their place; one that is used twice may stand twice.
  private(set) var variables: [Int] = []

  mutating func reset() {
    readsResource = false
    readsAnyVariable = false
    variables.removeAll(keepingCapacity: true)
  }

  mutating func addVariable(_ place: Int) {
    if variables.last != place { variables.append(place) }
  }
}
