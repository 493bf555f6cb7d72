import Diagnostics
import Source

/// What to do where something stands that must not: one method for each thing that was expected.
extension JSONParser {
  mutating func recoverValue(_ byte: UInt8) {
    guard offset < bytes.count else { return finish() }
    if skipOddTrivia(byte) { return }
    switch byte {
    case 0x2C where expectation == .element: recoverExtraCommas()
    case 0x2C, 0x7D, 0x5D:
      if expectation == .memberValue { return appendMissingValue("a value must follow `:`") }
      guard expectation == .element else { return recoverTrailer(byte) }
      endWithComma(byte)
    case 0x3A where expectation == .memberValue:
      report(
        InvalidJSON("one `:` is enough", fixIt: FixIt("delete the `:`", replacement: "", applicability: .safe)),
        offset, offset + 1)
      offset += 1
    case 0x27, 0x60: recoverQuotedText(isKey: false)
    case 0xE2 where curlyQuote(at: offset): recoverQuotedText(isKey: false)
    case 0x2B, 0x2E: recoverNumber()
    case _ where JSONParser.isWordByte(byte): recoverWord()
    default:
      let start = offset
      skipStrayText()
      report(InvalidJSON("a value must stand here, not `\(shown(start..<offset))`"), start, offset)
      appendValue(.invalid, start: start, end: offset)
    }
  }

  mutating func recoverKey(_ byte: UInt8) {
    guard offset < bytes.count else { return finish() }
    if skipOddTrivia(byte) { return }
    switch byte {
    case 0x2C: recoverExtraCommas()
    case 0x7D, 0x5D: endWithComma(byte)
    case 0x27, 0x60: recoverQuotedText(isKey: true)
    case 0xE2 where curlyQuote(at: offset): recoverQuotedText(isKey: true)
    case 0x7B where pendingComma >= 0 && isElementOfParent: closeBeforeComma()
    case 0x3A:
      report(InvalidJSON("a key must stand before `:`"), offset, offset)
      skipDamagedItem()
    case _ where JSONParser.isWordByte(byte) || byte == 0x2D: recoverBareKey()
    default:
      let start = offset
      let isBracket = byte == 0x5B || byte == 0x7B
      if isBracket { offset += 1 } else { skipStrayText() }
      report(InvalidJSON("a key in double quotation marks must stand here"), start, offset)
      offset = start
      skipDamagedItem()
    }
  }

  mutating func recoverColon(_ byte: UInt8) {
    if repairString(isKey: true) { return }
    guard offset < bytes.count else { return finish() }
    if skipOddTrivia(byte) { return }
    switch byte {
    case 0x7D, 0x5D: appendMissingValue("`:` and a value must follow the key")
    case 0x2C:
      let next = bytes.endOfBlanks(from: offset + 1)
      if bytes[next] == 0x7D || next >= bytes.count || isKey(at: next) {
        return appendMissingValue("`:` and a value must follow the key")
      }
      replaceByColon(count: 1)
    case 0x3D:
      replaceByColon(count: bytes[offset + 1] == 0x3E || bytes[offset + 1] == 0x3D ? 2 : 1)
    case 0x3B: replaceByColon(count: 1)
    default:
      report(
        InvalidJSON(
          "a `:` is missing between key and value",
          fixIt: FixIt(
            "insert `:`", edits: [SourceEdit(span: SourceSpan(at: lastEnd), text: ":")], applicability: .safe)),
        offset, offset)
      expectation = .memberValue
    }
  }

  mutating func recoverSeparator(_ byte: UInt8) {
    if repairString(isKey: false) { return }
    guard offset < bytes.count else { return finish() }
    if skipOddTrivia(byte) { return }
    guard let container = containers.last else { return recoverTrailer(byte) }
    switch byte {
    case 0x7D, 0x5D: recoverBracket(byte)
    case 0x3B:
      report(
        InvalidJSON(
          "members and elements are separated by `,`",
          fixIt: FixIt("write `,`", replacement: ",", applicability: .safe)),
        offset, offset + 1)
      takeMissingComma()
      offset += 1
    case 0x3A: recoverStrayColon()
    case 0x7B where container.isObject && isElementOfParent:
      reportUnclosed(before: offset, lacksComma: true)
      takeMissingComma()
    case _ where container.isObject ? byte == 0x22 || isKey(at: offset) : isValueStart(byte):
      report(
        InvalidJSON(
          "a `,` is missing before this",
          fixIt: FixIt(
            "insert `,`", edits: [SourceEdit(span: SourceSpan(at: lastEnd), text: ",")], applicability: .safe)),
        offset, offset)
      takeMissingComma()
    default:
      let start = offset
      if isValueStart(byte) || byte == 0x2B || byte == 0x2E { skipDamagedItem() } else { skipStrayText() }
      let end = trimmedEnd(start, offset)
      report(
        InvalidJSON("a `,` or the closing bracket must stand here, not `\(shown(start..<end))`"), start, end)
    }
  }

  /// What stands behind the document's value, or in place of it.
  mutating func recoverTrailer(_ byte: UInt8) {
    if expectation == .separator, repairString(isKey: false) { return }
    guard offset < bytes.count else { return finish() }
    if skipOddTrivia(byte) { return }
    let start = offset
    if byte == 0x7D || byte == 0x5D {
      while bytes[offset] == 0x7D || bytes[offset] == 0x5D { offset = bytes.endOfBlanks(from: offset + 1) }
      let end = trimmedEnd(start, offset)
      report(
        InvalidJSON(
          "`\(shown(start..<end))` closes nothing that is open here",
          fixIt: FixIt("delete it", replacement: "", applicability: expectation == .separator ? .safe : .unsafe)),
        start, end)
    } else if byte == 0x2C {
      offset += 1
      report(
        InvalidJSON(
          "a `,` must stand between two values of one array or object only",
          fixIt: FixIt("delete the `,`", replacement: "", applicability: .safe)),
        start, offset)
    } else if expectation == .document {
      // Whatever it is, it stands where the value should.
      offset += 1
      report(InvalidJSON("a value must stand here, not `\(shown(start..<offset))`"), start, offset)
    } else {
      offset = bytes.count
      let end = trimmedEnd(start, offset)
      report(InvalidJSON("a document holds one value, and this is more"), start, end)
      expectation = .end
    }
  }

  // MARK: The end

  /// Ends the reading at the document's end and reports what is missing there.
  private mutating func finish() {
    defer { expectation = .end }
    if document.nodes.isEmpty {
      guard diagnostics.isEmpty else { return }
      return report(
        InvalidJSON("the document is empty; a policy is an object: `{\"name\": …, \"rules\": […]}`"), offset, offset)
    }
    guard !containers.isEmpty else { return }
    let isMemberOpen = expectation == .colon || expectation == .memberValue
    let closers = String(containers.reversed().map { $0.isObject ? "}" : "]" })
    if !isEndSwallowed {
      let place = trimmedEnd(0, bytes.count)
      var edits = [SourceEdit(span: SourceSpan(at: place), text: closers)]
      if pendingComma >= 0 { edits[0].span = SourceSpan(pendingComma, place) }
      let missing = expectation == .colon ? "`:` and a value" : "a value"
      report(
        InvalidJSON(
          isMemberOpen
            ? "the document ends where \(missing) must stand, and before `\(closers)`"
            : "the document ends before the closing `\(closers)`",
          fixIt: isMemberOpen ? nil : FixIt("append `\(closers)`", edits: edits, applicability: .safe)),
        bytes.count, bytes.count, related: containers.suffix(1).map { opening($0) })
    }
    if isMemberOpen {
      document.nodes.append(DocumentNode(span: SourceSpan(at: bytes.count), kind: .invalid, style: .json))
    }
    while !containers.isEmpty { close(at: bytes.count) }
  }

  // MARK: Commas, colons and brackets

  /// Reports a closing bracket behind a comma, or where an element should be, and goes on as if the comma were not there.
  private mutating func endWithComma(_ byte: UInt8) {
    if pendingComma >= 0 {
      report(
        InvalidJSON(
          "no `,` may stand before the closing bracket",
          fixIt: FixIt("delete the trailing comma", replacement: "", applicability: .safe)),
        pendingComma, pendingComma + 1)
      pendingComma = -1
    }
    if let container = containers.last, container.isObject == (byte == 0x7D) {
      offset += 1
      close(at: offset)
    } else {
      recoverBracket(byte)
    }
  }

  /// Reports commas in front of which nothing stands.
  private mutating func recoverExtraCommas() {
    var start = offset
    var end = offset
    while bytes[offset] == 0x2C {
      offset += 1
      end = offset
      offset = bytes.endOfBlanks(from: offset)
    }
    let isTrailing = bytes[offset] == 0x7D || bytes[offset] == 0x5D || offset >= bytes.count
    if isTrailing, pendingComma >= 0 { start = pendingComma }
    report(
      InvalidJSON(
        isTrailing ? "no `,` may stand before the closing bracket" : "a value must stand before each `,`",
        fixIt: FixIt(
          isTrailing ? "delete the trailing comma" : "delete the superfluous comma", replacement: "",
          applicability: .safe)),
      start, end)
    if isTrailing { pendingComma = -1 }
    lastEnd = end
  }

  /// Goes on as if a comma stood here.
  private mutating func takeMissingComma() {
    expectation = containers.last?.isObject ?? false ? .key : .element
    pendingComma = -1
  }

  /// Reports something that stands in a colon's place.
  private mutating func replaceByColon(count: Int) {
    report(
      InvalidJSON(
        "`:` must stand between key and value, not `\(bytes.string(offset..<offset + count))`",
        fixIt: FixIt("write `:`", replacement: ":", applicability: .safe)),
      offset, offset + count)
    offset += count
    expectation = .memberValue
  }

  /// Gives the last key a damaged value, and reports it at the next token.
  private mutating func appendMissingValue(_ message: String) {
    report(InvalidJSON(message), offset, offset)
    let next = offset
    appendValue(.invalid, start: lastEnd, end: lastEnd)
    offset = next
  }

  /// A colon behind an element of an array, or behind a member's value.
  private mutating func recoverStrayColon() {
    let index = document.nodes.count - 1
    let isInObject = containers.last?.isObject ?? false
    if !isInObject, index >= 0, document.nodes[index].kind == .string, document.nodes[index].span.end == lastEnd,
      let container = containers.last, !container.hasColons, index > container.node + 1, containers.count > 1,
      containers[containers.count - 2].isObject
    {
      return closeArrayBeforeKey(index)
    }
    if !isInObject, !containers.isEmpty { containers[containers.count - 1].hasColons = true }
    report(
      InvalidJSON(
        isInObject ? "no `:` may follow a value" : "an array has no keys: its elements are separated by `,`",
        help: isInObject ? nil : "`key: value` pairs stand in `{}`"),
      offset, offset + 1)
    offset += 1
    if isInObject {
      skipDamagedItem()
    } else {
      takeMissingComma()
    }
  }

  /// The string at an index was read as an array's last element, and is a key of the object around the array.
  private mutating func closeArrayBeforeKey(_ index: Int) {
    guard let array = containers.last else { return }
    let key = document.nodes.removeLast()
    var element = array.node + 1
    while element < index {
      lastEnd = document.nodes[element].span.end
      element = document.next(after: element)
    }
    reportUnclosed(before: key.span.start)
    document.nodes.append(key)
    noteKey()
    lastEnd = key.span.end
    expectation = .colon
  }

  /// Whether the innermost container is an object in an array, so that `{` starts the array's next element.
  private var isElementOfParent: Bool {
    containers.count > 1 && containers[containers.count - 1].isObject && !containers[containers.count - 2].isObject
  }

  /// Closes the object that lacks its bracket in front of the pending comma.
  private mutating func closeBeforeComma() {
    lastEnd = trimmedEnd(0, pendingComma)
    reportUnclosed(before: offset)
    expectation = .element
  }

  private func isValueStart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x27, 0x2D, 0x5B, 0x7B: true
    default: JSONParser.isWordByte(byte)
    }
  }
}
