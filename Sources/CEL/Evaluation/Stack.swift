/// An array of plain values whose copies share their content.
///
/// An `Array` asks at each change whether it is shared, which costs more than the change. Here only the owner of the one
/// copy that is used changes it.
@safe
struct Stack<Element: BitwiseCopyable> {
  private var storage: StackStorage
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 32) {
    storage = StackStorage(byteCount: capacity * MemoryLayout<Element>.stride)
    unsafe base = storage.memory.bindMemory(to: Element.self, capacity: capacity)
    self.capacity = capacity
  }

  @inline(__always) var isEmpty: Bool { count == 0 }
  @inline(__always) var indices: Range<Int> { 0..<count }

  var buffer: UnsafeMutableBufferPointer<Element> { unsafe UnsafeMutableBufferPointer(start: base, count: count) }

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

  @inline(__always) var last: Element? { count > 0 ? unsafe base[count - 1] : nil }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow() }
    unsafe base[count] = element
    count &+= 1
  }

  @inline(__always)
  mutating func popLast() -> Element? {
    guard count > 0 else { return nil }
    count &-= 1
    return unsafe base[count]
  }

  mutating func removeLast(_ removed: Int = 1) {
    precondition(removed >= 0 && removed <= count)
    count &-= removed
  }

  @inline(__always) mutating func removeAll() { count = 0 }

  /// Turns the order of the elements from a place on around.
  func reverse(from start: Int) {
    var (low, high) = (start, count - 1)
    while low < high {
      unsafe swap(&base[low], &base[high])
      low += 1
      high -= 1
    }
  }

  @inline(never)
  private mutating func grow() {
    let larger = StackStorage(byteCount: capacity * 2 * MemoryLayout<Element>.stride)
    let newBase = unsafe larger.memory.bindMemory(to: Element.self, capacity: capacity * 2)
    unsafe newBase.initialize(from: base, count: count)
    storage = larger
    unsafe base = newBase
    capacity *= 2
  }
}

/// The memory of a stack.
@safe
private final class StackStorage {
  let memory: UnsafeMutableRawPointer

  init(byteCount: Int) { unsafe memory = .allocate(byteCount: byteCount, alignment: 16) }

  deinit { unsafe memory.deallocate() }
}
