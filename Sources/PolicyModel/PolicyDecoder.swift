package import Diagnostics
package import DocumentTree
internal import Source

/// Reads the policies of a document, and says everything in which it does not fit the policy schema.
///
/// What can be read of a damaged policy is read, so that its intact conditions are checked in the same pass. Of two members
/// with one key, or with two names of one field, the first counts and the second is reported and not looked at.
///
/// - Parameters:
///   - document: The tree as its reader left it.
///   - readingFailed: Whether the reader found errors; a document without a root then needs no further word.
/// - Returns: The policies, and what is wrong, in document order.
package func decodePolicies(
  _ document: Document, readingFailed: Bool = false
) -> (policies: [Policy], diagnostics: [Diagnostic]) {
  var decoder = PolicyDecoder(document)
  decoder.decodeStream(readingFailed: readingFailed)
  decoder.reportDuplicateKeys()
  decoder.reportOmission()
  let policies = decoder.records.map { record in
    Policy(
      source: PolicySource(document: document, rulesPath: record.path.key(PolicyField.rules.key)), record: record)
  }
  return (policies, decoder.findings)
}

/// Turns nodes into records of policies.
///
/// Its extensions hold the objects and values it can read.
struct PolicyDecoder {
  let document: Document
  let nodes: [DocumentNode]
  let bytes: [UInt8]
  let policyKeys = PolicyField.keys
  let ruleKeys = RuleField.keys
  var records: [PolicyRecord] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// Hints, which are counted apart: they never crowd an error out, and what is left out of them fails nothing.
  private var advice: [Diagnostic] = []
  /// Where the first fault stands that is not reported any more.
  private var firstOmitted: SourceSpan?
  /// The objects that declare variables, whose duplicate keys are duplicate variables.
  var variableObjects: Set<Int> = []

  init(_ document: Document) {
    self.document = document
    nodes = document.nodes
    bytes = document.source.bytes
  }

  /// Notes a fault, or only that there are more of them than are reported.
  mutating func add(_ diagnostic: Diagnostic) {
    if diagnostics.count < FaultLimit.count { return diagnostics.append(diagnostic) }
    if firstOmitted == nil { firstOmitted = diagnostic.span }
  }

  /// Notes a hint, unless there are too many already.
  mutating func advise(_ diagnostic: Diagnostic) {
    if advice.count < FaultLimit.adviceCount { advice.append(diagnostic) }
  }

  /// All that was noted, in document order.
  var findings: [Diagnostic] { (diagnostics + advice).inDocumentOrder() }

  /// Whether no further fault is reported; what only serves to report one may then be left out.
  var isFull: Bool { firstOmitted != nil }

  /// Says that some faults are not reported.
  mutating func reportOmission() {
    guard let firstOmitted else { return }
    let message = LimitExceeded("only the first \(FaultLimit.count) faults of a document are reported")
    diagnostics.append(Diagnostic(message, at: firstOmitted))
  }

  /// The top values that hold something, and the paths of what stands in each.
  ///
  /// Documents of a YAML stream in which nothing is written are not counted: a closing `---` makes no second policy.
  var roots: [(node: Int, path: FieldPath)] {
    let filled = document.roots.map(\.index).filter { nodes[$0].kind != .null || !nodes[$0].span.isEmpty }
    guard filled.count > 1 else { return filled.map { ($0, FieldPath()) } }
    return filled.enumerated().map { ($1, FieldPath([.index($0)])) }
  }

  mutating func decodeStream(readingFailed: Bool) {
    let roots = roots
    for root in roots {
      if nodes[root.node].kind == .array {
        decodePolicyArray(root.node, at: root.path)
      } else {
        decodeEntry(root.node, at: root.path)
      }
    }
    // JSON without a value is `invalid-json` already.
    if roots.isEmpty, document.format == .yaml, !readingFailed {
      let span = document.roots.first.map { nodes[$0.index].span } ?? SourceSpan(at: 0)
      let message = WrongType(subject: "a policy", expected: "an object", found: "an empty document")
      add(Diagnostic(message, at: span))
    }
  }

  private mutating func decodePolicyArray(_ array: Int, at path: FieldPath) {
    let end = Int(nodes[array].link)
    var child = array + 1
    var index = 0
    while child < end {
      decodeEntry(child, at: path.index(index))
      index += 1
      child = next(after: child)
    }
    if index == 0 {
      add(
        Diagnostic(InvalidLength("a list of policies holds at least one"), at: nodes[array].span, in: path))
    }
  }

  /// Reads a policy, or a wrapper around one.
  private mutating func decodeEntry(_ value: Int, at path: FieldPath) {
    guard let object = objectNode(value, subject: "a policy", in: path) else { return }
    guard let (key, policy) = wrappedPolicy(in: object) else { return decodePolicy(object, at: path) }
    let name = document.text(of: NodeID(key))
    let wrapped = path.key(name)
    if name != PolicyDecoder.wrapperKey {
      report(
        UnknownField(
          name: excerpt(name), closest: PolicyDecoder.wrapperKey,
          spelling: spelling(PolicyDecoder.wrapperKey, inPlaceOf: key)),
        at: key, in: wrapped)
    }
    if let object = objectNode(policy, subject: "`policy`", in: wrapped) { decodePolicy(object, at: wrapped) }
  }

  /// The key that a wrapper has for its policy.
  private static let wrapperKey = "policy"

  /// The member of a wrapper that holds the policy, `nil` when an object is none.
  ///
  /// A wrapper has no other members but `$schema` and `x-…`. Its key may be misspelt if an object stands behind it.
  private func wrappedPolicy(in object: Int) -> (key: Int, value: Int)? {
    let end = Int(nodes[object].link)
    var child = object + 1
    var found: (key: Int, value: Int)?
    while child < end {
      let value = next(after: child)
      if !isIgnoredKey(child) {
        let name = content(of: child)
        guard name.range.count < 16 else { return nil }
        let isWrapper = name.bytes[name.range].elementsEqual(PolicyDecoder.wrapperKey.utf8)
        if let found {
          // A second `policy` is a duplicate key, and reported as that.
          guard isWrapper, content(of: found.key).range.count == name.range.count else { return nil }
        } else {
          guard isWrapper || isMisspeltWrapper(child, value) else { return nil }
          found = (child, value)
        }
      }
      child = next(after: value)
    }
    return found
  }

  private func isMisspeltWrapper(_ key: Int, _ value: Int) -> Bool {
    guard nodes[resolved(value)].kind == .object else { return false }
    return closestName(to: document.text(of: NodeID(key)), among: [PolicyDecoder.wrapperKey]) != nil
  }
}

/// How many faults of its form a document is told of: without a bound, one that holds nothing else would exhaust memory.
enum FaultLimit {
  static let count = 100_000
  /// A reader has no use for more hints of one kind.
  static let adviceCount = 10_000
}
