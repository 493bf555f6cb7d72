internal import Diagnostics
internal import RegularExpressions
internal import Source

/// Puts in words what is wrong with constants, each fault once.
struct ConstantReports {
  typealias Reading = (call: UInt32, content: LiteralContent, argument: UInt32)

  let tree: SyntaxTree
  private(set) var diagnostics: [Diagnostic] = []
  /// Where the errors start that were found before, sorted.
  private let known: [Int]
  /// The expressions that were reported.
  private var reported: Set<UInt32> = []

  init(tree: SyntaxTree, after diagnostics: [Diagnostic]) {
    self.tree = tree
    // That a condition is no `bool` says nothing of its parts.
    known =
      diagnostics.isEmpty
      ? []
      : diagnostics.filter { $0.severity == .error && $0.code != ConditionNotBoolean.descriptor.id }
        .map(\.span.start).sorted()
  }

  /// Reports a pattern that cannot be read.
  mutating func add(_ fault: RE2Fault, of reading: Reading, text: UnsafeBufferPointer<UInt8>) {
    guard begin(reading.call, reading.argument) else { return }
    let span = unsafe place(of: fault.range, in: reading.argument, text)
    switch fault.kind {
    case .invalid: diagnostics.append(Diagnostic(InvalidRegex(fault.message, help: fault.help), at: span))
    case .unsupported: diagnostics.append(Diagnostic(UnsupportedRegex(fault.message, help: fault.help), at: span))
    }
  }

  /// Adds what there is to say of a pattern that can be read and is one literal.
  mutating func add(
    on expression: RegularExpression, of reading: Reading, text: UnsafeBufferPointer<UInt8>,
    _ advice: inout PatternAdvice
  ) {
    let argument = tree.nodes[Int(reading.argument)]
    guard argument.kind == .string, argument.span.end <= text.count, !isKnown(reading.argument) else { return }
    let name = tree.nameBytes[tree.names[Int(tree.nodes[Int(reading.call)].first)].range]
    diagnostics += advice.diagnostics(
      on: expression, unsafe LiteralPlaces(text[argument.span.range], at: argument.span.start), literal: argument.span,
      isMatch: name.elementsEqual("matches".utf8))
  }

  /// Reports a text that is no time or no time zone.
  mutating func add(_ fault: ConversionFault, of reading: Reading, text: UnsafeBufferPointer<UInt8>) {
    guard begin(reading.call, reading.argument) else { return }
    switch reading.content {
    case .timestamp:
      let span = unsafe place(of: fault.bytes, in: reading.argument, text)
      diagnostics.append(Diagnostic(InvalidTimestamp(fault.message), at: span))
    case .duration:
      let span = unsafe place(of: fault.bytes, in: reading.argument, text)
      diagnostics.append(Diagnostic(InvalidDuration(fault.message), at: span))
    case .text, .pattern, .extractionPattern, .timeZone:
      let help = "zones have the names of the time zone database, such as `Europe/Berlin`, or are offsets: `+01:00`"
      diagnostics.append(
        Diagnostic(ConstantError(fault.message, help: help), at: tree.nodes[Int(reading.argument)].span))
    }
  }

  /// Reports a part that cannot be computed.
  ///
  /// - Parameters:
  ///   - error: Why not.
  ///   - reading: What the part reads from an argument, if it is a call that does.
  ///   - text: The condition.
  mutating func add(_ error: Program.ConstantError, _ reading: Reading?, text: UnsafeBufferPointer<UInt8>) {
    let id = error.expression.rawValue
    guard begin(id, id) else { return }
    let message = Self.words(for: error.error)
    if let reading, error.error.kind == .invalidArgument || error.error.kind == .overflow {
      let span = tree.nodes[Int(reading.argument)].span
      switch reading.content {
      case .timestamp: return diagnostics.append(Diagnostic(InvalidTimestamp(message), at: span))
      case .duration: return diagnostics.append(Diagnostic(InvalidDuration(message), at: span))
      case .text, .pattern, .extractionPattern, .timeZone: break
      }
    }
    let span = tree.nodes[error.expression.index].span
    diagnostics.append(
      Diagnostic(ConstantError(part: unsafe Self.excerpt(of: span, in: text), error: message), at: span))
  }

  /// Whether an expression is to be reported: for the first time, and no error is known where the fault is.
  private mutating func begin(_ expression: UInt32, _ part: UInt32) -> Bool {
    guard !reported.contains(expression) else { return false }
    reported.insert(expression)
    return !isKnown(part)
  }

  /// Whether an error was found before where a part is.
  private func isKnown(_ part: UInt32) -> Bool {
    let span = tree.nodes[Int(part)].span
    var low = 0
    var high = known.count
    while low < high {
      let middle = (low + high) / 2
      if known[middle] < span.start { low = middle + 1 } else { high = middle }
    }
    return low < known.count && known[low] <= span.end
  }

  /// The place of a part of an argument's content; of an argument that is no literal, the whole.
  private func place(of part: Range<Int>, in argument: UInt32, _ text: UnsafeBufferPointer<UInt8>) -> SourceSpan {
    let node = tree.nodes[Int(argument)]
    guard node.kind == .string, node.span.end <= text.count else { return node.span }
    return unsafe LiteralPlaces(text[node.span.range], at: node.span.start).span(of: part)
  }

  /// The text of a short expression of one line; `nil` for all others.
  private static func excerpt(of span: SourceSpan, in text: UnsafeBufferPointer<UInt8>) -> String? {
    guard span.count <= 60, span.end <= text.count else { return nil }
    let part = unsafe text[span.range]
    // Backticks around it would end at one inside.
    guard unsafe part.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "`") }) else { return nil }
    return unsafe String(decoding: part, as: UTF8.self)
  }

  private static func words(for error: EvaluationError) -> String {
    guard error.kind == .noOverload, error.detail.isEmpty else { return error.description }
    return "it does not take values of these types"
  }
}
