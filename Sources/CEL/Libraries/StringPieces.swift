// Strings taken apart and put together.
extension StringLibrary {
  static let pieces: [LibraryFunction] = [
    LibraryFunction("method list(string).join() -> string") { arguments, context throws(EvaluationError) in
      try joined(arguments[0].elements, by: Value(.string).bytes, context)
    },
    LibraryFunction("method list(string).join(string) -> string") { arguments, context throws(EvaluationError) in
      try joined(arguments[0].elements, by: arguments[1].bytes, context)
    },
    LibraryFunction("method string.split(string) -> list(string)") { arguments, context throws(EvaluationError) in
      try pieces(of: arguments[0], between: arguments[1].bytes, limit: .max, context)
    },
    LibraryFunction("method string.split(string, int) -> list(string)") { arguments, context throws(EvaluationError) in
      let limit = arguments[2].int
      return try pieces(of: arguments[0], between: arguments[1].bytes, limit: limit < 0 ? .max : Int(limit), context)
    },
  ]

  private static func joined(
    _ texts: ListView, by separator: ByteView, _ context: EvaluationContext
  ) throws(EvaluationError) -> Value {
    try context.charge(texts.count)
    if texts.isEmpty { return Value(.string) }
    var (total, overflows) = (texts.count - 1).multipliedReportingOverflow(by: separator.count)
    for text in texts {
      guard text.kind == .string else { throw .noOverload }
      total &+= text.bytes.count
      if overflows || total > Int(UInt32.max) { throw EvaluationError(.limit, "a text is too long") }
    }
    var result = try TextAssembly(byteCount: total, context)
    for (index, text) in texts.enumerated() {
      if index > 0 { result.append(separator) }
      result.append(text.bytes)
    }
    return result.string
  }

  /// At most `limit` pieces, the last of which is all the rest; an empty separator parts the code points, of which the
  /// empty text has none (Go, `strings.SplitN`).
  private static func pieces(
    of text: Value, between separator: ByteView, limit: Int, _ context: EvaluationContext
  ) throws(EvaluationError) -> Value {
    let bytes = text.bytes
    try context.charge(bytes.count)
    if limit == 0 || (bytes.count == 0 && separator.count == 0) { return Value(.list) }
    var occurrences = TextOccurrences(of: separator, in: bytes)
    // An empty separator stands before the first code point too, where it parts nothing.
    if separator.count == 0 { _ = occurrences.next() }
    var pieces: [Value] = []
    var start = 0
    while pieces.count < limit - 1, let end = occurrences.next(), separator.count > 0 || end < bytes.count {
      pieces.append(text.slice(start..<end))
      start = end + separator.count
      try context.arena.require(pieces.count * MemoryLayout<Value>.stride)
    }
    pieces.append(text.slice(start..<bytes.count))
    return try context.list(pieces)
  }
}
