/// Memory that is handed out piece by piece and taken back all at once.
///
/// Values without reference counts point into it; it lives as long as they are used.
@safe
package final class Arena {
  /// The first chunk, the only one of most arenas, and those behind it.
  private var firstChunk = unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private var chunks: [UnsafeMutableRawBufferPointer] = unsafe []
  /// The chunk that pieces are taken from: 0 is the first, -1 none.
  private var current = -1
  /// Where the next piece is, and how many bytes may be taken before the chunk or the limit ends.
  ///
  /// It is never 0: a piece of no bytes has an address too, even the first.
  private var next: UInt = 16
  private var room = 0
  /// How many bytes are taken in all, if `room` were 0.
  private var byteCountWithoutRoom = 0
  private let byteLimit: Int
  private let firstChunkSize: Int
  /// How many bytes are taken in all.
  package var byteCount: Int { byteCountWithoutRoom &- room }
  /// How many bytes may still be taken.
  var bytesLeft: Int { byteLimit &- byteCount }
  /// Objects that values point to.
  private var objects: [AnyObject] = []

  private static let largestChunkSize = 1 << 20

  /// Makes an empty arena.
  ///
  /// - Parameters:
  ///   - byteLimit: How many bytes may be taken before it is reset.
  ///   - firstChunkSize: How many bytes are got from the system at first.
  package init(byteLimit: Int = .max, firstChunkSize: Int = 4_096) {
    self.byteLimit = byteLimit
    self.firstChunkSize = firstChunkSize
  }

  deinit {
    while let chunk = unsafe chunks.popLast() { unsafe chunk.deallocate() }
    unsafe firstChunk.deallocate()
  }

  /// Takes everything back; the memory is kept for the next values, but for one that was unusually large.
  package func reset() {
    guard byteCountWithoutRoom > 0 else { return }
    if byteCountWithoutRoom > Self.largestChunkSize {
      while let chunk = unsafe chunks.popLast() { unsafe chunk.deallocate() }
    }
    if !objects.isEmpty { objects.removeAll() }
    current = -1
    room = 0
    byteCountWithoutRoom = 0
  }

  /// Room for so many bytes, aligned for any value.
  func allocate(_ count: Int) throws(EvaluationError) -> UnsafeMutableRawPointer {
    let size = (count &+ 15) & ~15
    if size > room { try makeRoom(for: size) }
    let piece = next
    next = piece &+ UInt(bitPattern: size)
    room &-= size
    guard let pointer = unsafe UnsafeMutableRawPointer(bitPattern: piece) else { throw EvaluationError(.limit) }
    return unsafe pointer
  }

  /// Goes to a chunk that has room for so many bytes.
  @inline(never)
  private func makeRoom(for size: Int) throws(EvaluationError) {
    let taken = byteCount
    guard size <= byteLimit &- taken else { throw EvaluationError(.limit, "the evaluation takes too much memory") }
    let chunk = unsafe nextChunk(size)
    next = UInt(bitPattern: chunk.baseAddress)
    // Up to the limit, in whole pieces.
    room = min(chunk.count, byteLimit &- taken) & ~15
    byteCountWithoutRoom = taken &+ room
  }

  /// The next chunk that has room for so many bytes; a new one if there is none.
  private func nextChunk(_ size: Int) -> UnsafeMutableRawBufferPointer {
    if unsafe firstChunk.count == 0 {
      let count = max(size, min(firstChunkSize, Self.largestChunkSize))
      unsafe firstChunk = .allocate(byteCount: count, alignment: 16)
    }
    current &+= 1
    if current == 0 {
      if unsafe firstChunk.count >= size { return unsafe firstChunk }
      current = 1
    }
    while current <= (unsafe chunks.count), unsafe chunks[current - 1].count < size { current &+= 1 }
    if current > (unsafe chunks.count) {
      let previous = unsafe (chunks.last ?? firstChunk).count
      unsafe chunks.append(.allocate(byteCount: max(size, min(previous * 2, Self.largestChunkSize)), alignment: 16))
    }
    return unsafe chunks[current - 1]
  }

  /// A copy of a stack's elements.
  func copy<Element: BitwiseCopyable>(_ elements: Stack<Element>) throws(EvaluationError) -> UnsafeBufferPointer<
    Element
  > {
    guard !elements.isEmpty else { return unsafe UnsafeBufferPointer(start: nil, count: 0) }
    let copy = unsafe try allocate(elements.count * MemoryLayout<Element>.stride)
    let buffer = unsafe UnsafeMutableBufferPointer(
      start: copy.bindMemory(to: Element.self, capacity: elements.count), count: elements.count)
    _ = unsafe buffer.initialize(fromContentsOf: elements.buffer)
    return UnsafeBufferPointer(buffer)
  }

  /// Makes sure that so many bytes could be taken, for what is built elsewhere before it is copied.
  func require(_ count: Int) throws(EvaluationError) {
    guard count <= bytesLeft else { throw EvaluationError(.limit, "the evaluation takes too much memory") }
  }

  /// Keeps an object alive until the reset.
  func keep(_ object: AnyObject) { objects.append(object) }

  /// The object that was kept last.
  private var lastKept: AnyObject? { objects.last }
}

extension Arena {
  /// Keeps an object alive that many values in a row refer to.
  func keepOnce(_ object: AnyObject) {
    if lastKept !== object { keep(object) }
  }
}

// MARK: - Making values

extension Arena {
  /// A copy of a text; one of 4 GiB or more is over every limit.
  package func text(_ kind: ValueKind, _ bytes: ByteView) throws(EvaluationError) -> Value {
    guard bytes.count > 0 else { return Value(kind) }
    guard bytes.count <= UInt32.max else { throw EvaluationError(.limit, "a text is too long") }
    let copy = unsafe try allocate(bytes.count)
    unsafe copy.copyMemory(from: UnsafeRawPointer(bytes.buffer.baseAddress.unsafelyUnwrapped), byteCount: bytes.count)
    return Value(kind, bits: UInt64(UInt(bitPattern: copy)), count: UInt32(truncatingIfNeeded: bytes.count))
  }

  private func text(_ kind: ValueKind, copying bytes: some Collection<UInt8>) throws(EvaluationError) -> Value {
    let copied: Result<Value, EvaluationError>? = bytes.withContiguousStorageIfAvailable { buffer in
      let view = ByteView(address: UInt64(UInt(bitPattern: buffer.baseAddress)), count: buffer.count)
      do throws(EvaluationError) { return .success(try text(kind, view)) } catch { return .failure(error) }
    }
    if let copied { return try copied.get() }
    return try text(kind, copying: Array(bytes))
  }

  /// A string of these bytes, which are UTF-8.
  package func string(_ bytes: some Collection<UInt8>) throws(EvaluationError) -> Value {
    try text(.string, copying: bytes)
  }

  package func string(_ text: String) throws(EvaluationError) -> Value { try string(text.utf8) }

  package func bytes(_ bytes: some Collection<UInt8>) throws(EvaluationError) -> Value {
    try text(.bytes, copying: bytes)
  }

  /// The type of a name.
  package func type(_ name: String) throws(EvaluationError) -> Value { try text(.type, copying: name.utf8) }

  /// Two texts of one kind, one behind the other.
  func concatenation(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
    let (first, second) = (left.bytes, right.bytes)
    if first.count == 0 { return right }
    if second.count == 0 { return left }
    let count = first.count &+ second.count
    guard count <= UInt32.max else { throw EvaluationError(.limit, "a text is too long") }
    let copy = unsafe try allocate(count)
    unsafe copy.copyMemory(from: UnsafeRawPointer(first.buffer.baseAddress.unsafelyUnwrapped), byteCount: first.count)
    unsafe (copy + first.count).copyMemory(
      from: UnsafeRawPointer(second.buffer.baseAddress.unsafelyUnwrapped), byteCount: second.count)
    return Value(left.kind, bits: UInt64(UInt(bitPattern: copy)), count: UInt32(truncatingIfNeeded: count))
  }

  /// A list of these elements.
  package func list(_ elements: [Value]) throws(EvaluationError) -> Value { try list(elements[...]) }

  /// A list of so many elements.
  func list(count: Int, element: (Int) -> Value) throws(EvaluationError) -> Value {
    guard count > 0 else { return Value(.list) }
    guard count <= UInt32.max else { throw EvaluationError(.limit, "a list is too long") }
    let copy = unsafe try allocate(count * MemoryLayout<Value>.stride).bindMemory(to: Value.self, capacity: count)
    for index in 0..<count { unsafe (copy + index).initialize(to: element(index)) }
    return Value(.list, bits: UInt64(UInt(bitPattern: copy)), count: UInt32(truncatingIfNeeded: count))
  }

  func list(_ elements: ArraySlice<Value>) throws(EvaluationError) -> Value {
    guard !elements.isEmpty else { return Value(.list) }
    guard elements.count <= UInt32.max else { throw EvaluationError(.limit, "a list is too long") }
    let copy = unsafe try allocate(elements.count * MemoryLayout<Value>.stride)
    let buffer = unsafe UnsafeMutableBufferPointer(
      start: copy.bindMemory(to: Value.self, capacity: elements.count), count: elements.count)
    _ = unsafe buffer.initialize(fromContentsOf: elements)
    return Value(
      .list, bits: UInt64(UInt(bitPattern: copy)), count: UInt32(truncatingIfNeeded: elements.count))
  }

  /// An optional that holds a value.
  package func optional(_ value: Value) throws(EvaluationError) -> Value {
    let list = try list([value])
    return Value(.optional, bits: list.bits)
  }

  /// A value that only functions can look into.
  package func opaque(_ value: any OpaqueValue) throws(EvaluationError) -> Value {
    let box = OpaqueBox(value)
    keep(box)
    // An object costs about as much.
    _ = unsafe try allocate(64)
    return Value(.opaque, bits: box.address)
  }
}
