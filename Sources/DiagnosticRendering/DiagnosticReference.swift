package import Diagnostics
internal import Source

/// The reference page of all diagnostics, for people and for programs.
package enum DiagnosticReference {
  /// Where each diagnostic's page stands.
  ///
  /// The one place that names the host.
  package static let urlBase = "https://policycortex.dev/docs/diagnostics/"

  /// The address of a diagnostic's page.
  package static func url(of code: String) -> String { urlBase + code }

  /// The page in Markdown.
  package static func markdown(_ descriptors: [DiagnosticDescriptor] = DiagnosticCatalog.descriptors) -> [UInt8] {
    var output: [UInt8] = []
    output.append(
      "<!-- Written by `policycortex diagnostics --format markdown`. Change the diagnostics, not this page. -->\n\n")
    output.append("# Diagnostics\n\n")
    output.append(
      "What the engine can find in a policy. The caret below an example shows where the diagnostic is reported.\n\n")
    output.append(configuration)
    output.append("| code | severity | class | title |\n| --- | --- | --- | --- |\n")
    for descriptor in descriptors {
      let failure = descriptor.failure.map { String($0.rawValue) } ?? ""
      output.append("| [`\(descriptor.id)`](#\(descriptor.id)) | \(descriptor.severity.rawValue) | \(failure) ")
      output.append("| \(descriptor.title) |\n")
    }
    for descriptor in descriptors {
      output.append("\n## \(descriptor.id)\n\n")
      output += section(on: descriptor)
    }
    return output
  }

  /// What the page says of one diagnostic, without its heading.
  static func section(on descriptor: DiagnosticDescriptor) -> [UInt8] {
    var output: [UInt8] = []
    output.append("**\(descriptor.title).** \(Explanation.standing(of: descriptor))\n\n\(descriptor.explanation)\n\n")
    append("Wrong", "text", MarkedExample(descriptor.bad).shown(), to: &output)
    output.append("\n")
    let good = MarkedExample(descriptor.good)
    append("Right", good.language, good.shown(), to: &output)
    output.append("\n**How to fix.** \(descriptor.howToFix)\n\n")
    output.append("**Configuration.** \(Explanation.configuration(of: descriptor))\n")
    return output
  }

  /// How advice is weighed and suppressed, for all diagnostics.
  private static let configuration = """
    Errors fail a policy, whatever is configured. Warnings and hints are advice, and can be

    - weighed or turned off for all files below a directory, in its `.policycortex.yaml`: `severity: {CODE: error}`, or
      `warning`, `hint`, `off`; `ignore: [CODE, …]` turns several off;
    - suppressed where they are found, best with a reason: in YAML by a comment on the line or the one before,
      `# policycortex: ignore[CODE] -- reason`; inside a condition by `// policycortex: ignore[CODE]`; in JSON by the member
      `"x-policycortex": {"ignore": ["CODE"], "reason": "…"}` of the object in which they are found.


    """

  /// The catalogue as a JSON object.
  ///
  /// `offset` is where in `bad.text` the diagnostic is reported, in UTF-8 bytes.
  package static func json(_ descriptors: [DiagnosticDescriptor] = DiagnosticCatalog.descriptors) -> [UInt8] {
    var output: [UInt8] = []
    output.append("{\"format_version\":\"\(JSONRenderer.formatVersion)\",\"diagnostics\":[\n")
    for (index, descriptor) in descriptors.enumerated() {
      if index > 0 { output.append(",\n") }
      output.append("{\"code\":\"\(descriptor.id)\",\"class\":")
      output.append(descriptor.failure.map { String($0.rawValue) } ?? "null")
      output.append(",\"severity\":\"\(descriptor.severity.rawValue)\",\"type\":")
      output.append(descriptor.schemaErrorType.map { "\"\($0.rawValue)\"" } ?? "null")
      output.append(",\"title\":")
      JSONText.append(descriptor.title, to: &output)
      output.append(",\"explanation\":")
      JSONText.append(descriptor.explanation, to: &output)
      output.append(",\"how_to_fix\":")
      JSONText.append(descriptor.howToFix, to: &output)
      append("bad", MarkedExample(descriptor.bad), to: &output)
      append("good", MarkedExample(descriptor.good), to: &output)
      output.append(",\"url\":\"\(url(of: descriptor.id))\"}")
    }
    output.append("\n]}\n")
    return output
  }

  private static func append(_ name: String, _ example: MarkedExample, to output: inout [UInt8]) {
    output.append(",\"\(name)\":{\"language\":\"\(example.language)\",\"text\":")
    JSONText.append(String(decoding: example.source.bytes, as: UTF8.self), to: &output)
    if let offset = example.offset { output.append(",\"offset\":\(offset)") }
    output.append("}")
  }

  private static func append(_ heading: String, _ language: String, _ lines: [String], to output: inout [UInt8]) {
    output.append("\(heading):\n\n```\(language)\n")
    for line in lines { output.append("\(line)\n") }
    output.append("```\n")
  }
}
