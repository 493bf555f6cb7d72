/// A text of a length known beforehand, written piece by piece to where it stays.
///
/// INVARIANT: no more is written than was asked for; it is UTF-8 when it is whole.
@safe
struct TextAssembly {
  private let start: UnsafeMutableRawPointer
  private let count: Int
  private var used = 0

  /// Pays for the text, and finds room for it.
  init(byteCount: Int, _ context: EvaluationContext) throws(EvaluationError) {
    guard byteCount <= UInt32.max else { throw EvaluationError(.limit, "a text is too long") }
    try context.charge(byteCount)
    unsafe start = try context.arena.allocate(byteCount)
    count = byteCount
  }

  mutating func append(_ piece: ByteView) {
    precondition(piece.count <= count - used)
    guard let bytes = unsafe piece.buffer.baseAddress else { return }
    unsafe (start + used).copyMemory(from: bytes, byteCount: piece.count)
    used &+= piece.count
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    precondition(used < count)
    unsafe start.storeBytes(of: byte, toByteOffset: used, as: UInt8.self)
    used &+= 1
  }

  /// What was written.
  var string: Value {
    used == 0
      ? Value(.string)
      : Value(.string, bits: UInt64(UInt(bitPattern: unsafe start)), count: UInt32(truncatingIfNeeded: used))
  }
}
