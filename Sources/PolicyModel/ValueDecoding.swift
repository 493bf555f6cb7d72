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
    guard node.kind == .string else {
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
    let (bytes, range) = content(of: value)
    guard isBlankCondition(bytes, range) else { return accepted }
    let what = isBlank(bytes, range) ? (range.isEmpty ? "is empty" : "is blank") : "holds nothing but comments"
    report(InvalidLength("`\(excerpt(key))` must be an expression, and this \(what)"), at: value, in: path())
    return 0
  }

  /// One of the words of an enumeration, in any letter case.
  mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ value: Int, _ key: String, in path: @autoclosure () -> FieldPath
  ) -> Word? {
    let node = nodes[resolved(value)]
    guard node.kind == .string else {
      reportWrongType(value, subject: "`\(key)`", expected: .word, in: path())
      return nil
    }
    let (bytes, range) = content(of: value)
    if let word = Word.allCases.first(where: { isEqual(bytes, range, ignoringCaseOf: $0.rawValue) }) { return word }
    if node.link != DocumentNode.verbatim, reportNUL(value, in: path()) { return nil }
    let text = document.text(of: NodeID(value))
    let allowed = Word.allCases.map(\.rawValue)
    let closest = closestWord(to: text, among: allowed)
    report(
      InvalidValue(
        field: key, value: excerpt(text), allowed: allowed, closest: closest,
        spelling: closest.flatMap { spelling($0, inPlaceOf: value) }),
      at: value, in: path())
    return nil
  }

  mutating func boolean(_ value: Int, _ key: String, in path: @autoclosure () -> FieldPath) -> Bool? {
    let kind = nodes[resolved(value)].kind
    if kind == .true { return true }
    if kind == .false { return false }
    reportWrongType(value, subject: "`\(key)`", expected: .boolean, in: path())
    return nil
  }

  /// An array of strings. Elements of other types are reported, each by itself.
  mutating func strings(_ value: Int, _ key: String, in path: @autoclosure () -> FieldPath) -> UInt32 {
    let array = resolved(value)
    guard nodes[array].kind == .array else {
      reportWrongType(value, subject: "`\(key)`", expected: .strings, in: path())
      return 0
    }
    let end = Int(nodes[array].link)
    var element = array + 1
    var index = 0
    while element < end {
      let node = nodes[resolved(element)]
      if node.kind != .string {
        reportWrongType(element, subject: "`\(key)[\(index)]`", expected: .string, in: path().index(index))
      } else if node.link != DocumentNode.verbatim {
        _ = reportNUL(element, in: path().index(index))
      }
      index += 1
      element = next(after: element)
    }
    return UInt32(truncatingIfNeeded: value)
  }

  /// The object that a value is or stands for.
  mutating func objectNode(_ value: Int, subject: String, in path: @autoclosure () -> FieldPath) -> Int? {
    let object = resolved(value)
    if nodes[object].kind == .object { return object }
    reportWrongType(value, subject: subject, expected: .object, in: path())
    return nil
  }

  /// The array that a value is or stands for.
  mutating func arrayNode(
    _ value: Int, subject: String, expected: ExpectedType, in path: @autoclosure () -> FieldPath
  ) -> Int? {
    let array = resolved(value)
    if nodes[array].kind == .array { return array }
    reportWrongType(value, subject: subject, expected: expected, in: path())
    return nil
  }

  /// Reports something at a node; what an alias stands for is shown beside it.
  mutating func report(_ message: some DiagnosticMessage, at node: Int, in path: FieldPath) {
    var related: [RelatedPlace] = []
    if nodes[node].kind == .alias {
      related = [RelatedPlace("what the alias stands for", at: nodes[resolved(node)].span)]
    }
    diagnostics.append(Diagnostic(message, at: nodes[node].span, in: path, related: related))
  }

  /// Reports each escaped NUL of a string at its escape.
  ///
  /// NUL ends a text for many programs, so what they enforce would not be what was reviewed. It is well-formed JSON, and
  /// therefore only an error in the fields that are read.
  private mutating func reportNUL(_ value: Int, in path: @autoclosure () -> FieldPath) -> Bool {
    let (bytes, range) = content(of: value)
    guard bytes[range].contains(0) else { return false }
    let map = document.sourceMap(of: NodeID(resolved(value)))
    for index in range where bytes[index] == 0 {
      let offset = index - range.lowerBound
      let span = map.sourceSpan(SourceSpan(offset, offset + 1))
      diagnostics.append(Diagnostic(InvalidEncoding("a policy's text cannot hold NUL (U+0000)"), at: span, in: path()))
    }
    return true
  }

  private func isEqual(_ bytes: [UInt8], _ range: Range<Int>, ignoringCaseOf word: String) -> Bool {
    var index = range.lowerBound
    for letter in word.utf8 {
      guard index < range.upperBound else { return false }
      let byte = bytes[index]
      guard (byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) == letter else { return false }
      index += 1
    }
    return index == range.upperBound
  }

  /// The word that was probably meant; blanks around what was written do not count.
  private func closestWord(to text: String, among allowed: [String]) -> String? {
    let bytes = Array(text.utf8)
    let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let start = bytes.firstIndex(where: { !isSpace($0) }), let end = bytes.lastIndex(where: { !isSpace($0) })
    else {
      return nil
    }
    if let same = allowed.first(where: { isEqual(bytes, start..<end + 1, ignoringCaseOf: $0) }) { return same }
    return closestName(to: String(decoding: bytes[start...end], as: UTF8.self), among: allowed)
  }
}
