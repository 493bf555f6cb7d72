internal import CEL

/// A message whose `{{ expression }}` parts are compiled.
struct CompiledMessage: Sendable {
  private enum Part: Sendable {
    case text(String)
    case expression(CompiledExpression)
  }

  private let parts: [Part]

  /// A longer value is written as far as this, in bytes.
  private static let valueLimit = 64 << 10

  init(_ message: UnsafeBufferPointer<UInt8>, _ compiler: inout ConditionCompiler) {
    var parts: [Part] = []
    var written = 0
    for span in unsafe MessageTemplate(message).expressions {
      parts.append(.text(unsafe Self.text(message, written..<(span.start - 2))))
      parts.append(.expression(unsafe compiler.compiled(UnsafeBufferPointer(rebasing: message[span.range]))))
      written = span.end + 2
    }
    parts.append(.text(unsafe Self.text(message, min(written, message.count)..<message.count)))
    self.parts = parts
  }

  /// A part between templates, in which `{{{{` stands for `{{`.
  private static func text(_ message: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
    let opening = UInt8(ascii: "{")
    var text: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = unsafe message[index]
      let isLiteral =
        unsafe index + 3 < range.upperBound && byte == opening && message[index + 1] == opening
        && message[index + 2] == opening && message[index + 3] == opening
      text.append(byte)
      if isLiteral { text.append(opening) }
      index += isLiteral ? 4 : 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The message: strings as they are, other values as JSON, an error as `<error: …>` (DESIGN §5).
  func rendered(_ evaluation: PolicyEvaluation) -> String {
    var message = ""
    for part in parts {
      switch part {
      case .text(let text): message += text
      case .expression(let expression):
        switch evaluation.value(of: expression) {
        case .success(let value) where value.kind == .string: message += value.text
        case .success(let value):
          let (text, isWhole) = ValueJSON.written(value, limit: Self.valueLimit)
          message += String(decoding: text, as: UTF8.self) + (isWhole ? "" : "…")
        case .failure(let error): message += "<error: \(evaluation.words(for: error, in: expression))>"
        }
      }
    }
    return message
  }
}
