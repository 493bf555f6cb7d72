internal import RegularExpressions

// The size of things, and what a text is looked through for (cel-spec, "List of Standard Definitions").
extension StandardLibrary {
  static let texts = sizes + searches + patterns

  private static let sizes: [LibraryFunction] = [
    LibraryFunction("function size(string) -> int", codePointCount),
    LibraryFunction("function size(bytes) -> int", count),
    LibraryFunction("function size(list(A)) -> int", count),
    LibraryFunction("function size(map(A, B)) -> int", count),
    LibraryFunction("method string.size() -> int", codePointCount),
    LibraryFunction("method bytes.size() -> int", count),
    LibraryFunction("method list(A).size() -> int", count),
    LibraryFunction("method map(A, B).size() -> int", count),
  ]

  private static let searches: [LibraryFunction] = [
    LibraryFunction("method string.contains(string) -> bool") { arguments, context throws(EvaluationError) in
      try context.charge(arguments[0].bytes.count)
      return .bool(arguments[0].bytes.firstIndex(of: arguments[1].bytes) != nil)
    },
    LibraryFunction("method string.endsWith(string) -> bool") { arguments, context throws(EvaluationError) in
      try context.charge(arguments[1].bytes.count)
      return .bool(arguments[0].bytes.hasSuffix(arguments[1].bytes))
    },
    LibraryFunction("method string.startsWith(string) -> bool") { arguments, context throws(EvaluationError) in
      try context.charge(arguments[1].bytes.count)
      return .bool(arguments[0].bytes.hasPrefix(arguments[1].bytes))
    },
  ]

  private static let patterns: [LibraryFunction] = [
    LibraryFunction("method string.matches(string) -> bool", matches),
    LibraryFunction("function matches(string, string) -> bool", matches),
  ]

  private static let codePointCount: LibraryFunction.Implementation = { arguments, context throws(EvaluationError) in
    try context.charge(arguments[0].bytes.count)
    return .int(Int64(arguments[0].bytes.codePointCount))
  }

  /// How many bytes, elements or entries there are.
  private static let count: LibraryFunction.Implementation = { arguments, _ in .int(Int64(arguments[0].count)) }

  /// Whether a pattern matches somewhere in a text; programs prepare patterns that are constants, and do not come here.
  private static let matches: LibraryFunction.Implementation = { arguments, context throws(EvaluationError) in
    let text = arguments[0].bytes
    try context.charge(text.count)
    let expression = try context.regularExpressions.expression(arguments[1].bytes, context)
    do throws(RegularExpressionError) { return .bool(try unsafe expression.matches(text.buffer)) } catch {
      throw EvaluationError(.tooComplex)
    }
  }
}
