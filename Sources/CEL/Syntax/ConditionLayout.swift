package import Diagnostics
internal import Source

/// Why a condition cannot be laid out.
package struct UnreadableCondition: Error {
  /// The first syntax error, in offsets of the condition.
  package let diagnostic: Diagnostic
}

/// A condition that can be written with its lines broken at any width.
///
/// Operators are CEL's and stand at the start of lines, blanks are where they belong, parentheses that are doubled or say
/// nothing are gone, and all comments are kept. Literals, names and macro calls are written as they were.
package struct ConditionLayout: Sendable {
  private let printer: LayoutPrinter
  private let options: ParserOptions
  /// What must not change: the condition without its layout, and its comments.
  private let meaning: Meaning

  /// Whether line breaks are a part of what the condition says: it has comments, or literals of several lines.
  package let needsLines: Bool

  /// Reads a condition.
  ///
  /// - Throws: `UnreadableCondition` for one with syntax errors.
  package init(_ text: String, options: ParserOptions = .policy) throws(UnreadableCondition) {
    let parser = Parser(text, options: options)
    if let fault = parser.diagnostics.first(where: { $0.severity == .error }) {
      throw UnreadableCondition(diagnostic: fault)
    }
    self.options = options
    meaning = Meaning(parser)
    var walk = LayoutWalk(parser)
    walk.walk()
    printer = LayoutPrinter(walk.pieces, source: Array(parser.lexer.bytes))
    needsLines =
      !parser.lexer.comments.isEmpty
      || parser.lexer.tokens.contains {
        $0.flags.contains(.isTripleQuoted)
          && parser.lexer.bytes[$0.span.range].contains { $0 == 0x0A || $0 == 0x0D }
      }
  }

  /// The condition with lines no longer than a width where that is possible, `Int.max` for one line.
  ///
  /// Comments break lines whatever the width.
  ///
  /// - Parameters:
  ///   - width: In code points.
  ///   - keepsEmptyLines: Whether empty lines that the author left between operands stay.
  /// - Returns: `nil` when the text would not be read as the same condition again: nested as deep as can be, parentheses
  ///   that a `not` lacked are one level too many.
  package func written(width: Int, keepsEmptyLines: Bool = true) -> String? {
    let text = String(decoding: printer.written(width: width, keepsEmptyLines: keepsEmptyLines), as: UTF8.self)
    return isSame(text) ? text : nil
  }

  /// Whether a text is the same condition with the same comments.
  package func isSame(_ text: String) -> Bool {
    let parser = Parser(text, options: options)
    return !parser.diagnostics.contains { $0.severity == .error } && Meaning(parser) == meaning
  }
}

/// What a condition says, whatever its layout.
private struct Meaning: Equatable, Sendable {
  /// Compared as bytes: as texts, different code points may be the same.
  private let expression: [UInt8]
  private let comments: [[UInt8]]

  init(_ parser: Parser) {
    expression = Array(unparse(parser.tree).utf8)
    let bytes = Array(parser.lexer.bytes)
    comments = parser.lexer.comments.map { Array(bytes[trimmed($0, bytes).range]) }
  }
}

extension Parser {
  /// A parser that has read a text.
  fileprivate init(_ text: String, options: ParserOptions) {
    self.init(options: options)
    var text = text
    text.withUTF8 { unsafe parse($0) }
  }
}

/// A comment without the blanks at its end.
func trimmed(_ comment: SourceSpan, _ bytes: [UInt8]) -> SourceSpan {
  var end = comment.end
  while end > comment.start, isSpace(bytes[end - 1]) { end -= 1 }
  return SourceSpan(comment.start, end)
}
