internal import RegularExpressions

/// The regex extension (cel-go, `ext/regex.go`).
enum RegexLibrary {
  static let functions: [LibraryFunction] = [
    LibraryFunction("function regex.extract(string, string) -> optional(string)", extract),
    LibraryFunction("function regex.extractAll(string, string) -> list(string)", extractAll),
    LibraryFunction("function regex.replace(string, string, string) -> string") {
      arguments, context throws(EvaluationError) in
      try replaced(arguments, atMost: .max, context)
    },
    LibraryFunction("function regex.replace(string, string, string, int) -> string") {
      arguments, context throws(EvaluationError) in
      let count = arguments[3].int
      // A negative number is no bound.
      return try replaced(arguments, atMost: count < 0 ? .max : count, context)
    },
  ]

  /// What the first match's group captured, or the whole match of a pattern without groups; a group that is empty or took
  /// no part gives none.
  @Sendable
  private static func extract(_ arguments: Arguments, _ context: EvaluationContext) throws(EvaluationError) -> Value {
    let expression = try expressionToExtract(arguments[1], context)
    var matches = PatternMatches(of: expression, in: arguments[0].bytes)
    guard let match = try matches.next(context), let range = extracted(match) else { return .none }
    return try context.optional(arguments[0].slice(range))
  }

  @Sendable
  private static func extractAll(_ arguments: Arguments, _ context: EvaluationContext) throws(EvaluationError) -> Value
  {
    let expression = try expressionToExtract(arguments[1], context)
    var matches = PatternMatches(of: expression, in: arguments[0].bytes)
    var found: [Value] = []
    while let match = try matches.next(context) {
      guard let range = extracted(match) else { continue }
      found.append(arguments[0].slice(range))
      if found.count & 1_023 == 0 { try context.checkRoom(forElements: found.count) }
    }
    return try context.list(found)
  }

  private static func expressionToExtract(
    _ pattern: Value, _ context: EvaluationContext
  ) throws(EvaluationError) -> RegularExpression {
    let expression = try context.regularExpressions.expression(pattern.bytes, context)
    guard expression.captureCount <= 1 else {
      throw .invalidArgument(
        "a regular expression to extract with has at most one capturing group, and this one has "
          + "\(expression.captureCount)")
    }
    return expression
  }

  private static func extracted(_ match: RegularExpressionMatch) -> Range<Int>? {
    guard match.captures.count > 1 else { return match.range }
    guard let range = match.captures[1], !range.isEmpty else { return nil }
    return range
  }

  /// The text with its first matches replaced; the replacement is read only where there is one.
  private static func replaced(
    _ arguments: Arguments, atMost limit: Int64, _ context: EvaluationContext
  ) throws(EvaluationError) -> Value {
    let text = arguments[0].bytes
    if limit == 0 { return arguments[0] }
    let expression = try context.regularExpressions.expression(arguments[1].bytes, context)
    var matches = PatternMatches(of: expression, in: text)
    guard var match = try matches.next(context) else { return arguments[0] }
    let replacement = try PatternReplacement(arguments[2].bytes, groupCount: expression.captureCount)
    var result: [UInt8] = []
    var copied = 0
    var count: Int64 = 0
    while true {
      let range = match.range
      try result.append(text.slice(copied..<range.lowerBound), context)
      try replacement.append(match, in: text, to: &result, context)
      copied = range.upperBound
      count += 1
      guard count < limit, let next = try matches.next(context) else { break }
      match = next
    }
    try result.append(text.slice(copied..<text.count), context)
    return try context.string(result)
  }
}
