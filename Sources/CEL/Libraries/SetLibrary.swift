/// The sets extension (cel-go, `ext/sets.go`): lists whose order and repetitions mean nothing.
enum SetLibrary {
  static let functions: [LibraryFunction] = [
    LibraryFunction("function sets.contains(list(A), list(A)) -> bool") { arguments, context throws(EvaluationError) in
      .bool(try contains(arguments[0].elements, allOf: arguments[1].elements, context))
    },
    LibraryFunction("function sets.equivalent(list(A), list(A)) -> bool") {
      arguments, context throws(EvaluationError) in
      let (left, right) = (arguments[0].elements, arguments[1].elements)
      guard try contains(left, allOf: right, context) else { return .bool(false) }
      return .bool(try contains(right, allOf: left, context))
    },
    LibraryFunction("function sets.intersects(list(A), list(A)) -> bool") {
      arguments, context throws(EvaluationError) in
      let (left, right) = (arguments[0].elements, arguments[1].elements)
      if left.count == 0 || right.count == 0 { return .bool(false) }
      let set = try ElementSet(left, context)
      for element in right where try set.contains(element, context) { return .bool(true) }
      return .bool(false)
    },
  ]

  private static func contains(
    _ list: ListView, allOf part: ListView, _ context: EvaluationContext
  ) throws(EvaluationError) -> Bool {
    if part.count == 0 { return true }
    let set = try ElementSet(list, context)
    for element in part {
      guard try set.contains(element, context) else { return false }
    }
    return true
  }
}
