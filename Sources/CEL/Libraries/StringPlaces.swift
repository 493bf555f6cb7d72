// Where a text stands in a string, and what stands at a place of it.
extension StringLibrary {
  static let places: [LibraryFunction] = [
    LibraryFunction("method string.charAt(int) -> string") { arguments, context throws(EvaluationError) in
      try context.charge(arguments[0].bytes.count)
      let text = arguments[0].bytes
      guard let start = text.byteOffset(ofCodePoint: Int(arguments[1].int)) else { throw outOfRange(arguments[1]) }
      return arguments[0].slice(start..<(start < text.count ? text.codePointEnd(start) : start))
    },
    LibraryFunction("method string.indexOf(string) -> int") { arguments, context throws(EvaluationError) in
      try context.charge(arguments[0].bytes.count)
      let text = arguments[0].bytes
      return place(text.firstIndex(of: arguments[1].bytes), in: text)
    },
    LibraryFunction("method string.indexOf(string, int) -> int") { arguments, context throws(EvaluationError) in
      try context.charge(arguments[0].bytes.count)
      let text = arguments[0].bytes
      // cel-cpp and cel-spec's page on it: beyond the end is an error. cel-go has come to find nothing there.
      guard let start = text.byteOffset(ofCodePoint: Int(arguments[2].int)) else { throw outOfRange(arguments[2]) }
      return place(text.firstIndex(of: arguments[1].bytes, from: start), in: text)
    },
    LibraryFunction("method string.lastIndexOf(string) -> int") { arguments, context throws(EvaluationError) in
      try context.charge(arguments[0].bytes.count)
      return lastIndex(of: arguments[1].bytes, in: arguments[0].bytes)
    },
    LibraryFunction("method string.lastIndexOf(string, int) -> int") { arguments, context throws(EvaluationError) in
      try context.charge(arguments[0].bytes.count)
      let (text, part) = (arguments[0].bytes, arguments[1].bytes)
      guard let start = text.byteOffset(ofCodePoint: Int(arguments[2].int)) else { throw outOfRange(arguments[2]) }
      // It may start at the place, but no later.
      let end = start + min(part.count, text.count - start)
      return lastIndex(of: part, in: text.slice(0..<end))
    },
    LibraryFunction("method string.substring(int) -> string") { arguments, context throws(EvaluationError) in
      try context.charge(arguments[0].bytes.count)
      let text = arguments[0].bytes
      guard let start = text.byteOffset(ofCodePoint: Int(arguments[1].int)) else { throw outOfRange(arguments[1]) }
      return arguments[0].slice(start..<text.count)
    },
    LibraryFunction("method string.substring(int, int) -> string") { arguments, context throws(EvaluationError) in
      try context.charge(arguments[0].bytes.count)
      let (first, last) = (arguments[1].int, arguments[2].int)
      guard first <= last else {
        throw .invalidArgument("a substring from \(first) to \(last) ends before it starts")
      }
      let text = arguments[0].bytes
      guard let start = text.byteOffset(ofCodePoint: Int(first)) else { throw outOfRange(arguments[1]) }
      let rest = text.slice(start..<text.count)
      guard let length = rest.byteOffset(ofCodePoint: Int(last &- first)) else { throw outOfRange(arguments[2]) }
      return arguments[0].slice(start..<(start + length))
    },
  ]

  private static func outOfRange(_ index: Value) -> EvaluationError {
    EvaluationError(.indexOutOfBounds, "index out of range: \(index.int)")
  }

  /// A place by code points; -1 for none.
  private static func place(_ byte: Int?, in text: ByteView) -> Value {
    .int(byte.map { Int64(text.slice(0..<$0).codePointCount) } ?? -1)
  }

  private static func lastIndex(of part: ByteView, in text: ByteView) -> Value {
    if part.count == 0 { return .int(Int64(text.codePointCount)) }
    var last: Int?
    var occurrences = TextOccurrences(of: part, in: text, overlap: true)
    while let next = occurrences.next() { last = next }
    return place(last, in: text)
  }
}
