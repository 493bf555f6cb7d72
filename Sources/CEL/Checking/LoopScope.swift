/// The variables of the loops around the place of a walk, and what is known of each, such as its type.
struct LoopScope<Value: Sendable>: Sendable {
  private struct Entry {
    var name: UInt32
    var value: Value
    /// The entry that this one hides; -1 when there is none.
    var hidden: Int32
  }

  private var entries: [Entry] = []
  /// The innermost entry of each name; -1 when there is none.
  private var innermost: [Int32] = []

  /// Forgets everything, and makes ready for a tree of so many names.
  mutating func reset(nameCount: Int) {
    if nameCount == 0, innermost.isEmpty { return }
    entries.removeAll(keepingCapacity: true)
    innermost.removeAll(keepingCapacity: true)
    innermost.append(contentsOf: repeatElement(-1, count: nameCount))
  }

  /// What is known of a variable that is in scope.
  @inline(__always)
  func value(of name: NameID) -> Value? {
    let index = Int(name.rawValue)
    guard index < innermost.count, innermost[index] >= 0 else { return nil }
    return entries[Int(innermost[index])].value
  }

  mutating func declare(_ name: NameID, _ value: Value) {
    let index = Int(name.rawValue)
    guard index < innermost.count else { return }
    entries.append(Entry(name: name.rawValue, value: value, hidden: innermost[index]))
    innermost[index] = Int32(truncatingIfNeeded: entries.count - 1)
  }

  /// Takes the last variable out of scope.
  mutating func removeLast() {
    guard let entry = entries.popLast() else { return }
    innermost[Int(entry.name)] = entry.hidden
  }

  /// Says something else of the last variable.
  mutating func setLast(_ value: Value) {
    if !entries.isEmpty { entries[entries.count - 1].value = value }
  }
}
