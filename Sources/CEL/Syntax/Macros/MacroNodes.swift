internal import Source

/// A macro call that is being expanded.
struct MacroSite {
  let macro: Macro
  /// The call's node, and its place, which the expansion's nodes take over.
  let call: ExpressionID
  let span: SourceSpan
  /// What the macro is called on; `nil` for `has`.
  let receiver: ExpressionID?
  /// Where the ids of the arguments start in the tree's `lists`, and how many there are.
  let firstArgument: Int
  let argumentCount: Int
}

/// The words that expansions use and no condition can write.
enum MacroName {
  /// The loop's value so far.
  static let result = Array("@result".utf8)
  /// The variable of a loop that never runs.
  static let unused = Array("#unused".utf8)
  /// What `optMap` is called on.
  static let target = Array("@target".utf8)
  /// What `sortBy` is called on (cel-go's names).
  static let sortInput = Array("@__sortBy_input__".utf8)
  static let sortByKeys = Array("@sortByAssociatedKeys".utf8)
  /// `false` is `false`, all else is `true`: an error in one element does not end the loop (cel-go, `operators.go`).
  static let notStrictlyFalse = Array("@not_strictly_false".utf8)
  /// A map with one entry, or a map of entries, more (cel-go, `ext/comprehensions.go`).
  static let mapInsert = Array("cel.@mapInsert".utf8)
  static let hasValue = Array("hasValue".utf8)
  static let value = Array("value".utf8)
  static let optionalOf = Array("optional.of".utf8)
  static let optionalNone = Array("optional.none".utf8)
}

extension Parser {
  /// An argument of a macro call, from 0.
  func argument(_ number: Int, of site: MacroSite) -> ExpressionID {
    ExpressionID(rawValue: draft.lists[site.firstArgument + number])
  }

  /// The last argument of a macro call, which must have one.
  func lastArgument(of site: MacroSite) -> ExpressionID { argument(site.argumentCount - 1, of: site) }
}

// The nodes of expansions. All are synthetic and take the place of the macro call.
extension Parser {
  mutating func makeIdentifier(_ name: NameID, _ span: SourceSpan) -> ExpressionID {
    append(Node(.identifier, span, first: name.rawValue, flags: .isSynthetic))
  }

  mutating func makeBool(_ value: Bool, _ span: SourceSpan) -> ExpressionID {
    append(Node(.bool, span, first: value ? 1 : 0, flags: .isSynthetic))
  }

  mutating func makeInt(_ value: UInt32, _ span: SourceSpan) -> ExpressionID {
    append(Node(.int, span, first: value, flags: .isSynthetic))
  }

  mutating func makeListLiteral(_ elements: [ExpressionID], _ span: SourceSpan) -> ExpressionID {
    append(Node(.list, span, second: makeList(elements), flags: .isSynthetic))
  }

  mutating func makeEmptyMap(_ span: SourceSpan) -> ExpressionID {
    append(Node(.map, span, second: makeList([]), flags: .isSynthetic))
  }

  mutating func makeCall(_ name: [UInt8], _ arguments: [ExpressionID], _ span: SourceSpan) -> ExpressionID {
    append(Node(.call, span, first: intern(name).rawValue, second: makeList(arguments), flags: .isSynthetic))
  }

  mutating func makeMemberCall(
    _ receiver: ExpressionID, _ name: [UInt8], _ arguments: [ExpressionID], _ span: SourceSpan
  ) -> ExpressionID {
    let list = makeList([receiver] + arguments)
    return append(Node(.memberCall, span, first: intern(name).rawValue, second: list, flags: .isSynthetic))
  }

  mutating func makeNot(_ operand: ExpressionID, _ span: SourceSpan) -> ExpressionID {
    append(Node(.unary, span, first: operand.rawValue, operation: .not, flags: .isSynthetic))
  }

  mutating func makeBinary(
    _ left: ExpressionID, _ operation: Operator, _ right: ExpressionID, _ span: SourceSpan
  ) -> ExpressionID {
    append(
      Node(.binary, span, first: left.rawValue, second: right.rawValue, operation: operation, flags: .isSynthetic))
  }

  /// `left && right` or `left || right`.
  mutating func makeChain(
    _ left: ExpressionID, _ operation: Operator, _ right: ExpressionID, _ span: SourceSpan
  ) -> ExpressionID {
    append(Node(.chain, span, second: makeList([left, right]), operation: operation, flags: .isSynthetic))
  }

  mutating func makeConditional(
    _ condition: ExpressionID, _ yes: ExpressionID, _ no: ExpressionID, _ span: SourceSpan
  ) -> ExpressionID {
    append(Node(.conditional, span, second: makeList([condition, yes, no]), flags: .isSynthetic))
  }

  mutating func makeLoop(_ comprehension: Comprehension, _ span: SourceSpan) -> ExpressionID {
    draft.comprehensions.append(comprehension)
    let index = UInt32(truncatingIfNeeded: draft.comprehensions.count - 1)
    return append(Node(.comprehension, span, first: index, flags: .isSynthetic))
  }

  /// A loop that never runs: it names a value for `body`, as `let name = value in body` does elsewhere.
  mutating func makeBinding(
    _ name: NameID, to value: ExpressionID, in body: ExpressionID, _ span: SourceSpan
  ) -> ExpressionID {
    let range = makeListLiteral([], span)
    let condition = makeBool(false, span)
    let step = makeIdentifier(name, span)
    return makeLoop(
      Comprehension(
        range: range, variable: intern(MacroName.unused), secondVariable: nil, accumulator: name,
        accumulatorStart: value, condition: condition, step: step, result: body),
      span)
  }
}
