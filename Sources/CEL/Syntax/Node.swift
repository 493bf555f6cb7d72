package import Source

/// The place of an expression in its tree's array of nodes.
package struct ExpressionID: Hashable, BitwiseCopyable, Sendable {
  package let rawValue: UInt32

  @inlinable package init(_ index: Int) { rawValue = UInt32(truncatingIfNeeded: index) }

  @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }

  @inlinable package var index: Int { Int(rawValue) }
}

/// A name interned in one tree: equal names have equal ids.
package struct NameID: Hashable, BitwiseCopyable, Sendable {
  package let rawValue: UInt32

  @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// What an expression is; says what a node's `first` and `second` hold.
package enum NodeKind: UInt8, BitwiseCopyable, Sendable {
  /// Something that could not be read. It was reported; whatever depends on it stays silent. `second`: an index into
  /// `lists` of the parts that could be read, in which independent faults may still be found (often the empty list 0).
  case error
  /// Literals; a number takes in the minus right before it, as in cel-go: `-1` is one literal, `-(1)` a unary. `int`, `uint`, `double`: the low and the high half of the 64-bit pattern. `string`, `bytes`: start and
  /// count in the tree's `literalBytes`. `bool`: `first` is 0 or 1.
  case null, bool, int, uint, double, string, bytes
  /// `first`: the name; flag `isAbsolute` for `.name`.
  case identifier
  /// `operand.name`: `first` the operand, `second` the name; flags `isOptional` for `.?`, `isPresenceTest` for `has(…)`,
  /// `isQuoted` for a backquoted name.
  case select
  /// `operand[index]`: `first` the operand, `second` the index; flag `isOptional` for `[?`.
  case index
  /// `name(arguments)`: `first` the name, `second` an index into `lists`; flag `isAbsolute` for `.name(…)`.
  case call
  /// `receiver.name(arguments)`: as `call`, and the list starts with the receiver.
  case memberCall
  /// `!x`, `-x`: `first` the operand; `operation` says which.
  case unary
  /// Any binary operator but `&&` and `||`: `first` and `second` the operands.
  case binary
  /// `a && b && …`, `a || b || …`, of any length: `second` an index into `lists`. Parentheses keep operands apart, so
  /// `a && (b && c)` is a chain of two whose second is a chain.
  case chain
  /// `condition ? yes : no`: `second` an index into `lists`, which holds the three.
  case conditional
  /// `[a, ?b]`: `second` an index into `lists`; an optional element has the flag
  /// `isOptionalEntry`.
  case list
  /// `{k: v, ?k: v}`: `second` an index into `lists`, keys and values in turn.
  case map
  /// `Name{field: value}`: `first` the qualified name (dots included), `second` an index into `lists`: field names, as
  /// identifier nodes, and values in turn; flag `isAbsolute` for `.Name{…}`.
  case message
  /// The loop that a macro expands to: `first` an index into `comprehensions`.
  case comprehension
}

/// The operators, in no order of binding.
package enum Operator: UInt8, BitwiseCopyable, Sendable {
  case none
  case not, negate
  case or, and
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, `in`
  case add, subtract, multiply, divide, modulo
}

/// Facts of a node that are either so or not.
package struct NodeFlags: OptionSet, BitwiseCopyable, Sendable {
  package let rawValue: UInt8

  @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

  @inlinable package static var isAbsolute: NodeFlags { NodeFlags(rawValue: 1) }
  @inlinable package static var isOptional: NodeFlags { NodeFlags(rawValue: 2) }
  @inlinable package static var isPresenceTest: NodeFlags { NodeFlags(rawValue: 4) }
  @inlinable package static var isQuoted: NodeFlags { NodeFlags(rawValue: 8) }
  /// Made by a macro, not written; its span is the macro call's.
  @inlinable package static var isSynthetic: NodeFlags { NodeFlags(rawValue: 16) }
  /// An element or entry value written with `?` before it: `[?x]`, `{?k: v}`, `M{?f: v}`.
  @inlinable package static var isOptionalEntry: NodeFlags { NodeFlags(rawValue: 32) }
  /// An identifier that names a macro's variable where the macro declares it, and refers to nothing.
  @inlinable package static var isDeclaration: NodeFlags { NodeFlags(rawValue: 64) }

  @inlinable package func contains(_ other: NodeFlags) -> Bool { rawValue & other.rawValue == other.rawValue }
}

// What the checks of other modules ask of every node. The compiler's own comparisons are no more than witnesses there: ten
// times the work.
extension NodeKind {
  @inlinable @inline(__always)
  package static func == (left: NodeKind, right: NodeKind) -> Bool { left.byte == right.byte }
  @inlinable @inline(__always)
  package static func != (left: NodeKind, right: NodeKind) -> Bool { left.byte != right.byte }

  @inlinable @inline(__always)
  var byte: UInt8 { unsafe unsafeBitCast(self, to: UInt8.self) }
}

extension Operator {
  @inlinable @inline(__always)
  package static func == (left: Operator, right: Operator) -> Bool { left.byte == right.byte }
  @inlinable @inline(__always)
  package static func != (left: Operator, right: Operator) -> Bool { left.byte != right.byte }

  @inlinable @inline(__always)
  var byte: UInt8 { unsafe unsafeBitCast(self, to: UInt8.self) }
}

/// One expression of a parsed condition.
package struct Node: BitwiseCopyable, Sendable {
  /// In bytes of the condition's text; parentheses around the expression are not part of it.
  package var span: SourceSpan
  package var first: UInt32
  package var second: UInt32
  package var kind: NodeKind
  package var operation: Operator
  package var flags: NodeFlags

  @inlinable
  package init(
    _ kind: NodeKind, _ span: SourceSpan, first: UInt32 = 0, second: UInt32 = 0, operation: Operator = .none,
    flags: NodeFlags = []
  ) {
    self.kind = kind
    self.span = span
    self.first = first
    self.second = second
    self.operation = operation
    self.flags = flags
  }
  /// Whether it is `operand.name`: neither `operand.?name` nor `has(operand.name)`.
  @inlinable package var isPlainSelection: Bool {
    kind == .select && !flags.contains(.isOptional) && !flags.contains(.isPresenceTest)
  }
}
