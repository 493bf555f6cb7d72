package import Diagnostics
package import Source

/// Reads a YAML 1.2.2 stream.
///
/// - Parameter text: UTF-8, with or without a byte order mark.
/// - Returns: The tree, with a root for each document of the stream, and what was wrong in source order.
package func readYAML(_ text: SourceText) -> (document: Document, diagnostics: [Diagnostic]) {
  guard text.bytes.count <= DocumentLimits.byteCount else {
    let message = LimitExceeded("a document has at most \(DocumentLimits.byteCount >> 20) MiB")
    return (Document(source: text, format: .yaml), [Diagnostic(message, at: SourceSpan(at: 0))])
  }
  var reader = YAMLReader(text)
  guard reader.checkEncoding() else { return (reader.document, reader.diagnostics) }
  reader.readStream()
  reader.invalidateDamagedScalars()
  reader.reportUnquotedControls()
  reader.diagnostics.sort(by: Diagnostic.precedes)
  return (reader.document, reader.diagnostics)
}

/// Reads a YAML stream into a document tree, in one pass over its bytes.
///
/// Block structure, flow collections and scalars each have a file of extensions. All of them move `position` forward and
/// append nodes in document order; a block mapping is known only at the `:` behind its first key, and its node is then
/// inserted before that key, which is the last node by then.
struct YAMLReader {
  let bytes: [UInt8]
  let count: Int
  var document: Document
  var diagnostics: [Diagnostic] = []
  /// So many faults were reported that reading ended.
  var isStopped = false

  /// The next byte to read.
  var position = 0
  /// The first byte of the line that `position` is in.
  var lineStart = 0
  /// Whether nothing but blanks stands before `position` on its line.
  var isFirstOnLine = true
  /// Whether a tab stands between the last token, or the line's start, and `position`.
  var sawTab = false
  /// Behind the last byte that belongs to the tree: a scalar, a bracket, an indicator.
  var contentEnd = 0
  /// The node that was completed last.
  var lastCompleted = 0

  var frames: [YAMLFrame] = []
  var anchors: [YAMLAnchor] = []
  var anchorsByName: [[UInt8]: Int] = [:]
  /// How many nodes the aliases have brought so far.
  var aliasNodes = 0
  var merges: [YAMLMerge] = []
  var tagHandles: [[UInt8]: [UInt8]] = [:]
  var hasReportedNesting = false
  var hasReportedAliases = false
  /// How many frames there are outside the present flow collection.
  var flowBase = 0
  /// Whether the present flow collection cannot be read to its end; what is wrong was reported.
  var isFlowDamaged = false
  /// The closing bracket of a flow collection that was reported as not closed, because it may still come; 0 for none.
  var unmatchedCloser: UInt8 = 0
  /// Whether the present flow collection's wrong indentation was reported.
  var hasReportedFlowIndentation = false
  /// Scratch space of block scalars: the line ends behind the last content.
  var pendingBreaks: [SourceSpan] = []
  var decodedStart = 0
  var segmentsStart = 0
  /// Where bytes are no UTF-8, in order.
  var damagedBytes: [SourceSpan] = []
  /// Characters allowed in quoted scalars only (YAML 1.2.2, section 5.1), in order.
  var quotedOnly: [SourceSpan] = []
  var quotedOnlySeen = 0
  /// Those of them that stand elsewhere.
  var unquotedControls: [SourceSpan] = []

  init(_ text: SourceText) {
    bytes = text.bytes
    count = text.bytes.count
    document = Document(source: text, format: .yaml)
    document.nodes.reserveCapacity(min(text.bytes.count / 16, 1 << 20))
  }
}

// MARK: - Bytes

extension YAMLReader {
  /// The byte at an offset, 0 behind the end.
  @inline(__always)
  func byte(_ index: Int) -> UInt8 { index < count ? bytes[index] : 0 }

  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  @inline(__always)
  static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  @inline(__always)
  static func isFlowIndicator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
    default: false
    }
  }

  /// Whether a line or the text ends at an offset.
  @inline(__always)
  func isLineEnd(_ index: Int) -> Bool { index >= count || Self.isBreak(bytes[index]) }

  /// Whether an offset has a blank or the line's end.
  @inline(__always)
  func isSpaceOrEnd(_ index: Int) -> Bool { index >= count || Self.isBreak(bytes[index]) || Self.isBlank(bytes[index]) }

  /// Whether an indicator that needs a blank behind it stands at an offset: `-`, `?`, `:` in block collections.
  @inline(__always)
  func isBlockIndicator(_ indicator: UInt8, at index: Int) -> Bool {
    index < count && bytes[index] == indicator && isSpaceOrEnd(index + 1)
  }

  /// The offset behind the line end at an offset: LF, CRLF or CR.
  @inline(__always)
  func behindBreak(_ index: Int) -> Int {
    bytes[index] == 0x0D && index + 1 < count && bytes[index + 1] == 0x0A ? index + 2 : index + 1
  }

  /// The end of the line that an offset is in, without its line end.
  func lineEnd(from index: Int) -> Int {
    var index = index
    while index < count, !Self.isBreak(bytes[index]) { index += 1 }
    return index
  }

  func skippingBlanks(_ index: Int) -> Int {
    var index = index
    while index < count, Self.isBlank(bytes[index]) { index += 1 }
    return index
  }

  func skippingSpaces(_ index: Int) -> Int {
    var index = index
    while index < count, bytes[index] == 0x20 { index += 1 }
    return index
  }

  /// The end of the text between two offsets without the blanks at its end.
  func trimmedEnd(_ start: Int, _ end: Int) -> Int {
    var end = end
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    return end
  }

  /// Whether `---` or `...` stands at a line's start (YAML 1.2.2, section 9.1.2).
  func isDocumentMarker(_ index: Int) -> Bool {
    let first = byte(index)
    guard first == UInt8(ascii: "-") || first == UInt8(ascii: "."), index + 2 < count else { return false }
    return bytes[index + 1] == first && bytes[index + 2] == first && isSpaceOrEnd(index + 3)
  }
}

// MARK: - Between tokens

extension YAMLReader {
  /// Skips blanks, comments and line ends.
  ///
  /// - Returns: Whether a token of this document follows.
  mutating func skipToToken() -> Bool {
    sawTab = false
    while position < count {
      switch bytes[position] {
      case 0x20: position += 1
      case 0x09:
        sawTab = true
        position += 1
      case 0x0A, 0x0D: skipBreak()
      case UInt8(ascii: "#") where position == lineStart || Self.isBlank(bytes[position - 1]): skipComment()
      default: return !(position == lineStart && isDocumentMarker(position))
      }
    }
    return false
  }

  /// Skips a comment; the one place that sees comments between tokens.
  mutating func skipComment() {
    let end = lineEnd(from: position)
    keepDirective(position, end)
    position = end
  }

  /// Keeps a comment that speaks to us.
  mutating func keepDirective(_ start: Int, _ end: Int) {
    let text = skippingBlanks(start + 1)
    guard byte(text) == YAMLReader.directiveMark.first, end - text >= YAMLReader.directiveMark.count,
      bytes[text..<(text + YAMLReader.directiveMark.count)].elementsEqual(YAMLReader.directiveMark),
      document.directives.last.map({ $0.start < start }) ?? true
    else { return }
    document.directives.append(SourceSpan(start, trimmedEnd(start, end)))
  }

  private static let directiveMark = Array("policycortex:".utf8)

  /// Moves behind the line end at `position`.
  @inline(__always)
  mutating func skipBreak() {
    position = behindBreak(position)
    lineStart = position
    isFirstOnLine = true
    sawTab = false
  }

  /// The number of spaces that the present line starts with.
  func indentation() -> Int { skippingSpaces(lineStart) - lineStart }

  /// Skips the rest of the line, and the lines that are indented more than a column.
  mutating func skipBlock(deeperThan indent: Int) {
    position = lineEnd(from: position)
    while position < count {
      skipBreak()
      let start = skippingSpaces(position)
      if isLineEnd(start) || (start < count && bytes[start] == 0x09 && isLineEnd(skippingBlanks(start))) {
        position = lineEnd(from: start)
        continue
      }
      if start - lineStart <= indent || (start == lineStart && isDocumentMarker(start)) { return }
      position = lineEnd(from: start)
    }
  }
}

// MARK: - Nodes

extension YAMLReader {
  @discardableResult
  mutating func append(_ node: DocumentNode) -> Int {
    document.nodes.append(node)
    return document.nodes.count - 1
  }

  /// Appends a value that is not there (YAML 1.2.2, section 7.2).
  mutating func appendEmpty(at place: Int, isInFlow: Bool) -> Int {
    append(DocumentNode(span: SourceSpan(at: place), kind: .null, style: .plain, isInFlow: isInFlow))
  }

  /// Takes the node at an index and all behind it out of the tree.
  mutating func removeNodes(from index: Int) {
    loseAnchors(from: index)
    while let last = document.duplicateKeys.last, last.key.index >= index { document.duplicateKeys.removeLast() }
    // Merges lie in the order of their objects; another object may come to stand where one is taken away.
    while let last = merges.last, last.object >= index { merges.removeLast() }
    if lastCompleted >= index { lastCompleted = Int.max }
    document.nodes.removeSubrange(index...)
  }

  /// Appends a value that could not be read.
  @discardableResult
  mutating func appendInvalid(_ span: SourceSpan, isInFlow: Bool = false) -> Int {
    append(DocumentNode(span: span, kind: .invalid, style: .plain, isInFlow: isInFlow))
  }

  /// Puts a value that could not be read in the place of the node at an index and of all behind it.
  @discardableResult
  mutating func invalidate(_ index: Int, _ span: SourceSpan) -> Int {
    removeNodes(from: index)
    return appendInvalid(span)
  }
}

// MARK: - Reporting

extension YAMLReader {
  mutating func report(_ text: String, _ start: Int, _ end: Int, help: String? = nil, fixIt: FixIt? = nil) {
    add(Diagnostic(InvalidYAML(text, help: help, fixIt: fixIt), at: SourceSpan(start, end)))
  }

  /// Records what is wrong, up to a limit at which reading ends.
  mutating func add(_ diagnostic: Diagnostic) {
    guard !isStopped else { return }
    diagnostics.append(diagnostic)
    guard diagnostics.count >= DocumentLimits.faults else { return }
    isStopped = true
    let limit = LimitExceeded("the text has \(DocumentLimits.faults) faults up to here, and the rest is not read")
    diagnostics.append(Diagnostic(limit, at: SourceSpan(at: diagnostic.span.end)))
  }

  mutating func report(_ text: String, _ span: SourceSpan, help: String? = nil, fixIt: FixIt? = nil) {
    report(text, span.start, span.end, help: help, fixIt: fixIt)
  }

  func text(_ start: Int, _ end: Int) -> String { document.source.string(SourceSpan(start, end)) }

  /// The user's text for a message; long texts are cut at a character's start.
  func excerpt(_ start: Int, _ end: Int) -> String {
    guard end - start > 60 else { return text(start, end) }
    var cut = start + 57
    while cut > start, bytes[cut] & 0xC0 == 0x80 { cut -= 1 }
    return text(start, cut) + "…"
  }

  /// A fix-it that puts a piece of one line between single quotes, in which nothing but the quote is special.
  func quoting(_ start: Int, _ end: Int, _ applicability: Applicability) -> FixIt {
    var quoted = "'"
    for character in text(start, end).unicodeScalars {
      if character == "'" { quoted += "''" } else { quoted.unicodeScalars.append(character) }
    }
    return FixIt(
      "quote the value", edits: [SourceEdit(span: SourceSpan(start, end), text: quoted + "'")],
      applicability: applicability)
  }

  /// The end of a value that was meant to reach to the line's end, or to a comment.
  func textEnd(from start: Int) -> Int {
    var index = start
    while !isLineEnd(index) {
      if bytes[index] == UInt8(ascii: "#"), index > start, Self.isBlank(bytes[index - 1]) { break }
      index += 1
    }
    return trimmedEnd(start, index)
  }

  /// The end of the character at an offset.
  func characterEnd(_ index: Int) -> Int {
    guard index < count else { return index }
    var end = index + 1
    while end < count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }
}
