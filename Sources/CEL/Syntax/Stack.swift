/// An array of plain values for one owner, who keeps it from one expression to the next.
///
/// An `Array` asks at each change whether it is shared, which costs more than the change. Here that is asked once, by
/// `removeAll`.
///
/// INVARIANT: copies share their content until one of them is emptied, and only an emptied one is changed. What is copied
/// while it is in use, such as a parser that is kept as it is for later, must therefore start with `removeAll`.
@safe
struct Stack<Element: BitwiseCopyable>: RandomAccessCollection, @unchecked Sendable {
  private var storage: StackStorage
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 32) {
    storage = StackStorage(byteCount: capacity * MemoryLayout<Element>.stride)
    unsafe base = storage.memory.bindMemory(to: Element.self, capacity: capacity)
    self.capacity = capacity
  }

  @inline(__always) var startIndex: Int { 0 }
  @inline(__always) var endIndex: Int { count }
  @inline(__always) var isEmpty: Bool { count == 0 }
  @inline(__always) var last: Element? { count > 0 ? unsafe base[count &- 1] : nil }

  /// The elements where they lie, until the stack is changed.
  @inline(__always) var buffer: UnsafeMutableBufferPointer<Element> {
    unsafe UnsafeMutableBufferPointer(start: base, count: count)
  }

  @inline(__always)
  subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count)
      return unsafe base[index]
    }
    nonmutating set {
      precondition(index >= 0 && index < count)
      unsafe base[index] = newValue
    }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    assert(isKnownUniquelyReferenced(&storage), "a copy of a stack is changed that was not emptied first")
    if count == capacity { grow(to: count &+ 1) }
    unsafe base[count] = element
    count &+= 1
  }

  @inline(__always)
  mutating func append(contentsOf elements: UnsafeBufferPointer<Element>) {
    assert(isKnownUniquelyReferenced(&storage), "a copy of a stack is changed that was not emptied first")
    guard let start = elements.baseAddress else { return }
    if capacity &- count < elements.count { grow(to: count &+ elements.count) }
    unsafe (base + count).initialize(from: start, count: elements.count)
    count &+= elements.count
  }

  /// Adds some elements that are all the same.
  @inline(__always)
  mutating func append(repeating element: Element, count added: Int) {
    assert(isKnownUniquelyReferenced(&storage), "a copy of a stack is changed that was not emptied first")
    guard added > 0 else { return }
    if capacity &- count < added { grow(to: count &+ added) }
    unsafe (base + count).initialize(repeating: element, count: added)
    count &+= added
  }

  @inline(__always)
  mutating func popLast() -> Element? {
    guard count > 0 else { return nil }
    count &-= 1
    return unsafe base[count]
  }

  @inline(__always)
  @discardableResult
  mutating func removeLast() -> Element {
    precondition(count > 0)
    count &-= 1
    return unsafe base[count]
  }

  @inline(__always)
  mutating func removeLast(_ removed: Int) {
    precondition(removed >= 0 && removed <= count)
    count &-= removed
  }

  /// Forgets all elements, but not the memory, unless a copy still uses it.
  @inline(__always)
  mutating func removeAll() {
    if !isKnownUniquelyReferenced(&storage) { self = Stack() }
    count = 0
  }

  /// Turns the order of the elements from a place on around.
  func reverse(from start: Int) {
    var (low, high) = (start, count - 1)
    while low < high {
      unsafe swap(&base[low], &base[high])
      low += 1
      high -= 1
    }
  }

  /// Puts the elements into an array, in place of its own.
  func replaceElements(of array: inout [Element]) {
    if !array.isEmpty { array.removeAll(keepingCapacity: true) }
    if count > 0 { unsafe array.append(contentsOf: UnsafeBufferPointer(buffer)) }
  }

  @inline(never)
  private mutating func grow(to wanted: Int) {
    let newCapacity = Swift.max(wanted, capacity * 2)
    let larger = StackStorage(byteCount: newCapacity * MemoryLayout<Element>.stride)
    let newBase = unsafe larger.memory.bindMemory(to: Element.self, capacity: newCapacity)
    unsafe newBase.initialize(from: base, count: count)
    storage = larger
    unsafe base = newBase
    capacity = newCapacity
  }
}

/// The memory of a stack.
@safe
private final class StackStorage {
  let memory: UnsafeMutableRawPointer

  init(byteCount: Int) { unsafe memory = .allocate(byteCount: byteCount, alignment: 16) }

  deinit { unsafe memory.deallocate() }
}
