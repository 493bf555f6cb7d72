internal import Diagnostics
internal import DocumentTree
internal import Source

/// Values of the schema's types. Each answers 0 or `nil` for a value it cannot take, having said why.
///
/// Paths are closures, called only when there is something to say.
extension PolicyDecoder {
  /// A string that holds no NUL.
  mutating func string(_ value: Int, _ key: String, in path: @autoclosure () -> FieldPath) -> UInt32 {
    let node = nodes[resolved(value)]
    guard case .string = node.kind else {
      reportWrongType(value, subject: "`\(key)`", expected: .string, in: path())
      return 0
    }
    // A NUL that stands in the document unescaped is the reader's to report.
    if node.link != DocumentNode.verbatim, reportNUL(value, in: path()) { return 0 }
    return UInt32(truncatingIfNeeded: value)
  }

  /// A CEL expression: a string with more than blanks and comments.
  mutating func condition(_ value: Int, _ key: String, in path: @autoclosure () -> FieldPath) -> UInt32 {
    let accepted = string(value, key, in: path())
    guard accepted != 0 else { return 0 }
    if showsAtOnce(textRange(of: value)) { return accepted }
    let (bytes, range) = content(of: value)
    guard isBlankCondition(bytes, range) else { return accepted }
    let what = isBlank(bytes, range) ? (range.isEmpty ? "is empty" : "is blank") : "holds nothing but comments"
    report(InvalidLength("`\(excerpt(key))` must be an expression, and this \(what)"), at: value, in: path())
    return 0
  }

  /// Whether a text starts with something that is no blank and no comment, as almost every condition does.
  private func showsAtOnce(_ text: TextRange) -> Bool {
    guard !text.span.isEmpty else { return false }
    let first = text.isDecoded ? document.decodedBytes[text.span.start] : bytes[text.span.start]
    return first > 0x20 && first < 0x7F && first != 0x2F
  }

  /// One of the words of an enumeration, in any letter case.
  mutating func word<Word: DocumentWord>(
    _ value: Int, _ key: String, in path: @autoclosure () -> FieldPath
  ) -> Word? {
    let node = nodes[resolved(value)]
    guard case .string = node.kind else {
      reportWrongType(value, subject: "`\(key)`", expected: .word, in: path())
      return nil
    }
    let text = textRange(of: value)
    let word = Word.words.word(in: text.isDecoded ? document.decodedBytes : bytes, text.span.range)
    if let word {
      if !isCanonical(text) { adviseCanonical(word, value, in: path()) }
      return word
    }
    if node.link != DocumentNode.verbatim, reportNUL(value, in: path()) { return nil }
    let written = document.text(of: NodeID(value))
    let allowed = Word.allCases.map(\.rawValue)
    let closest = closestWord(to: written, among: Word.self)
    report(
      InvalidValue(
        field: key, value: excerpt(written), allowed: allowed, closest: closest,
        spelling: closest.flatMap { spelling($0, inPlaceOf: value) }),
      at: value, in: path())
    return nil
  }

  mutating func boolean(_ value: Int, _ key: String, in path: @autoclosure () -> FieldPath) -> Bool? {
    switch nodes[resolved(value)].kind {
    case .true: return true
    case .false: return false
    case .null, .integer, .float, .string, .array, .object, .alias, .invalid:
      reportWrongType(value, subject: "`\(key)`", expected: .boolean, in: path())
      return nil
    }
  }

  /// An array of strings.
  ///
  /// Elements of other types are reported, each by itself.
  mutating func strings(_ value: Int, _ key: String, in path: @autoclosure () -> FieldPath) -> UInt32 {
    let array = resolved(value)
    guard case .array = nodes[array].kind else {
      reportWrongType(value, subject: "`\(key)`", expected: .strings, in: path())
      return 0
    }
    let end = Int(nodes[array].link)
    var element = array + 1
    var index = 0
    while element < end {
      let node = nodes[resolved(element)]
      if case .string = node.kind {
        if node.link != DocumentNode.verbatim { _ = reportNUL(element, in: path().index(index)) }
      } else {
        reportWrongType(element, subject: "`\(key)[\(index)]`", expected: .string, in: path().index(index))
      }
      index += 1
      element = next(after: element)
    }
    return UInt32(truncatingIfNeeded: value)
  }

  /// The object that a value is or stands for.
  mutating func objectNode(_ value: Int, subject: String, in path: @autoclosure () -> FieldPath) -> Int? {
    let object = resolved(value)
    if case .object = nodes[object].kind { return object }
    reportWrongType(value, subject: subject, expected: .object, in: path())
    return nil
  }

  /// The array that a value is or stands for.
  mutating func arrayNode(
    _ value: Int, subject: String, expected: ExpectedType, in path: @autoclosure () -> FieldPath
  ) -> Int? {
    let array = resolved(value)
    if case .array = nodes[array].kind { return array }
    reportWrongType(value, subject: subject, expected: expected, in: path())
    return nil
  }

  /// Reports something at a node; what an alias stands for is shown beside it.
  mutating func report(_ message: some DiagnosticMessage, at node: Int, in path: FieldPath) {
    var related: [RelatedPlace] = []
    if nodes[node].kind == .alias {
      related = [RelatedPlace("what the alias stands for", at: nodes[resolved(node)].span)]
    }
    add(Diagnostic(message, at: nodes[node].span, in: path, related: related))
  }

  /// Reports each escaped NUL of a string at its escape.
  ///
  /// NUL ends a text for many programs, so what they enforce would not be what was reviewed. It is well-formed JSON, and
  /// therefore only an error in the fields that are read.
  private mutating func reportNUL(_ value: Int, in path: @autoclosure () -> FieldPath) -> Bool {
    guard unsafe document.withBytes(of: NodeID(value), { unsafe $0.contains(0) }) else { return false }
    let (bytes, range) = content(of: value)
    let map = document.sourceMap(of: NodeID(value))
    for index in range where bytes[index] == 0 {
      let offset = index - range.lowerBound
      let span = map.sourceSpan(SourceSpan(offset, offset + 1))
      add(Diagnostic(InvalidEncoding("a policy's text cannot hold NUL (U+0000)"), at: span, in: path()))
    }
    return true
  }

  /// The word that was probably meant; blanks around what was written do not count.
  private func closestWord<Word: DocumentWord>(to text: String, among words: Word.Type) -> String? {
    let bytes = Array(text.utf8)
    let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let start = bytes.firstIndex(where: { !isSpace($0) }), let end = bytes.lastIndex(where: { !isSpace($0) })
    else {
      return nil
    }
    if let same = Word.words.word(in: bytes, start..<end + 1) { return same.rawValue }
    return closestName(to: String(decoding: bytes[start...end], as: UTF8.self), among: Word.allCases.map(\.rawValue))
  }
}
