internal import DiagnosticRendering
internal import Diagnostics
internal import DocumentTree
internal import Source

/// The warnings and hints that are known and not reported: `--baseline`, as `--write-baseline` wrote it.
///
/// ```json
/// {"format_version": "1.0", "findings": {
///   "policies/a.yaml": [
///     {"code": "word-operator", "field": "rules[0].condition", "fingerprint": "…"}]}}
/// ```
///
/// Paths are relative to the baseline's directory, so that it holds wherever the command is started.
struct Baseline: Sendable {
  /// A finding that a baseline holds.
  struct Entry: Sendable {
    var code: String
    var field: String
    var fingerprint: String
  }

  static let formatVersion = "1.0"

  /// The fingerprints of each file.
  private(set) var known: [String: Set<String>] = [:]

  /// Reads a baseline.
  ///
  /// - Parameter source: The file.
  /// - Throws: What is wrong with it, in words.
  init(_ source: SourceText) throws(UnreadableInput) {
    let (document, diagnostics) = readJSON(source)
    let lines = LineTable(source)
    func unreadable(_ message: String, _ span: SourceSpan) -> UnreadableInput {
      let position = lines.position(of: span.start)
      return UnreadableInput(place: "\(source.name):\(position.line):\(position.column)", message: message)
    }
    if let fault = diagnostics.first { throw unreadable(fault.message, fault.span) }
    guard let root = document.roots.first else { throw unreadable("there is no baseline", SourceSpan(at: 0)) }
    guard let version = Baseline.member("format_version", of: root, in: document),
      document[version].kind == .string, document.text(of: version) == Baseline.formatVersion,
      let files = Baseline.member("findings", of: root, in: document), document[files].kind == .object
    else {
      let message = "a baseline has `format_version` \"\(Baseline.formatVersion)\" and `findings`"
      throw unreadable(message, document[root].span)
    }
    var known: [String: Set<String>] = [:]
    document.forEachMember(of: files) { path, findings in
      var fingerprints: Set<String> = []
      document.forEachElement(of: findings) { _, finding in
        guard let fingerprint = Baseline.member("fingerprint", of: finding, in: document) else { return }
        fingerprints.insert(document.text(of: fingerprint))
      }
      known[document.text(of: path), default: []].formUnion(fingerprints)
    }
    self.known = known
  }

  private static func member(_ name: String, of object: NodeID, in document: Document) -> NodeID? {
    var found: NodeID?
    document.forEachMember(of: object) { key, value in if document.text(of: key) == name { found = value } }
    return found
  }

  /// A baseline of findings, a line each, so that a change of it can be read.
  static func written(_ files: [(path: String, entries: [Entry])]) -> [UInt8] {
    var output = Array("{\"format_version\":\"\(formatVersion)\",\"findings\":{".utf8)
    let filled = files.filter { !$0.entries.isEmpty }.sorted { $0.path < $1.path }
    for (number, file) in filled.enumerated() {
      output += (number > 0 ? ",\n" : "\n").utf8
      JSONText.append(file.path, to: &output)
      output += ":[".utf8
      for (number, entry) in file.entries.enumerated() {
        output += (number > 0 ? ",\n  " : "\n  ").utf8
        output += "{\"code\":\(JSONText.quoted(entry.code)),\"field\":\(JSONText.quoted(entry.field)),".utf8
        output += "\"fingerprint\":\(JSONText.quoted(entry.fingerprint))}".utf8
      }
      output += "]".utf8
    }
    return output + Array("}}\n".utf8)
  }
}
