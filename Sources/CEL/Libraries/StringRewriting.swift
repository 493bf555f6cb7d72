// Strings made of other strings, code point by code point.
extension StringLibrary {
  static let rewritings: [LibraryFunction] = [
    LibraryFunction("method string.lowerAscii() -> string") { arguments, context throws(EvaluationError) in
      try mapped(arguments[0], context) { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
    },
    LibraryFunction("method string.upperAscii() -> string") { arguments, context throws(EvaluationError) in
      try mapped(arguments[0], context) { 0x61...0x7A ~= $0 ? $0 & 0xDF : $0 }
    },
    LibraryFunction("method string.replace(string, string) -> string") { arguments, context throws(EvaluationError) in
      try replaced(arguments, limit: .max, context)
    },
    LibraryFunction("method string.replace(string, string, int) -> string") {
      arguments, context throws(EvaluationError) in
      try replaced(arguments, limit: arguments[3].int < 0 ? .max : Int(arguments[3].int), context)
    },
    LibraryFunction("method string.reverse() -> string") { arguments, context throws(EvaluationError) in
      try reversed(arguments[0], context)
    },
    LibraryFunction("method string.trim() -> string") { arguments, context throws(EvaluationError) in
      try context.charge(arguments[0].bytes.count)
      return trimmed(arguments[0])
    },
    LibraryFunction("function strings.quote(string) -> string") { arguments, context throws(EvaluationError) in
      try quoted(arguments[0].bytes, context)
    },
  ]

  private static func mapped(
    _ text: Value, _ context: EvaluationContext, _ map: (UInt8) -> UInt8
  ) throws(EvaluationError) -> Value {
    try context.charge(text.bytes.count)
    guard text.bytes.contains(where: { map($0) != $0 }) else { return text }
    var result = try TextAssembly(byteCount: text.bytes.count, context)
    for byte in text.bytes { result.append(map(byte)) }
    return result.string
  }

  /// The text with some of the occurrences of a part replaced, from the left.
  ///
  /// An empty part stands before each code point and at the end (Go, `strings.Replace`).
  private static func replaced(
    _ arguments: Arguments, limit: Int, _ context: EvaluationContext
  ) throws(EvaluationError) -> Value {
    let (text, part, replacement) = (arguments[0].bytes, arguments[1].bytes, arguments[2].bytes)
    try context.charge(text.count)
    var counted = TextOccurrences(of: part, in: text)
    var count = 0
    while count < limit, counted.next() != nil { count += 1 }
    if count == 0 { return arguments[0] }
    let (growth, overflows) = (replacement.count - part.count).multipliedReportingOverflow(by: count)
    if overflows || growth > Int(UInt32.max) { throw EvaluationError(.limit, "a text is too long") }
    var result = try TextAssembly(byteCount: text.count + growth, context)
    var occurrences = TextOccurrences(of: part, in: text)
    var end = 0
    for _ in 0..<count {
      guard let start = occurrences.next() else { break }
      result.append(text.slice(end..<start))
      result.append(replacement)
      end = start + part.count
    }
    result.append(text.slice(end..<text.count))
    return result.string
  }

  private static func reversed(_ text: Value, _ context: EvaluationContext) throws(EvaluationError) -> Value {
    let bytes = text.bytes
    if bytes.count < 2 { return text }
    var result = try TextAssembly(byteCount: bytes.count, context)
    var end = bytes.count
    while end > 0 {
      let start = bytes.codePointStart(end)
      result.append(bytes.slice(start..<end))
      end = start
    }
    return result.string
  }

  private static func trimmed(_ text: Value) -> Value {
    let bytes = text.bytes
    var start = 0
    while start < bytes.count {
      let end = bytes.codePointEnd(start)
      guard isSpace(bytes.slice(start..<end).codePoint) else { break }
      start = end
    }
    var end = bytes.count
    while end > start {
      let last = bytes.codePointStart(end)
      guard isSpace(bytes.slice(last..<end).codePoint) else { break }
      end = last
    }
    return text.slice(start..<end)
  }

  /// Unicode's `White_Space`, which is what Go's `strings.TrimSpace` takes away.
  private static func isSpace(_ codePoint: UInt32) -> Bool {
    switch codePoint {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// The text in double quotes, with what CEL has a one-letter escape for written so, and all else as it is.
  private static func quoted(_ text: ByteView, _ context: EvaluationContext) throws(EvaluationError) -> Value {
    try context.charge(text.count)
    let escapeCount = text.reduce(0) { $0 + (escapeLetter($1) == nil ? 0 : 1) }
    var result = try TextAssembly(byteCount: text.count + escapeCount + 2, context)
    result.append(UInt8(ascii: "\""))
    for byte in text {
      if let letter = escapeLetter(byte) {
        result.append(UInt8(ascii: "\\"))
        result.append(letter)
      } else {
        result.append(byte)
      }
    }
    result.append(UInt8(ascii: "\""))
    return result.string
  }

  private static func escapeLetter(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x07: UInt8(ascii: "a")
    case 0x08: UInt8(ascii: "b")
    case 0x09: UInt8(ascii: "t")
    case 0x0A: UInt8(ascii: "n")
    case 0x0B: UInt8(ascii: "v")
    case 0x0C: UInt8(ascii: "f")
    case 0x0D: UInt8(ascii: "r")
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
    default: nil
    }
  }
}
