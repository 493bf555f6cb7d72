/// One step of a program.
///
/// Operands and targets are registers. While a program is made, an operand may be tagged as a constant or a variable; in
/// a finished one these are registers behind the others.
struct Instruction: BitwiseCopyable {
  let opcode: Opcode
  private let targetLow: UInt8
  private let targetHigh: UInt16
  var first: UInt32
  var second: UInt32
  /// The expression that it computes, for the place of an error.
  var expression: UInt32 = 0

  /// The register that the result goes to; 24 bits, which an expression's length keeps far away.
  @inline(__always)
  var target: UInt32 { UInt32(targetHigh) << 8 | UInt32(targetLow) }

  init(_ opcode: Opcode, target: UInt32 = 0, first: UInt32 = 0, second: UInt32 = 0) {
    self.opcode = opcode
    targetLow = UInt8(truncatingIfNeeded: target)
    targetHigh = UInt16(truncatingIfNeeded: target >> 8)
    self.first = first
    self.second = second
  }
}

/// What an instruction does.
///
/// Jumps name the place in `second`, builders and tables are named by number.
enum Opcode: UInt8, BitwiseCopyable {
  /// `target` = `first`; also of an error, which is raised where it is used.
  case move
  /// Ends the program with the value of `first`.
  case end
  /// Raises the error that `target` holds, if it holds one.
  case raiseError
  case jump
  /// Jumps when `first` is false; anything but a bool is an error.
  case jumpIfFalse
  /// One operand, `first`, of `&&` or `||`: when it settles the result, `target` is it and the chain is left; when it has
  /// none, its error is kept in `target`.
  case andStep, orStep
  case not, negate
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  case add, subtract, multiply, divide, modulo
  case isIn
  /// `first` is an element of the set `second`, a map whose keys are a list's elements.
  case isInSet
  /// The members that the path `second` names, one in the other, of `first`.
  case selectPath
  /// Whether `first` has the member that the key `second` names.
  case hasMember
  /// The member that the key `second` names of `first`, as an optional.
  case selectOptional
  case index, indexOptional
  /// Calls the site `second` with the arguments from `first` on.
  case call
  /// `first` matches the pattern `second`.
  case matches
  case startsWith, endsWith, contains
  /// Jumps when the optional `first` holds a value; `target` is that value for `orValue`, the optional for `or`.
  case optionalOr, optionalOrValue
  /// The builder `second` starts anew.
  case beginList, beginMap
  /// `first` goes into the builder `second`; an optional one if it holds a value.
  case append, appendOptional
  /// As `appendOptional`, but what holds no value leaves a gap.
  case appendField
  /// The key `first` and the value `second` go into the builder `target`.
  case insert, insertOptional
  /// All entries of the map `first` go into the builder `second`.
  case insertAll
  case endList, endMap
  /// The fields that the builder of the number `first` holds become the message of the site `second`.
  case endMessage
  /// Prepares the loop over `first`: its elements in `target`, its place in the next register.
  case beginLoop
  /// The next element goes into the registers from `target` + 2 on, or the loop is left; a turn takes the number `first`
  /// of steps.
  case nextElement
  /// As `nextElement` for two variables: index or key, and value.
  case nextEntry
}
