/// The lists extension (cel-go, `ext/lists.go`); `sortBy` is a macro that calls `@sortByAssociatedKeys`.
enum ListLibrary {
  static let functions = ends + reshaping + sorting

  private static let ends: [LibraryFunction] = [
    LibraryFunction("method list(A).first() -> optional(A)") { arguments, context throws(EvaluationError) in
      guard let first = arguments[0].elements.first else { return .none }
      return try context.optional(first)
    },
    LibraryFunction("method list(A).last() -> optional(A)") { arguments, context throws(EvaluationError) in
      guard let last = arguments[0].elements.last else { return .none }
      return try context.optional(last)
    },
  ]

  private static let reshaping: [LibraryFunction] = [
    LibraryFunction("function lists.range(int) -> list(int)", range),
    LibraryFunction("method list(A).distinct() -> list(A)") { arguments, context throws(EvaluationError) in
      try context.list(try ElementSet(arguments[0].elements, context).elements)
    },
    LibraryFunction("method list(list(A)).flatten() -> list(A)") { arguments, context throws(EvaluationError) in
      try flattened(arguments[0].elements, depth: 1, context)
    },
    LibraryFunction("method list(dyn).flatten(int) -> list(dyn)") { arguments, context throws(EvaluationError) in
      guard arguments[1].int >= 0 else { throw .invalidArgument("`flatten` needs a depth that is not negative") }
      return try flattened(arguments[0].elements, depth: arguments[1].int, context)
    },
    LibraryFunction("method list(A).reverse() -> list(A)") { arguments, context throws(EvaluationError) in
      try context.charge(arguments[0].elements.count)
      return try context.list(arguments[0].elements.reversed())
    },
    LibraryFunction("method list(A).slice(int, int) -> list(A)", slice),
  ]

  private static let sorting: [LibraryFunction] = [
    LibraryFunction("method list(A).sort() -> list(A)") { arguments, context throws(EvaluationError) in
      try ListSorting.sorted(arguments[0].elements, by: arguments[0].elements, context)
    },
    // What `sortBy` expands to.
    LibraryFunction("method list(A).@sortByAssociatedKeys(list(B)) -> list(A)") {
      arguments, context throws(EvaluationError) in
      try ListSorting.sorted(arguments[0].elements, by: arguments[1].elements, context)
    },
  ]

  /// The numbers from 0 up to one that is not in it; none for a negative one.
  @Sendable
  private static func range(_ arguments: Arguments, _ context: EvaluationContext) throws(EvaluationError) -> Value {
    guard arguments[0].int > 0 else { return try context.list([]) }
    guard let count = Int(exactly: arguments[0].int) else { throw EvaluationError(.limit) }
    try context.charge(count)
    try context.checkRoom(forElements: count)
    return try context.list((0..<count).map { .int(Int64($0)) })
  }

  @Sendable
  private static func slice(_ arguments: Arguments, _ context: EvaluationContext) throws(EvaluationError) -> Value {
    let (elements, start, end) = (arguments[0].elements, arguments[1].int, arguments[2].int)
    guard start >= 0, end >= 0 else {
      throw .invalidArgument("cannot slice(\(start), \(end)), negative indexes not supported")
    }
    guard start <= end else {
      throw .invalidArgument("cannot slice(\(start), \(end)), start index must be less than or equal to end index")
    }
    guard end <= elements.count else {
      throw .invalidArgument("cannot slice(\(start), \(end)), list is length \(elements.count)")
    }
    try context.charge(Int(end - start))
    return try context.list(Array(elements[Int(start)..<Int(end)]))
  }

  /// The elements, with those of each list in place of it, so many levels deep; what is no list stays.
  private static func flattened(
    _ list: ListView, depth: Int64, _ context: EvaluationContext
  ) throws(EvaluationError) -> Value {
    var elements: [Value] = []
    // The lists that are gone through, each in the one before it, and where the next element of each is.
    var path = [(list: list, next: 0)]
    while let (list, next) = path.last {
      guard next < list.count else {
        path.removeLast()
        continue
      }
      path[path.count - 1].next = next + 1
      let element = list[next]
      if element.kind == .list, path.count <= depth {
        try context.charge(element.elements.count)
        path.append((element.elements, 0))
      } else {
        elements.append(element)
        if elements.count & 1_023 == 0 { try context.checkRoom(forElements: elements.count) }
      }
    }
    try context.charge(elements.count)
    return try context.list(elements)
  }
}
