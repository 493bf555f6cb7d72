import Diagnostics
import DocumentTree
import PolicyModel
import Source

/// Reads a configuration out of its document, and says everything that is wrong with it.
struct ConfigurationDecoder {
  /// The keys of a configuration.
  private enum Key: String, CaseIterable {
    case resourceTypes = "resource_types"
    case inputs, select, ignore, severity
    case failLevel = "fail_level"
    case exclude
  }

  /// What a code weighs that is not reported.
  private static let off = "off"

  private let document: Document
  private(set) var configuration: Configuration
  private(set) var diagnostics: [Diagnostic]

  init(_ text: SourceText, directory: String) {
    let read = readDocument(text)
    document = read.document
    configuration = Configuration(directory: directory)
    diagnostics = located(read.diagnostics, in: read.document)
  }

  mutating func decode() {
    for (key, first) in document.duplicateKeys {
      let name = document.text(of: key)
      let related = [RelatedPlace("the first one", at: document[first].span)]
      diagnostics.append(
        Diagnostic(DuplicateKey(name: name), at: document[key].span, in: FieldPath().key(name), related: related))
    }
    // A file of comments alone says nothing, and so does an empty one.
    let roots = document.roots.filter { document[$0].kind != .null }
    guard let root = roots.first else { return }
    if roots.count > 1 {
      report(
        WrongType(subject: "a configuration", expected: "one document", found: "a second one"), roots[1], FieldPath())
    }
    members(of: root, "a configuration", FieldPath()) { decoder, name, key, value in
      let path = FieldPath().key(name)
      guard let known = Key(rawValue: name) else {
        return decoder.reportUnknown(name, key, among: Key.allCases.map(\.rawValue), path)
      }
      decoder.decode(known, value, path)
    }
  }

  private mutating func decode(_ key: Key, _ value: NodeID, _ path: FieldPath) {
    switch key {
    case .resourceTypes: configuration.resourceTypes = string(value, path).map(absolute)
    case .inputs:
      members(of: value, "`inputs`", path) { decoder, name, key, value in
        guard let input = InputSchemas.Input(rawValue: name) else {
          return decoder.reportUnknown(name, key, among: InputSchemas.Input.allCases.map(\.rawValue), path.key(name))
        }
        guard let file = decoder.string(value, path.key(name)) else { return }
        decoder.configuration.inputs[input] = decoder.absolute(file)
      }
    case .select: configuration.advice.selected = Set(codes(value, path))
    case .ignore: configuration.advice.ignored.formUnion(codes(value, path))
    case .severity:
      members(of: value, "`severity`", path) { decoder, name, key, value in
        decoder.decodeSeverity(of: name, key, value, path.key(name))
      }
    case .failLevel:
      guard let text = string(value, path) else { return }
      configuration.failLevel = Severity(rawValue: text)
      if configuration.failLevel == nil { reportWord(text, value, among: ["error", "warning", "hint"], path) }
    case .exclude: configuration.exclusions = strings(value, path).map { PathPattern($0.text) }
    }
  }

  private mutating func decodeSeverity(of code: String, _ key: NodeID, _ value: NodeID, _ path: FieldPath) {
    guard let text = string(value, path) else { return }
    guard isAdvice(code, key, path) else { return }
    if text == ConfigurationDecoder.off {
      configuration.advice.ignored.insert(code)
    } else if let severity = Severity(rawValue: text) {
      configuration.advice.severities[code] = severity
    } else {
      reportWord(text, value, among: ["error", "warning", "hint", ConfigurationDecoder.off], path)
    }
  }

  /// The codes of a list that are those of advice.
  private mutating func codes(_ value: NodeID, _ path: FieldPath) -> [String] {
    var codes: [String] = []
    for (index, (text, node)) in strings(value, path).enumerated() where isAdvice(text, node, path.index(index)) {
      codes.append(text)
    }
    return codes
  }

  /// Whether a code is one of advice; says what it is otherwise.
  private mutating func isAdvice(_ code: String, _ node: NodeID, _ path: FieldPath) -> Bool {
    guard let descriptor = DiagnosticCatalog.descriptor(code) else {
      let closest = closestName(to: code, among: DiagnosticCatalog.descriptors.filter { $0.failure == nil }.map(\.id))
      report(
        UnusedSuppression([code], .unknown(closest: closest), fixIt: nil), node, path, severity: .error)
      return false
    }
    if descriptor.failure != nil { report(UnusedSuppression([code], .error, fixIt: nil), node, path) }
    return descriptor.failure == nil
  }

  // MARK: Values

  private mutating func members(
    of value: NodeID, _ subject: String, _ path: FieldPath,
    _ body: (inout ConfigurationDecoder, String, NodeID, NodeID) -> Void
  ) {
    let object = document.resolved(value)
    guard document[object].kind == .object else {
      return report(WrongType(subject: subject, expected: "an object", found: found(value)), value, path)
    }
    let repeated = Set(document.duplicateKeys.map(\.key))
    var members: [(NodeID, NodeID)] = []
    document.forEachMember(of: object) { key, value in if !repeated.contains(key) { members.append((key, value)) } }
    for (key, value) in members { body(&self, document.text(of: key), key, value) }
  }

  private mutating func string(_ value: NodeID, _ path: FieldPath) -> String? {
    if document[document.resolved(value)].kind == .string { return document.text(of: value) }
    report(WrongType(field: path.field, expected: "a string", found: found(value)), value, path)
    return nil
  }

  private mutating func strings(_ value: NodeID, _ path: FieldPath) -> [(text: String, node: NodeID)] {
    let array = document.resolved(value)
    guard document[array].kind == .array else {
      report(WrongType(field: path.field, expected: "an array of strings", found: found(value)), value, path)
      return []
    }
    var elements: [NodeID] = []
    document.forEachElement(of: array) { _, element in elements.append(element) }
    return elements.enumerated().compactMap { index, element in
      string(element, path.index(index)).map { ($0, element) }
    }
  }

  private func absolute(_ path: String) -> String {
    var path = path
    while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
    while path.hasPrefix("./") { path.removeFirst(2) }
    if path.hasPrefix("/") { return path }
    if path == "." || path.isEmpty { return configuration.directory }
    return configuration.directory == "/" ? "/" + path : configuration.directory + "/" + path
  }

  private func found(_ value: NodeID) -> String {
    switch document[document.resolved(value)].kind {
    case .null: "null"
    case .true, .false: "a boolean"
    case .integer, .float: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    case .alias, .invalid: "something else"
    }
  }

  // MARK: Reporting

  private mutating func report(
    _ message: some DiagnosticMessage, _ node: NodeID, _ path: FieldPath, severity: Severity? = nil
  ) {
    // What could not be read was reported.
    guard document[document.resolved(node)].kind != .invalid else { return }
    var diagnostic = Diagnostic(message, at: document[node].span, in: path)
    if let severity { diagnostic.severity = severity }
    diagnostics.append(diagnostic)
  }

  private mutating func reportUnknown(_ name: String, _ key: NodeID, among names: [String], _ path: FieldPath) {
    report(UnknownField(name: name, closest: closestName(to: name, among: names), spelling: nil), key, path)
  }

  private mutating func reportWord(_ text: String, _ value: NodeID, among words: [String], _ path: FieldPath) {
    report(
      InvalidValue(
        field: path.field, value: text, allowed: words, closest: closestName(to: text, among: words), spelling: nil),
      value, path)
  }
}
