/// A text whose length shows only when it is whole, within what its evaluation may use.
struct GrowingText {
  private let context: EvaluationContext
  private(set) var bytes: [UInt8] = []

  init(_ context: EvaluationContext) { self.context = context }

  mutating func append(_ piece: ByteView) throws(EvaluationError) {
    try context.charge(piece.count)
    try context.arena.require(bytes.count + piece.count)
    unsafe bytes.append(contentsOf: piece.buffer)
  }

  mutating func append(_ byte: UInt8) throws(EvaluationError) {
    if bytes.count == bytes.capacity { try context.arena.require(bytes.count * 2) }
    bytes.append(byte)
  }

  mutating func append(_ text: some Collection<UInt8>) throws(EvaluationError) {
    try context.arena.require(bytes.count + text.count)
    bytes += text
  }

  /// Appends what is short: a number, a time.
  mutating func write(_ body: (inout [UInt8]) -> Void) throws(EvaluationError) {
    try context.charge(64)
    body(&bytes)
    try context.arena.require(bytes.count)
  }
}
