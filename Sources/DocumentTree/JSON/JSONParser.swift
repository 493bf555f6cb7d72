import Diagnostics
import Source

/// The reader's state: an offset into the bytes, what may stand there, and the containers that are open.
///
/// The methods of this file read what is right. Whatever else stands there goes to a `recover…` method, which reports it,
/// and leaves offset and expectation as if its author had written what was meant.
struct JSONParser {
  /// What may stand at the offset.
  enum Expectation {
    /// The document's value.
    case document
    /// An array's element, or `]` where no comma is pending.
    case element
    /// A member's key, or `}` where no comma is pending.
    case key
    case colon
    case memberValue
    /// A comma or the container's end; the document's end when no container is open.
    case separator
    case end
  }

  /// An array or object that has not ended yet.
  struct Container {
    var node: Int
    var isObject: Bool
    /// How many fingerprints of keys belong to the containers around it.
    var firstKey: Int
    /// The array holds `key: value` pairs, which was reported already.
    var hasColons = false
  }

  let bytes: JSONBytes
  var document: Document
  var diagnostics: [Diagnostic] = []
  var offset = 0
  var expectation = Expectation.document
  var containers: [Container] = []
  /// The keys of the open objects, outermost first.
  var keys: [JSONKey] = []
  /// The comma behind which an element or key must follow; -1 when the last token was none.
  var pendingComma = -1
  /// Behind the last token that was read.
  var lastEnd = 0
  /// A closing quotation mark further on, as far as one was looked for: keeps the looking linear.
  var knownQuote = -1
  /// Where the looking began.
  var quoteSearchStart = 0
  /// The places that are not UTF-8; `nil` until a byte that is not ASCII is met.
  var invalidSequences: [SourceSpan]?
  /// The text of an unclosed comment or of too deep a value reached the end: what is open there is no fault of its own.
  var isEndSwallowed = false
  /// So many faults were reported that reading ended.
  var hasGivenUp = false

  init(bytes: JSONBytes, document: Document) {
    self.bytes = bytes
    self.document = document
    // Address space, not memory: pages that no node comes to lie on are never touched.
    self.document.nodes.reserveCapacity(max(8, bytes.count / 16))
    containers.reserveCapacity(16)
  }

  /// Reads the whole document.
  mutating func parse() {
    if bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { offset = 3 }
    while expectation != .end, !hasGivenUp {
      offset = bytes.endOfBlanks(from: offset)
      let byte = bytes[offset]
      switch expectation {
      case .document, .element, .memberValue: readValue(byte)
      case .key:
        if byte == 0x22 { readKey() } else { recoverKey(byte) }
      case .colon:
        if byte == 0x3A {
          offset += 1
          expectation = .memberValue
        } else {
          recoverColon(byte)
        }
      case .separator: readSeparator(byte)
      case .end: break
      }
    }
    while !containers.isEmpty { close(at: bytes.count) }
    reportInvalidSequences()
    diagnostics.sort(by: Diagnostic.precedes)
    document.duplicateKeys.sort { $0.key.index < $1.key.index }
  }

  // MARK: Values

  @inline(__always)
  private mutating func readValue(_ byte: UInt8) {
    switch byte {
    case 0x22: readString()
    case 0x7B: open(isObject: true)
    case 0x5B: open(isObject: false)
    case 0x2D, 0x30...0x39: readNumber()
    case 0x74 where isWord("true"): appendLiteral(.true, count: 4)
    case 0x66 where isWord("false"): appendLiteral(.false, count: 5)
    case 0x6E where isWord("null"): appendLiteral(.null, count: 4)
    default: recoverValue(byte)
    }
  }

  /// Whether a word, and no longer one, stands at the offset.
  func isWord(_ word: StaticString) -> Bool {
    var end = offset
    for index in 0..<word.utf8CodeUnitCount {
      guard unsafe word.utf8Start[index] == bytes[end] else { return false }
      end += 1
    }
    return !JSONParser.isWordByte(bytes[end])
  }

  private mutating func appendLiteral(_ kind: NodeKind, count: Int) {
    appendValue(kind, start: offset, end: offset + count)
  }

  /// Appends a scalar and expects what follows a value.
  @inline(__always)
  mutating func appendValue(_ kind: NodeKind, start: Int, end: Int, link: UInt32 = DocumentNode.verbatim) {
    beginValue()
    document.nodes.append(DocumentNode(span: SourceSpan(start, end), link: link, kind: kind, style: .json))
    endValue(at: end)
  }

  /// Notes the document's root.
  @inline(__always)
  mutating func beginValue() {
    if containers.isEmpty { document.roots.append(NodeID(document.nodes.count)) }
  }

  @inline(__always)
  mutating func endValue(at end: Int) {
    offset = end
    lastEnd = end
    pendingComma = -1
    expectation = .separator
  }

  // MARK: Containers

  private mutating func open(isObject: Bool) {
    guard containers.count < DocumentLimits.nesting else { return skipTooDeep() }
    beginValue()
    containers.append(Container(node: document.nodes.count, isObject: isObject, firstKey: keys.count))
    document.nodes.append(
      DocumentNode(span: SourceSpan(offset, offset + 1), kind: isObject ? .object : .array, style: .json))
    offset += 1
    lastEnd = offset
    pendingComma = -1
    expectation = isObject ? .key : .element
  }

  /// Closes the innermost container.
  ///
  /// - Parameter end: Behind its bracket, or where that should have been.
  mutating func close(at end: Int) {
    guard let container = containers.popLast() else { return }
    document.nodes[container.node].link = UInt32(truncatingIfNeeded: document.nodes.count)
    document.nodes[container.node].span = SourceSpan(document.nodes[container.node].span.start, end)
    if container.isObject { findDuplicateKeys(from: container.firstKey) }
    lastEnd = end
    pendingComma = -1
    expectation = .separator
  }

  @inline(__always)
  private mutating func readSeparator(_ byte: UInt8) {
    guard let container = containers.last else { return recoverTrailer(byte) }
    switch byte {
    case 0x2C:
      pendingComma = offset
      offset += 1
      lastEnd = offset
      expectation = container.isObject ? .key : .element
    case 0x7D where container.isObject, 0x5D where !container.isObject:
      offset += 1
      close(at: offset)
    default: recoverSeparator(byte)
    }
  }

  // MARK: Strings and numbers

  @inline(__always)
  private mutating func readString() {
    let start = offset
    var high: UInt64 = 0
    let stop = bytes.endOfPlainText(from: start + 1, high: &high)
    if bytes[stop] == 0x22, !isDamaged(high, start: start, end: stop) {
      appendValue(.string, start: start, end: stop + 1)
    } else {
      let string = readEscapedString(from: stop, high: high) ?? readSpeltString()
      appendValue(.string, start: start, end: string.end, link: string.link)
    }
  }

  @inline(__always)
  private mutating func readKey() {
    let start = offset
    var high: UInt64 = 0
    let stop = bytes.endOfPlainText(from: start + 1, high: &high)
    if bytes[stop] == 0x22, !isDamaged(high, start: start, end: stop) {
      appendKey(start: start, end: stop + 1)
      keys.append(
        JSONKey(fingerprint: bytes.fingerprint(start + 1..<stop), node: NodeID(document.nodes.count - 1)))
    } else {
      let string = readEscapedString(from: stop, high: high) ?? readSpeltString()
      appendKey(start: start, end: string.end, link: string.link)
      if !string.isDamaged { noteKey() }
    }
  }

  /// Appends a key and expects its colon.
  @inline(__always)
  mutating func appendKey(start: Int, end: Int, link: UInt32 = DocumentNode.verbatim) {
    document.nodes.append(DocumentNode(span: SourceSpan(start, end), link: link, kind: .string, style: .json))
    offset = end
    lastEnd = end
    pendingComma = -1
    expectation = .colon
  }

  @inline(__always)
  private mutating func readNumber() {
    let start = offset
    var end = start
    var kind = NodeKind.integer
    if bytes[end] == 0x2D { end += 1 }
    let first = bytes[end]
    guard first &- 0x30 < 10 else { return recoverNumber() }
    end += 1
    if first == 0x30 {
      guard bytes[end] &- 0x30 > 9 else { return recoverNumber() }
    } else {
      while bytes[end] &- 0x30 < 10 { end += 1 }
    }
    if bytes[end] == 0x2E {
      kind = .float
      end += 1
      guard bytes[end] &- 0x30 < 10 else { return recoverNumber() }
      while bytes[end] &- 0x30 < 10 { end += 1 }
    }
    if bytes[end] | 0x20 == 0x65 {
      kind = .float
      end += 1
      if bytes[end] == 0x2B || bytes[end] == 0x2D { end += 1 }
      guard bytes[end] &- 0x30 < 10 else { return recoverNumber() }
      while bytes[end] &- 0x30 < 10 { end += 1 }
    }
    guard !JSONParser.isNumberByte(bytes[end]) else { return recoverNumber() }
    appendValue(kind, start: start, end: end)
  }

  // MARK: Bytes and faults

  /// Letters, digits, `_`, `$` and whatever is not ASCII: what an unquoted word is made of.
  static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x24, 0x80...0xFF: true
    default: false
    }
  }

  /// What people write inside numbers, rightly or not.
  static func isNumberByte(_ byte: UInt8) -> Bool {
    isWordByte(byte) || byte == 0x2E || byte == 0x2B || byte == 0x2D
  }

  /// Reports a fault of the text; behind the last one that is allowed, reading ends.
  mutating func report(_ message: some DiagnosticMessage, _ start: Int, _ end: Int, related: [RelatedPlace] = []) {
    guard !hasGivenUp else { return }
    diagnostics.append(Diagnostic(message, at: SourceSpan(start, end), related: related))
    guard diagnostics.count >= DocumentLimits.faults else { return }
    hasGivenUp = true
    let limit = LimitExceeded("the text has \(DocumentLimits.faults) faults up to here, and the rest is not read")
    diagnostics.append(Diagnostic(limit, at: SourceSpan(at: end)))
  }
}
