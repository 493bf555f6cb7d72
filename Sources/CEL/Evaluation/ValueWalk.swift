/// How far a walk through a value has come: deep values would need much stack, and those that share their parts, as
/// `[x, x]` does, can have many more parts than memory.
struct ValueWalk {
  /// How deep values may nest where they are walked through.
  ///
  /// Inputs nest 256 deep, and an expression adds no more than the 128 that it nests itself, but variables may build on
  /// each other.
  static let nestingLimit = 400
  /// How many parts a walk may come to.
  static let partLimit = 20_000_000

  private var depth = 0
  private var partsLeft = Self.partLimit

  /// Goes into a value of so many parts.
  @inline(__always)
  mutating func enter(_ count: Int) throws(EvaluationError) {
    depth &+= 1
    partsLeft &-= count &+ 1
    if depth > Self.nestingLimit { throw EvaluationError(.limit, "the value nests too deep") }
    if partsLeft < 0 { throw EvaluationError(.limit, "the value has too many parts") }
  }

  mutating func leave() { depth &-= 1 }
}
