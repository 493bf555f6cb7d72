/// The variables of macros that are visible at a place of a tree.
///
/// Made for a walk over a tree's nodes from the last to the first: scopes are opened at their last node and closed
/// before their first.
struct Scope: Sendable {
  /// How many open scopes declare each name.
  private var depths: [UInt32] = []
  /// The names of all open scopes, those of the innermost last.
  private var names: [NameID] = []
  /// The open scopes: the first node each reaches to, and where its names start.
  private var open: [(firstNode: UInt32, nameStart: Int)] = []

  /// Closes all scopes, and makes ready for a tree of so many names.
  mutating func reset(nameCount: Int) {
    names.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    depths.removeAll(keepingCapacity: true)
    depths.append(contentsOf: repeatElement(0, count: nameCount))
  }

  /// The first node that the innermost scope reaches to.
  var innermostStart: UInt32? { open.last?.firstNode }

  /// Opens a scope that declares nothing yet.
  mutating func push(firstNode: UInt32) { open.append((firstNode, names.count)) }

  /// Declares a name in the innermost scope.
  mutating func declare(_ name: NameID) {
    names.append(name)
    depths[Int(name.rawValue)] &+= 1
  }

  /// Closes the innermost scope.
  mutating func pop() {
    guard let closed = open.popLast() else { return }
    for name in names[closed.nameStart...] { depths[Int(name.rawValue)] &-= 1 }
    names.removeLast(names.count - closed.nameStart)
  }

  /// Whether a variable of that name is visible.
  func declares(_ name: NameID) -> Bool {
    let index = Int(name.rawValue)
    return index < depths.count && depths[index] > 0
  }

  /// The names that are visible, the innermost first.
  var visibleNames: some Collection<NameID> { names.reversed() }
}
