package import Diagnostics

/// What `explain` shows of a diagnostic.
package struct Explanation {
  private let descriptor: DiagnosticDescriptor
  private let style: TerminalStyle

  package init(_ descriptor: DiagnosticDescriptor, style: TerminalStyle) {
    self.descriptor = descriptor
    self.style = style
  }

  /// Title, class, explanation, a bad and a good example, what to do, how to configure it.
  package func render() -> [UInt8] {
    var output: [UInt8] = []
    style.append(descriptor.severity.role, "\(descriptor.severity.rawValue)[\(descriptor.id)]", to: &output)
    style.append(.message, ": \(descriptor.title)", to: &output)
    output.append("\n\(Explanation.standing(of: descriptor))\n\n\(descriptor.explanation)\n")
    append("Wrong", descriptor.bad, to: &output)
    append("Right", descriptor.good, to: &output)
    output.append("\n")
    style.append(.message, "How to fix:", to: &output)
    output.append(" \(descriptor.howToFix)\n\n")
    style.append(.message, "Configuration:", to: &output)
    output.append(" \(Explanation.configuration(of: descriptor))\n")
    return output
  }

  private func append(_ heading: String, _ example: DiagnosticExample, to output: inout [UInt8]) {
    output.append("\n")
    style.append(.message, "\(heading):", to: &output)
    output.append("\n\n")
    for line in MarkedExample(example).shown() {
      output.append(line.isEmpty ? "\n" : "    \(line)\n")
    }
  }

  /// How a diagnostic weighs, in a sentence.
  static func standing(of descriptor: DiagnosticDescriptor) -> String {
    switch (descriptor.failure, descriptor.severity) {
    case (.malformed?, _):
      let type = descriptor.schemaErrorType.map { ", type `\($0.rawValue)`" } ?? ""
      return "An error of the document: class \(Failure.malformed.rawValue)\(type)."
    case (.unprocessable?, _):
      return "An error of a condition or rule: class \(Failure.unprocessable.rawValue)."
    case (nil, .hint): return "A hint, which never changes the status."
    case (nil, _): return "A warning, which never changes the status."
    }
  }

  /// How a diagnostic is configured, in a sentence or two.
  static func configuration(of descriptor: DiagnosticDescriptor) -> String {
    guard descriptor.failure == nil else { return "None: an error cannot be turned off or suppressed." }
    return """
      `severity: {\(descriptor.id): off}` in `.policycortex.yaml` turns it off; `error`, `warning` and `hint` weigh it.
      `# policycortex: ignore[\(descriptor.id)] -- reason` on its line or the one before suppresses it there.
      """
  }

  /// All codes with their titles, one a line.
  package static func list(_ descriptors: [DiagnosticDescriptor]) -> [UInt8] {
    var output: [UInt8] = []
    let width = descriptors.map { $0.id.utf8.count }.max() ?? 0
    for descriptor in descriptors {
      output.append(descriptor.id)
      output.append(" ", times: width - descriptor.id.utf8.count + 2)
      output.append("\(descriptor.severity.rawValue)")
      output.append(" ", times: 9 - descriptor.severity.rawValue.utf8.count)
      output.append("\(descriptor.title)\n")
    }
    return output
  }
}
