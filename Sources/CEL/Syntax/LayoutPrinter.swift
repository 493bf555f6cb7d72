internal import Source

/// A piece of a text whose lines are not broken yet.
///
/// Groups are written on one line where they fit, and else broken at all of their own line breaks.
enum LayoutPiece: Sendable {
  /// A part of the text that is laid out, as it is.
  case source(SourceSpan)
  case text(StaticString)
  /// A place to break the line: on one line it is a blank, or nothing.
  case line(isBlank: Bool, keepsEmptyLine: Bool)
  /// A blank that becomes a line break where what follows does not fit, whatever becomes of the group's other ones.
  case fillLine
  /// A comment, which ends its line; behind it stands a `line`, an `indent`, a `dedent` or the end.
  case comment(SourceSpan, isTrailing: Bool, hasEmptyLine: Bool)
  /// A comment before everything else.
  case header(SourceSpan, hasEmptyLine: Bool)
  case open, close, indent, dedent
}

/// Breaks the lines of pieces, in time linear in their number (after Oppen, "Prettyprinting").
struct LayoutPrinter {
  private let source: [UInt8]
  private let pieces: [LayoutPiece]
  /// The width of all pieces before each, on one line.
  private var widthBefore: [Int] = []
  /// How many comments stand before each.
  private var commentsBefore: [Int] = []
  /// Of each `open`: its `close`.
  private var ends: [Int]
  /// The width from each piece to the next place where a line may be broken.
  private var widthToBreak: [Int]

  private static let indentation = 2

  /// Measures the pieces.
  init(_ pieces: [LayoutPiece], source: [UInt8]) {
    self.pieces = pieces
    self.source = source
    ends = Array(repeating: 0, count: pieces.count)
    widthToBreak = Array(repeating: 0, count: pieces.count + 1)
    var width = 0
    var comments = 0
    var groups: [Int] = []
    for (index, piece) in pieces.enumerated() {
      widthBefore.append(width)
      commentsBefore.append(comments)
      width += self.width(piece)
      switch piece {
      case .comment: comments += 1
      case .open: groups.append(index)
      case .close: if let group = groups.popLast() { ends[group] = index }
      case .source, .text, .line, .fillLine, .header, .indent, .dedent: break
      }
    }
    for index in pieces.indices.reversed() {
      switch pieces[index] {
      case .line, .fillLine, .comment: break
      case .source, .text, .header, .open, .close, .indent, .dedent:
        widthToBreak[index] = widthToBreak[index + 1] + self.width(pieces[index])
      }
    }
  }

  /// In code points, on one line.
  private func width(_ piece: LayoutPiece) -> Int {
    switch piece {
    case .source(let span): source[span.range].count { $0 & 0xC0 != 0x80 }
    case .text(let text): text.utf8CodeUnitCount
    case .line(let isBlank, _): isBlank ? 1 : 0
    case .fillLine: 1
    case .comment, .header, .open, .close, .indent, .dedent: 0
    }
  }

  /// The text, with lines no longer than a width where that is possible.
  ///
  /// - Parameters:
  ///   - width: In code points.
  ///   - keepsEmptyLines: Whether empty lines that the author left between lines stay.
  /// - Returns: UTF-8, without a line end behind the last line.
  func written(width: Int, keepsEmptyLines: Bool) -> [UInt8] {
    var output: [UInt8] = []
    var column = 0
    var depth = 0
    /// Whether each open group is broken.
    var groups = [true]

    func breakLine(isEmptyLineKept: Bool) {
      output += isEmptyLineKept && keepsEmptyLines ? [0x0A, 0x0A] : [0x0A]
      column = depth * Self.indentation
      output += repeatElement(0x20, count: column)
    }

    for (index, piece) in pieces.enumerated() {
      let isBroken = groups[groups.count - 1]
      switch piece {
      case .source(let span):
        output += source[span.range]
        let line = source[span.range].lastIndex(of: 0x0A)
        let last = (line.map { $0 + 1 } ?? span.start)..<span.end
        column = (line == nil ? column : 0) + source[last].count { $0 & 0xC0 != 0x80 }
      case .text(let text):
        for offset in 0..<text.utf8CodeUnitCount { output.append(unsafe text.utf8Start[offset]) }
        column += text.utf8CodeUnitCount
      case .line(let isBlank, let keepsEmptyLine):
        if isBroken {
          breakLine(isEmptyLineKept: keepsEmptyLine)
        } else if isBlank {
          output.append(0x20)
          column += 1
        }
      case .fillLine:
        if isBroken, column + 1 + widthToBreak[index + 1] > width {
          breakLine(isEmptyLineKept: false)
        } else {
          output.append(0x20)
          column += 1
        }
      case .comment(let span, let isTrailing, let hasEmptyLine):
        if isTrailing { output.append(0x20) } else { breakLine(isEmptyLineKept: hasEmptyLine) }
        output += source[span.range]
      case .header(let span, let hasEmptyLine):
        output += source[span.range]
        breakLine(isEmptyLineKept: hasEmptyLine)
      case .open:
        let end = ends[index]
        let fits =
          commentsBefore[end] == commentsBefore[index]
          && widthBefore[end] - widthBefore[index] + widthToBreak[end] <= width - column
        groups.append(isBroken && !fits)
      case .close: groups.removeLast()
      case .indent: depth += 1
      case .dedent: depth -= 1
      }
    }
    return output
  }
}
