/// The variables of the loops around the place of a walk, and their types.
struct LoopScope: Sendable {
  private struct Entry {
    var name: UInt32
    var type: TypeID
    /// The entry that this one hides; -1 when there is none.
    var hidden: Int32
  }

  private var entries: [Entry] = []
  /// The innermost entry of each name; -1 when there is none.
  private var innermost: [Int32] = []

  /// Forgets everything, and makes ready for a tree of so many names.
  mutating func reset(nameCount: Int) {
    entries.removeAll(keepingCapacity: true)
    innermost.removeAll(keepingCapacity: true)
    innermost.append(contentsOf: repeatElement(-1, count: nameCount))
  }

  /// The type of a variable that is in scope.
  @inline(__always)
  func type(of name: NameID) -> TypeID? {
    let index = Int(name.rawValue)
    guard index < innermost.count, innermost[index] >= 0 else { return nil }
    return entries[Int(innermost[index])].type
  }

  mutating func declare(_ name: NameID, _ type: TypeID) {
    let index = Int(name.rawValue)
    guard index < innermost.count else { return }
    entries.append(Entry(name: name.rawValue, type: type, hidden: innermost[index]))
    innermost[index] = Int32(truncatingIfNeeded: entries.count - 1)
  }

  /// Takes the last variable out of scope.
  mutating func removeLast() {
    guard let entry = entries.popLast() else { return }
    innermost[Int(entry.name)] = entry.hidden
  }

  /// Gives the last variable another type.
  mutating func setLastType(_ type: TypeID) {
    if !entries.isEmpty { entries[entries.count - 1].type = type }
  }
}
