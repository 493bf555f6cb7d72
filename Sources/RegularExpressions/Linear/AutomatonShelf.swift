internal import Synchronization

/// Automata between two calls, which keep the states that earlier texts asked for.
///
/// Each place holds one or none, and is emptied and filled by one atomic exchange: no lock, and an automaton belongs to the call
/// that took it out.
struct AutomatonShelf: ~Copyable, Sendable {
  /// The address of an automaton, which counts as one reference to it; 0 for none.
  ///
  /// As many calls at once as there are places find one.
  private let places = InlineArray<8, Atomic<UInt>> { _ in Atomic<UInt>(0) }

  init() {}

  deinit { while take() != nil {} }

  /// Takes out an automaton, if there is one.
  func take() -> HeldAutomaton? {
    for index in places.indices where places[index].load(ordering: .relaxed) != 0 {
      let bits = places[index].exchange(0, ordering: .acquiring)
      if let pointer = unsafe UnsafeRawPointer(bitPattern: bits) {
        return unsafe Unmanaged<HeldAutomaton>.fromOpaque(pointer).takeRetainedValue()
      }
    }
    return nil
  }

  /// Keeps an automaton, if there is a place for it.
  func put(_ automaton: HeldAutomaton) {
    let held = unsafe Unmanaged.passRetained(automaton)
    let bits = unsafe UInt(bitPattern: held.toOpaque())
    for index in places.indices
    where places[index].compareExchange(expected: 0, desired: bits, ordering: .releasing).exchanged {
      return
    }
    unsafe held.release()
  }
}

/// An automaton that one call at a time has.
///
/// INVARIANT: it is used by the call that made it, or that took it out of the shelf, until that call puts it there.
final class HeldAutomaton: @unchecked Sendable {
  var automaton: LazyAutomaton

  init(_ automaton: LazyAutomaton) { self.automaton = automaton }
}
