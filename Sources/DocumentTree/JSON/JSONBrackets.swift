import Diagnostics
import Source

extension JSONParser {
  /// How far ahead a wrong bracket's meaning is looked for.
  private static let reach = 1024

  /// Reports a bracket that does not close the innermost container, and reads on as what follows suggests: a container
  /// was left open before it, it is the wrong one of the two, or it is one too many.
  mutating func recoverBracket(_ byte: UInt8) {
    let isObject = byte == 0x7D
    let bracket = isObject ? "}" : "]"
    if let opener = containers.lastIndex(where: { $0.isObject == isObject }), fits(depth: opener, behind: offset + 1) {
      while containers.count > opener + 1 { reportUnclosed(before: offset) }
      offset += 1
      close(at: offset)
      return
    }
    if let container = containers.last, fits(depth: containers.count - 1, behind: offset + 1) {
      let closer = container.isObject ? "}" : "]"
      report(
        InvalidJSON(
          "`\(bracket)` does not close `\(container.isObject ? "{" : "[")`",
          fixIt: FixIt("write `\(closer)`", replacement: closer, applicability: .safe)),
        offset, offset + 1, related: [opening(container)])
      offset += 1
      close(at: offset)
      return
    }
    report(
      InvalidJSON(
        "`\(bracket)` closes nothing that is open here",
        fixIt: FixIt("delete the `\(bracket)`", replacement: "", applicability: .unsafe)),
      offset, offset + 1)
    offset += 1
  }

  /// Reports that the innermost container should have ended behind the last token, and ends it there.
  ///
  /// - Parameters:
  ///   - place: Where the next token stands.
  ///   - lacksComma: Whether a comma is missing as well.
  mutating func reportUnclosed(before place: Int, lacksComma: Bool = false) {
    guard let container = containers.last else { return }
    let closer = (container.isObject ? "}" : "]") + (lacksComma ? "," : "")
    report(
      InvalidJSON(
        "`\(container.isObject ? "{" : "[")` is not closed before this",
        fixIt: FixIt(
          "insert `\(closer)`", edits: [SourceEdit(span: SourceSpan(at: lastEnd), text: closer)], applicability: .safe)),
      place, place, related: [opening(container)])
    close(at: lastEnd)
  }

  /// The place where a container begins.
  func opening(_ container: Container) -> RelatedPlace {
    let start = document.nodes[container.node].span.start
    return RelatedPlace("`\(container.isObject ? "{" : "[")` is opened here", at: SourceSpan(start, start + 1))
  }

  /// Whether the text behind a place goes on rightly when so many containers are open there.
  private func fits(depth: Int, behind start: Int) -> Bool {
    var depth = depth
    var index = start
    let limit = start + JSONParser.reach
    func skipBlanks() {
      while index < limit, index < bytes.count, bytes[index] <= 0x20 { index += 1 }
    }
    skipBlanks()
    while index < limit, bytes[index] == 0x7D || bytes[index] == 0x5D {
      depth -= 1
      guard depth >= 0, containers[depth].isObject == (bytes[index] == 0x7D) else { return false }
      index += 1
      skipBlanks()
    }
    if index >= limit { return true }
    if index >= bytes.count { return depth == 0 }
    guard depth > 0 else { return false }
    let isInObject = containers[depth - 1].isObject
    if bytes[index] == 0x2C {
      index += 1
      skipBlanks()
    }
    return isKey(at: index) == isInObject
  }

  /// Skips a value that nests too deep, to its end, and leaves a damaged value for it.
  ///
  /// Brackets are counted and not remembered, so that a hostile document costs no memory.
  mutating func skipTooDeep() {
    report(
      LimitExceeded("objects and arrays nest at most \(DocumentLimits.nesting) levels deep"), offset, offset + 1)
    let start = offset
    skipBalanced(stopsAtComma: false)
    if offset >= bytes.count { isEndSwallowed = true }
    appendValue(.invalid, start: start, end: offset)
  }

  /// Skips to the comma or bracket that ends what cannot be read as a member or element.
  mutating func skipDamagedItem() {
    skipBalanced(stopsAtComma: true)
    lastEnd = offset
    pendingComma = -1
    expectation = containers.isEmpty ? .document : .separator
  }

  /// Skips brackets and strings until the brackets balance.
  ///
  /// - Parameter stopsAtComma: Whether to go on to a comma or a closing bracket outside all; else a single value is skipped.
  private mutating func skipBalanced(stopsAtComma: Bool) {
    var brackets = 0
    var braces = 0
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x5B: brackets += 1
      case 0x7B: braces += 1
      case 0x5D, 0x7D:
        let isBrace = bytes[offset] == 0x7D
        // What closes nothing in here closes something around it.
        guard isBrace ? braces > 0 : brackets > 0 else { return }
        if isBrace { braces -= 1 } else { brackets -= 1 }
        if brackets == 0, braces == 0, !stopsAtComma {
          offset += 1
          return
        }
      case 0x2C where brackets == 0 && braces == 0 && stopsAtComma: return
      case 0x22:
        offset += 1
        while offset < bytes.count, bytes[offset] != 0x22, !isLineEnd(offset) {
          offset += bytes[offset] == 0x5C ? 2 : 1
        }
      default: break
      }
      offset += 1
    }
    offset = min(offset, bytes.count)
  }
}
