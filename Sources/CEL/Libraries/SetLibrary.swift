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
      let search = try ElementSearch(left, count: right.count, context)
      for element in right where try search.finds(element, context) { return .bool(true) }
      return .bool(false)
    },
  ]

  private static func contains(
    _ list: ListView, allOf part: ListView, _ context: EvaluationContext
  ) throws(EvaluationError) -> Bool {
    let search = try ElementSearch(list, count: part.count, context)
    for element in part {
      guard try search.finds(element, context) else { return false }
    }
    return true
  }
}
