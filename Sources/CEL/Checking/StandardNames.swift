/// The names of types that CEL itself declares (cel-spec, "Values").
struct StandardNames: Sendable {
  /// All of them, the first parts of those with dots, and the first parts of functions' names.
  private let names: DeclaredNames
  private let facts: [NameFacts]
  let records: RecordTable

  /// The names' greatest number of parts.
  static let partLimit = 4

  /// Lays the names out, and adds their types to a table.
  ///
  /// - Parameters:
  ///   - namespaces: The first parts of the names of functions.
  ///   - table: The table.
  init(namespaces: some Sequence<String>, types table: inout TypeTable) {
    var parameters: [String] = []
    var facts: [String: NameFacts] = [Self.nullValue: NameFacts(type: .dyn, reference: .constant(0))]
    for (name, type) in Self.typeNames {
      facts[name, default: NameFacts()].type = table.id(of: .type(type), parameters: &parameters)
      facts[name, default: NameFacts()].reference = .typeName
      if let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")) {
        facts[String(name[..<dot]), default: NameFacts()].isQualifier = true
      }
    }
    for name in namespaces { facts[name, default: NameFacts()].isNamespace = true }
    let sorted = facts.sorted { $0.key < $1.key }
    names = DeclaredNames(sorted.map(\.key))
    self.facts = sorted.map(\.value)
    records = RecordTable(RecordType.wellKnown, types: &table)
  }

  /// What a name is; `nil` when it is nothing of CEL's own.
  func facts(_ text: [UInt8], in range: Range<Int>) -> NameFacts? { names.index(of: text, in: range).map { facts[$0] } }

  /// The one constant of CEL's own, the first of every environment's.
  static let nullValue = "google.protobuf.NullValue.NULL_VALUE"

  private static let typeNames: [(name: String, type: CELType)] =
    [
      ("bool", .bool), ("int", .int), ("uint", .uint), ("double", .double), ("string", .string), ("bytes", .bytes),
      ("list", .list(.dyn)), ("map", .map(.dyn, .dyn)), ("null_type", .null), ("type", .type(.dyn)), ("dyn", .dyn),
      ("optional_type", .optional(.dyn)), ("net.IP", .abstract("net.IP", [])), ("net.CIDR", .abstract("net.CIDR", [])),
      ("google.protobuf.NullValue", .dyn),
    ] + RecordType.wellKnown.map { ($0.name, $0.value) }
}
