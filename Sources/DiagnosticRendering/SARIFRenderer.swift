internal import Diagnostics
internal import Source

/// SARIF 2.1.0, the exchange format for static analysis (OASIS): one run, a line a result.
package struct SARIFRenderer: FindingsRenderer {
  package var toolVersion: String
  /// What relative paths start from, as an absolute path; `nil` when that is not known.
  package var workingDirectory: String?

  /// What relative paths start from, by name.
  private static let baseID = "SRCROOT"

  package init(toolVersion: String, workingDirectory: String?) {
    self.toolVersion = toolVersion
    self.workingDirectory = workingDirectory
  }

  package func prologue(_ summary: FindingsSummary) -> [UInt8] {
    var output: [UInt8] = []
    output.append("{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/")
    output.append("sarif-schema-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\n")
    output.append("\"tool\":{\"driver\":{\"name\":\"policycortex\",\"version\":")
    JSONText.append(toolVersion, to: &output)
    output.append(",\"semanticVersion\":")
    JSONText.append(toolVersion, to: &output)
    output.append(",\"informationUri\":\"\(DiagnosticReference.urlBase)\",\"rules\":")
    SARIFRules.append(to: &output)
    output.append("}},\n\"columnKind\":\"unicodeCodePoints\",\"newlineSequences\":[\"\\r\\n\",\"\\n\",\"\\r\"],")
    output.append("\"originalUriBaseIds\":{\"\(SARIFRenderer.baseID)\":{")
    if let workingDirectory, workingDirectory.utf8.first == UInt8(ascii: "/") {
      output.append("\"uri\":\"\(FileURI(path: workingDirectory, isDirectory: true).text)\",")
    }
    output.append("\"description\":{\"text\":\"The directory in which the command was run.\"}}},\n\"results\":[")
    return output
  }

  package var separator: [UInt8] { Array(",".utf8) }

  package func render(_ findings: FileFindings) -> [UInt8] {
    var output: [UInt8] = []
    guard !findings.diagnostics.isEmpty else { return output }
    // Rather too much than a copy of many megabytes; what is not written to takes no memory.
    output.reserveCapacity(findings.diagnostics.count * 1024)
    let places = SARIFPlaces(findings.source, baseID: SARIFRenderer.baseID)
    let fingerprints = FindingFingerprint.all(of: findings, path: reportedPath(findings.source.name))
    for (index, diagnostic) in findings.diagnostics.enumerated() {
      output.append(index > 0 ? ",\n{" : "\n{")
      append(diagnostic, fingerprints[index], places, to: &output)
      output.append("}")
    }
    return output
  }

  package func epilogue(_ summary: FindingsSummary) -> [UInt8] {
    Array((summary.filesWithFindings == 0 ? "]}]}\n" : "\n]}]}\n").utf8)
  }

  private func append(
    _ diagnostic: Diagnostic, _ fingerprint: FindingFingerprint, _ places: SARIFPlaces, to output: inout [UInt8]
  ) {
    output.append("\"ruleId\":\"\(diagnostic.code)\",")
    if let index = SARIFRules.indexes[diagnostic.code] { output.append("\"ruleIndex\":\(index),") }
    output.append("\"level\":\"\(SARIFRules.level(of: diagnostic.severity))\",\"message\":{\"text\":")
    JSONText.append(diagnostic.message + (diagnostic.help.map { "\nhelp: \($0)" } ?? ""), to: &output)
    output.append("},\"locations\":[{")
    places.append(diagnostic.span, diagnostic.path, to: &output)
    output.append("}]")
    for (index, related) in diagnostic.related.enumerated() {
      output.append(index > 0 ? ",{" : ",\"relatedLocations\":[{")
      output.append("\"id\":\(index + 1),\"message\":{\"text\":")
      JSONText.append(related.message, to: &output)
      output.append("},")
      places.append(related, to: &output)
      output.append("}")
    }
    if !diagnostic.related.isEmpty { output.append("]") }
    output.append(",\"partialFingerprints\":{\"findingFingerprint/v1\":\"\(fingerprint.text)\"}")
    append(diagnostic.fixIts.filter { !$0.edits.isEmpty }, places, to: &output)
    output.append(",\"properties\":{\"class\":")
    output.append(diagnostic.failure.map { String($0.rawValue) } ?? "null")
    output.append(",\"field\":")
    JSONText.append(diagnostic.field, to: &output)
    output.append(",\"pointer\":")
    JSONText.append(diagnostic.pointer, to: &output)
    if let span = diagnostic.conditionSpan {
      output.append(",\"conditionRange\":{\"start\":\(span.start),\"end\":\(span.end)}")
    }
    output.append("}")
  }

  private func append(_ fixIts: [FixIt], _ places: SARIFPlaces, to output: inout [UInt8]) {
    guard !fixIts.isEmpty else { return }
    output.append(",\"fixes\":[")
    for (index, fixIt) in fixIts.enumerated() {
      output.append(index > 0 ? ",{\"description\":{\"text\":" : "{\"description\":{\"text\":")
      JSONText.append(fixIt.title, to: &output)
      output.append("},\"artifactChanges\":[{\(places.artifact),\"replacements\":[")
      for (index, edit) in fixIt.edits.enumerated() {
        output.append(index > 0 ? ",{\"deletedRegion\":" : "{\"deletedRegion\":")
        places.appendRegion(edit.span, to: &output)
        output.append(",\"insertedContent\":{\"text\":")
        JSONText.append(edit.text, to: &output)
        output.append("}}")
      }
      output.append("]}],\"properties\":{\"applicability\":\"\(fixIt.applicability.rawValue)\"}}")
    }
    output.append("]")
  }
}
