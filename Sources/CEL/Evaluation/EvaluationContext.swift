/// What a function may use while it is evaluated: memory for its result, and the budget.
@safe
package final class EvaluationContext {
  /// Where the evaluation's values lie.
  package var arena: Arena { unsafe currentArena }
  /// Replaced between evaluations only, so exclusive access is not checked at each use.
  @exclusivity(unchecked)
  private var currentArena: Arena
  /// What is left of the budget; behind a pointer, where counting costs no check of exclusive access.
  private let left: UnsafeMutablePointer<(steps: Int, iterations: Int)>
  private let budget: EvaluationBudget
  /// The regular expressions of patterns that are known only now; kept from one evaluation to the next.
  let regularExpressions = RegularExpressionCache()

  package init(budget: EvaluationBudget = .standard) {
    self.budget = budget
    unsafe currentArena = Arena(byteLimit: budget.bytes)
    unsafe left = .allocate(capacity: 1)
    unsafe left.initialize(to: (budget.steps, budget.iterations))
  }

  deinit { unsafe left.deallocate() }

  /// Makes ready for values that are to lie somewhere else.
  func begin(_ arena: Arena) {
    unsafe currentArena = arena
    unsafe left.pointee = (budget.steps, budget.iterations)
  }

  /// Makes ready for the next evaluation.
  func reset() {
    arena.reset()
    unsafe left.pointee = (budget.steps, budget.iterations)
  }

  /// Pays for work that grows with its input: one step for 64 bytes or elements that are touched.
  package func charge(_ count: Int) throws(EvaluationError) { try chargeSteps(count &>> 6 &+ 1) }

  /// Pays for steps.
  @inline(__always)
  func chargeSteps(_ count: Int) throws(EvaluationError) {
    unsafe left.pointee.steps &-= count
    if unsafe left.pointee.steps < 0 { throw EvaluationError(.limit) }
  }

  /// Pays for a turn of a loop of so many steps.
  @inline(__always)
  func chargeTurn(_ count: Int) throws(EvaluationError) {
    unsafe left.pointee.iterations &-= 1
    if unsafe left.pointee.iterations < 0 { throw EvaluationError(.limit) }
    try chargeSteps(count)
  }
}

// MARK: - Room

extension EvaluationContext {
  /// Makes sure that a text of so many bytes may still be built, before memory outside the arena is used for it.
  package func checkRoom(forBytes count: Int) throws(EvaluationError) {
    guard count <= arena.bytesLeft else { throw EvaluationError(.limit, "the evaluation takes too much memory") }
  }

  /// The same for a list of so many elements.
  package func checkRoom(forElements count: Int) throws(EvaluationError) {
    guard count <= arena.bytesLeft / MemoryLayout<Value>.stride else {
      throw EvaluationError(.limit, "the evaluation takes too much memory")
    }
  }
}

// MARK: - Making values

extension EvaluationContext {
  /// A string of these bytes, which are UTF-8.
  package func string(_ bytes: some Collection<UInt8>) throws(EvaluationError) -> Value { try arena.string(bytes) }

  package func string(_ text: String) throws(EvaluationError) -> Value { try arena.string(text) }

  package func bytes(_ bytes: some Collection<UInt8>) throws(EvaluationError) -> Value { try arena.bytes(bytes) }

  package func list(_ elements: [Value]) throws(EvaluationError) -> Value { try arena.list(elements) }

  package func map(_ entries: [MapView.Entry]) throws(EvaluationError) -> Value { try arena.map(entries) }

  /// An optional that holds a value; `Value.none` is the one that holds none.
  package func optional(_ value: Value) throws(EvaluationError) -> Value { try arena.optional(value) }

  package func opaque(_ value: any OpaqueValue) throws(EvaluationError) -> Value { try arena.opaque(value) }
}
