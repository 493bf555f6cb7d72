internal import Diagnostics

/// The catalogue of diagnostics as SARIF's array of rules.
enum SARIFRules {
  /// Where each code stands in the array.
  static let indexes = Dictionary(
    uniqueKeysWithValues: DiagnosticCatalog.descriptors.enumerated().map { ($0.element.id, $0.offset) })

  /// Appends the array.
  static func append(to output: inout [UInt8]) {
    output.append("[")
    for (index, descriptor) in DiagnosticCatalog.descriptors.enumerated() {
      output.append(index > 0 ? ",\n{" : "\n{")
      append(descriptor, to: &output)
      output.append("}")
    }
    output.append("\n]")
  }

  /// SARIF's name of a severity.
  static func level(of severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .hint: "note"
    }
  }

  private static func append(_ descriptor: DiagnosticDescriptor, to output: inout [UInt8]) {
    output.append("\"id\":\"\(descriptor.id)\",\"name\":\"\(name(of: descriptor.id))\",\"shortDescription\":{\"text\":")
    JSONText.append(descriptor.title, to: &output)
    output.append("},\"fullDescription\":{\"text\":")
    JSONText.append(descriptor.explanation, to: &output)
    output.append("},\"help\":{\"text\":")
    JSONText.append(text(Explanation(descriptor, style: .plain).render()), to: &output)
    output.append(",\"markdown\":")
    JSONText.append(text(DiagnosticReference.section(on: descriptor)), to: &output)
    output.append("},\"helpUri\":\"\(DiagnosticReference.url(of: descriptor.id))\",")
    output.append("\"defaultConfiguration\":{\"level\":\"\(level(of: descriptor.severity))\"},")
    output.append("\"properties\":{\"class\":")
    output.append(descriptor.failure.map { String($0.rawValue) } ?? "null")
    // What code scanning sorts and filters by.
    output.append(",\"problem.severity\":\"\(problemSeverity(of: descriptor.severity))\",\"precision\":\"very-high\",")
    output.append("\"tags\":[\"\(tag(of: descriptor.failure))\"]}")
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// `unknown-field` as `UnknownField`.
  private static func name(of code: String) -> String {
    code.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  private static func tag(of failure: Failure?) -> String {
    switch failure {
    case .malformed?: "schema"
    case .unprocessable?: "semantics"
    case nil: "advice"
    }
  }

  private static func problemSeverity(of severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .hint: "recommendation"
    }
  }
}
