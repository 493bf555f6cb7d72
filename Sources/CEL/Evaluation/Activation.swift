/// The variable values of one evaluation.
///
/// Filled once, then safe to share between threads.
@safe
package final class Activation: @unchecked Sendable {
  // INVARIANT: the values point into `arena`, or into what lives longer.
  /// The values of the environment's variables, in their order, then those of the members.
  private let slots: UnsafeMutableBufferPointer<Value>
  /// Why variables have no value, where that is known.
  var errors: [EvaluationError] { unsafe knownErrors }
  /// Added to while the activation is filled only, so exclusive access is not checked in each evaluation.
  @exclusivity(unchecked)
  private var knownErrors: [EvaluationError] = []
  /// Where the values lie.
  package let arena: Arena

  /// Makes an activation in which no variable has a value yet.
  package init(_ environment: Environment) {
    unsafe slots = .allocate(capacity: environment.slotCount)
    unsafe slots.initialize(repeating: .unbound)
    arena = Arena()
  }

  deinit { unsafe slots.deallocate() }

  /// Gives a variable a value that lies in `arena`, by its place in the environment.
  package func set(_ index: Int, to value: Value) {
    if index >= 0, index < slotCount { unsafe slots[index] = value }
  }

  /// Lets every use of a variable end in an error, by its place in the environment.
  package func set(_ index: Int, to error: EvaluationError) {
    var error = error
    // The expression that fails is the one that uses the variable.
    error.expression = nil
    unsafe knownErrors.append(error)
    set(index, to: Value(.error, bits: UInt64(bitPattern: Int64(-1 - errors.count))))
  }

  /// The value of a slot; one that has none is an error where it is used.
  func value(at slot: Int) -> Value { slot >= 0 && slot < slotCount ? unsafe slots[slot] : .unbound }

  private var slotCount: Int { unsafe slots.count }
}

extension Value {
  /// What stands for a variable without a value: an error that no evaluation has met yet.
  static let unbound = Value(.error, bits: .max)
}

extension Environment {
  /// How many values an activation has.
  var slotCount: Int { variables.count + memberCount }

  /// How many members the variable has whose members are known.
  private var memberCount: Int { variables.first { $0.members != nil }?.members?.count ?? 0 }

  /// The slot of a member of the variable whose members are known.
  package func slot(ofMember index: Int) -> Int { variables.count + index }
}
