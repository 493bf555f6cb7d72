package import Diagnostics

/// How often each diagnostic was found.
package struct FindingStatistics: Sendable {
  /// What is known of one code.
  private struct Count: Sendable {
    var severity: Severity
    var title: String
    var count = 0
    var fixable = 0
  }

  private var counts: [String: Count] = [:]

  package init() {}

  /// Counts the findings of one file.
  package init(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      var count = counts[diagnostic.code] ?? Count(severity: diagnostic.severity, title: diagnostic.title)
      count.count += 1
      if !diagnostic.fixIts.isEmpty { count.fixable += 1 }
      counts[diagnostic.code] = count
    }
  }

  /// Adds another part of the run.
  package static func += (total: inout FindingStatistics, part: FindingStatistics) {
    for (code, count) in part.counts {
      guard total.counts[code] != nil else {
        total.counts[code] = count
        continue
      }
      total.counts[code]?.count += count.count
      total.counts[code]?.fixable += count.fixable
    }
  }

  /// The most frequent first, equally frequent ones by code.
  private var sorted: [(code: String, count: Count)] {
    counts.map { ($0.key, $0.value) }.sorted { (-$0.1.count, $0.0) < (-$1.1.count, $1.0) }
  }

  /// A line a code, for people.
  package func text() -> [UInt8] {
    let sorted = sorted
    let numberWidth = sorted.map { String($0.count.count).utf8.count }.max() ?? 0
    let codeWidth = sorted.map(\.code.utf8.count).max() ?? 0
    var output: [UInt8] = []
    for (code, count) in sorted {
      let number = String(count.count)
      output.append(" ", times: numberWidth - number.utf8.count)
      output.append("\(number)  \(count.severity.rawValue)")
      output.append(" ", times: 9 - count.severity.rawValue.utf8.count)
      output.append(code)
      output.append(" ", times: codeWidth - code.utf8.count + 2)
      output.append("\(count.title)\(count.fixable > 0 ? " (\(count.fixable) fixable)" : "")\n")
    }
    return output
  }

  /// One JSON object, beside the summary of the run.
  package func json(_ summary: FindingsSummary) -> [UInt8] {
    var output: [UInt8] = []
    output.append("{\"format_version\":\"\(JSONRenderer.formatVersion)\",\"summary\":")
    output.append(
      "{\"files\":\(summary.files),\"errors\":\(summary.errors),\"warnings\":\(summary.warnings),"
        + "\"hints\":\(summary.hints),\"fixable\":\(summary.fixable)},\"statistics\":[\n")
    for (number, (code, count)) in sorted.enumerated() {
      if number > 0 { output.append(",\n") }
      output.append("{\"code\":\(JSONText.quoted(code)),\"severity\":\"\(count.severity.rawValue)\",")
      output.append("\"count\":\(count.count),\"fixable\":\(count.fixable)}")
    }
    output.append(counts.isEmpty ? "]}\n" : "\n]}\n")
    return output
  }
}
