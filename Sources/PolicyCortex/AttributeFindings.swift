internal import CEL
internal import Diagnostics
internal import PolicyModel
internal import Source

/// Says of names that schemas do not have what is wrong with them.
struct AttributeFindings: Sendable {
  /// The types that the policy's conditions are checked against, in its order; `nil` for none.
  let resourceTypes: [String?]
  let catalogue: ResourceTypeCatalogue?

  /// How many attributes may be compared with misspelt names of one expression.
  private static let comparisonLimit = 4_000

  /// What is told of the faults of one expression.
  ///
  /// - Parameters:
  ///   - faults: Those that were found with each of the types.
  ///   - types: What was found of the expression with each of them.
  /// - Returns: One diagnostic for each name at each place.
  func diagnostics(_ faults: [[AttributeFault]], types: [CheckedTypes]) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var seen: Set<Place> = []
    var comparisons = Self.comparisonLimit
    for (reading, found) in faults.enumerated() {
      for fault in found where seen.insert(Place(fault)).inserted {
        let lacking = faults.indices.filter { $0 >= reading && faults[$0].contains { Place($0) == Place(fault) } }
        if lacking.count < faults.count, let name = resourceTypes[reading] {
          let names = lacking.map { resourceTypes[$0] ?? name }
          let having = faults.indices.filter { !lacking.contains($0) }.compactMap { resourceTypes[$0] }
          let message = AttributeOfOtherType(name: fault.name, lacking: names, having: having)
          diagnostics.append(Diagnostic(message, at: fault.span))
        } else if let table = types[reading].attributeTable(of: fault.owner.source) {
          comparisons -= table.members(of: fault.owner.index).count
          let closest = comparisons > 0 ? closest(to: fault.name, among: table, of: fault.owner.index) : nil
          diagnostics.append(diagnostic(of: fault, lacking: lacking, table, closest))
        }
      }
    }
    return diagnostics
  }

  /// Tells faults of different types apart only by what the user sees.
  private struct Place: Hashable {
    let span: SourceSpan
    let name: String

    init(_ fault: AttributeFault) {
      span = fault.span
      name = fault.name
    }
  }

  /// What is told of a name that none of the policy's types has there.
  private func diagnostic(
    of fault: AttributeFault, lacking: [Int], _ table: AttributeTable, _ closest: String?
  ) -> Diagnostic {
    let isOwn = fault.owner.source == 0 && fault.owner.index == 0
    let others = isOwn ? catalogue?.types(having: fault.name) ?? [] : []
    if let type = resourceTypes[lacking[0]], !others.isEmpty, closest.map({ !isSlip(fault.name, for: $0) }) ?? true {
      let names = lacking.map { resourceTypes[$0] ?? type }
      return Diagnostic(AttributeOfOtherType(name: fault.name, lacking: names, having: others), at: fault.span)
    }
    let path = table.path(of: fault.owner.index)
    let message = UnknownAttribute(
      name: fault.name, owner: path.isEmpty ? "`\(table.name)`" : "`\(path)` in `\(table.name)`", closest: closest,
      spelling: closest.flatMap { AttributeSpelling.of($0, quote: fault.quote) },
      help: others.first.map { "`\($0)` has an attribute `\(fault.name)`" })
    return Diagnostic(message, at: fault.span)
  }

  /// The attribute that a name was probably meant to be: the same words in another spelling, or a name that is near.
  private func closest(to name: String, among table: AttributeTable, of owner: Int) -> String? {
    let names = table.members(of: owner).map { table.name(of: $0) }
    let words = AttributeSpelling.folded(name)
    return names.first { AttributeSpelling.folded($0) == words } ?? closestName(to: name, among: names)
  }

  /// Whether a name is another spelling of an attribute's, or one slip of a finger away.
  private func isSlip(_ name: String, for attribute: String) -> Bool {
    let written = AttributeSpelling.folded(name)
    let meant = AttributeSpelling.folded(attribute)
    if written == meant { return true }
    let start = zip(written, meant).prefix { $0 == $1 }.count
    let left = Array(written[start...])
    let right = Array(meant[start...])
    if left.count == right.count {
      if left.dropFirst().elementsEqual(right.dropFirst()) { return true }
      return left.count > 1 && left[0] == right[1] && left[1] == right[0]
        && left.dropFirst(2).elementsEqual(right.dropFirst(2))
    }
    return left.count == right.count + 1 && left.dropFirst().elementsEqual(right)
      || right.count == left.count + 1 && right.dropFirst().elementsEqual(left)
  }
}

/// How names of attributes are written.
enum AttributeSpelling {
  /// A name without what tells `bucket_name`, `bucketName` and `BucketName` apart.
  static func folded(_ name: String) -> [UInt8] {
    name.utf8.compactMap { byte in
      switch byte {
      case UInt8(ascii: "_"), UInt8(ascii: "-"): nil
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      default: byte
      }
    }
  }

  /// A name in the place of another one; `nil` when it cannot be written there.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - quote: What stands around the other one: `"` in an index, a backquote, or nothing.
  /// - Returns: The name, with what must stand around it.
  static func of(_ name: String, quote: String) -> String? {
    if quote == "\"" { return JSONText.quoted(name) }
    if isIdentifier(name) { return quote + name + quote }
    let isQuotable = name.utf8.allSatisfy { isLetter($0) || isDigit($0) || "_-./ ".utf8.contains($0) }
    return isQuotable && !name.isEmpty ? "`\(name)`" : nil
  }

  private static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.utf8.first, isLetter(first) || first == UInt8(ascii: "_") else { return false }
    // Words that are tokens of their own.
    if ["true", "false", "null", "in"].contains(name) { return false }
    return name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
