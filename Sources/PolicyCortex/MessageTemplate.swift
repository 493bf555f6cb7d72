import Source

/// The `{{ expression }}` parts of a rule's message.
///
/// `}}` outside CEL's brackets and strings ends an expression; `{{{{` is a literal `{{` (DESIGN §5).
struct MessageTemplate {
  /// The expressions between `{{` and `}}`, in bytes of the decoded message.
  private(set) var expressions: [SourceSpan] = []
  /// The `{{` that no `}}` ends; it is the last one.
  private(set) var unclosed: SourceSpan?

  /// Finds the expressions of a message, in time linear in its length.
  init(_ message: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index + 1 < message.count {
      guard unsafe message[index] == UInt8(ascii: "{"), unsafe message[index + 1] == UInt8(ascii: "{") else {
        index += 1
        continue
      }
      let isLiteral =
        unsafe index + 3 < message.count && message[index + 2] == UInt8(ascii: "{")
        && message[index + 3] == UInt8(ascii: "{")
      if isLiteral {
        index += 4
        continue
      }
      guard let end = unsafe MessageTemplate.end(of: message, from: index + 2) else {
        unclosed = SourceSpan(index, index + 2)
        return
      }
      expressions.append(SourceSpan(index + 2, end))
      index = end + 2
    }
  }

  /// Where the `}}` stands that ends the expression starting at an offset.
  ///
  /// Where brackets do not match, the first `}}` outside strings is taken, and failing that the first of all: the
  /// expression is broken then, and its text should end where its author saw it end.
  private static func end(of message: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var depth = 0
    var firstOutsideStrings: Int?
    var firstOfAll: Int?
    var index = start
    var string: (quote: UInt8, isTriple: Bool, isRaw: Bool)?
    while index < message.count {
      let byte = unsafe message[index]
      let isClosing = unsafe byte == UInt8(ascii: "}") && index + 1 < message.count && message[index + 1] == byte
      if isClosing, firstOfAll == nil { firstOfAll = index }
      if let open = string {
        if byte == UInt8(ascii: "\\"), !open.isRaw {
          index += 2
          continue
        }
        let isEnd = unsafe byte == open.quote && (!open.isTriple || isTriple(message, at: index))
        if isEnd { string = nil }
        index += isEnd && open.isTriple ? 3 : 1
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let triple = unsafe isTriple(message, at: index)
        string = unsafe (byte, triple, isRaw(message, before: index, from: start))
        if triple { index += 2 }
      // A map cannot be a map's key, so behind a `}}` that brackets kept open this is the next template: look no further,
      // which also keeps a message of a thousand broken templates linear.
      case UInt8(ascii: "{")
      where unsafe firstOutsideStrings != nil && index + 1 < message.count && message[index + 1] == byte:
        return firstOutsideStrings
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}") where isClosing && depth == 0: return index
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if isClosing, firstOutsideStrings == nil { firstOutsideStrings = index }
        depth = max(0, depth - 1)
      default: break
      }
      index += 1
    }
    return firstOutsideStrings ?? firstOfAll
  }

  private static func isTriple(_ message: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    unsafe index + 2 < message.count && message[index + 1] == message[index] && message[index + 2] == message[index]
  }

  /// Whether the one or two letters before a quote make it a raw string: `r"…"`, `rb'…'`.
  private static func isRaw(_ message: UnsafeBufferPointer<UInt8>, before quote: Int, from start: Int) -> Bool {
    var index = quote - 1
    while index >= start, index >= quote - 2 {
      switch unsafe message[index] | 0x20 {
      case UInt8(ascii: "r"): return true
      case UInt8(ascii: "b"): index -= 1
      default: return false
      }
    }
    return false
  }
}
