internal import Diagnostics
internal import Source

extension YAMLReader {
  /// Checks that the bytes are UTF-8 text of the characters that YAML allows (YAML 1.2.2, sections 5.1 and 5.2).
  ///
  /// - Returns: Whether it makes sense to read on.
  mutating func checkEncoding() -> Bool {
    if byte(0) == 0xEF, byte(1) == 0xBB, byte(2) == 0xBF {
      position = 3
      lineStart = 3
    } else if isUTF16 {
      add(
        Diagnostic(
          InvalidEncoding("the document is not UTF-8", help: "save it as UTF-8"), at: SourceSpan(0, min(2, count))))
      return false
    }
    var index = position
    while index < count, !isStopped {
      let byte = bytes[index]
      if byte >= 0x20, byte < 0x7F {
        index += 1
      } else if byte < 0x80 {
        checkControl(byte, index)
        index += 1
      } else {
        let length = sequenceLength(index)
        let span = SourceSpan(index, index + abs(length))
        if length < 0 {
          damagedBytes.append(span)
          add(Diagnostic(InvalidEncoding("a byte sequence that is not UTF-8"), at: span))
        } else if isQuotedOnly(index) {
          if quotedOnly.count < DocumentLimits.faults { quotedOnly.append(span) } else { reportControl(span) }
        }
        index += abs(length)
      }
    }
    return true
  }

  /// The two byte orders of UTF-16 and UTF-32, by byte order mark or by the zero of an ASCII character.
  private var isUTF16: Bool {
    guard count >= 2 else { return false }
    switch (bytes[0], bytes[1]) {
    case (0xFE, 0xFF), (0xFF, 0xFE): return true
    case (0, 0): return count >= 4
    case (0, 1...0x7F), (1...0x7F, 0): return count % 2 == 0
    default: return false
    }
  }

  private mutating func checkControl(_ byte: UInt8, _ index: Int) {
    switch byte {
    case 0x09, 0x0A, 0x0D: break
    case 0x7F where quotedOnly.count < DocumentLimits.faults: quotedOnly.append(SourceSpan(index, index + 1))
    case 0:
      damagedBytes.append(SourceSpan(index, index + 1))
      add(Diagnostic(InvalidEncoding("a NUL character"), at: SourceSpan(index, index + 1)))
    default:
      damagedBytes.append(SourceSpan(index, index + 1))
      reportControl(SourceSpan(index, index + 1))
    }
  }

  private mutating func reportControl(_ span: SourceSpan) {
    report("control characters must be escaped in a double-quoted string", span)
  }

  /// The length of the UTF-8 sequence at an offset, or minus the length of its maximal wrong part (Unicode 16, table 3-7).
  private func sequenceLength(_ index: Int) -> Int {
    let first = bytes[index]
    let length: Int
    var lowest: UInt8 = 0x80
    var highest: UInt8 = 0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0:
      length = 3
      lowest = 0xA0
    case 0xED:
      length = 3
      highest = 0x9F
    case 0xE1...0xEF: length = 3
    case 0xF0:
      length = 4
      lowest = 0x90
    case 0xF1...0xF3: length = 4
    case 0xF4:
      length = 4
      highest = 0x8F
    default: return -1
    }
    var offset = 1
    while offset < length {
      let byte = self.byte(index + offset)
      guard byte >= lowest, byte <= highest else { return -offset }
      lowest = 0x80
      highest = 0xBF
      offset += 1
    }
    return length
  }

  /// C1 controls without NEL, the byte order mark, U+FFFE and U+FFFF.
  private func isQuotedOnly(_ index: Int) -> Bool {
    switch (bytes[index], bytes[index + 1], byte(index + 2)) {
    case (0xC2, 0x80...0x9F, _): bytes[index + 1] != 0x85
    case (0xEF, 0xBB, 0xBF), (0xEF, 0xBF, 0xBE), (0xEF, 0xBF, 0xBF): true
    default: false
    }
  }

  /// Notes that a quoted scalar reaches from one offset to another; quoted scalars come in document order.
  @inline(__always)
  mutating func allowQuotedOnly(_ start: Int, _ end: Int) {
    if quotedOnlySeen < quotedOnly.count { passQuotedOnly(start, end) }
  }

  private mutating func passQuotedOnly(_ start: Int, _ end: Int) {
    while quotedOnlySeen < quotedOnly.count, quotedOnly[quotedOnlySeen].start < end {
      if quotedOnly[quotedOnlySeen].start < start { unquotedControls.append(quotedOnly[quotedOnlySeen]) }
      quotedOnlySeen += 1
    }
  }

  /// Reports the special characters that stand outside quoted scalars.
  mutating func reportUnquotedControls() {
    for span in unquotedControls + quotedOnly[quotedOnlySeen...] {
      if span.count == 3, bytes[span.start + 1] == 0xBB {
        report("a byte order mark may stand at the start of the document only", span)
      } else {
        reportControl(span)
      }
    }
  }

  /// Silences the scalar values that hold bytes which were reported.
  mutating func invalidateDamagedScalars() {
    guard !damagedBytes.isEmpty else { return }
    var keys: Set<Int> = []
    for index in document.nodes.indices where document.nodes[index].kind == .object {
      document.forEachMember(of: NodeID(index)) { key, _ in keys.insert(document.resolved(key).index) }
    }
    for index in document.nodes.indices where !keys.contains(index) {
      switch document.nodes[index].kind {
      case .string, .integer, .float: break
      case .null, .true, .false, .array, .object, .alias, .invalid: continue
      }
      guard isDamaged(document.nodes[index].span) else { continue }
      document.nodes[index].kind = .invalid
      document.nodes[index].link = DocumentNode.verbatim
    }
  }

  private func isDamaged(_ span: SourceSpan) -> Bool {
    var low = 0
    var high = damagedBytes.count
    while low < high {
      let middle = (low + high) / 2
      if damagedBytes[middle].end <= span.start { low = middle + 1 } else { high = middle }
    }
    return low < damagedBytes.count && damagedBytes[low].start < span.end
  }
}
