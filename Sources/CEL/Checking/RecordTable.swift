/// The record types that conditions may construct and select from, laid out for looking up.
struct RecordTable: Sendable {
  /// The types, the environment's own before those that CEL knows.
  let records: [RecordType]
  private let names: DeclaredNames
  /// What a literal of each is.
  private var values: [TypeID] = []
  private var fieldNames: [DeclaredNames] = []
  private var fieldTypes: [[TypeID]] = []
  /// The record whose values have a type.
  private var places: [TypeID: Int] = [:]

  /// Lays out record types, and adds the types of their fields to a table.
  init(_ records: [RecordType], types table: inout TypeTable) {
    self.records = records
    names = DeclaredNames(records.map(\.name))
    var parameters: [String] = []
    for (place, record) in records.enumerated() {
      let value = table.id(of: record.value, parameters: &parameters)
      if case .message = record.value, places[value] == nil { places[value] = place }
      values.append(value)
      fieldNames.append(DeclaredNames(record.fields.map(\.name)))
      fieldTypes.append(record.fields.map { table.id(of: $0.type, parameters: &parameters) })
    }
  }

  /// The place of the record of that name.
  func place(of name: [UInt8]) -> Int? { names.index(of: name, in: name.indices) }

  /// The place of the record whose values have a type; `nil` when the type is of something else, or not declared.
  func place(of type: TypeID) -> Int? { places[type] }

  /// What a literal of the record at a place is.
  func value(at place: Int) -> TypeID { values[place] }

  /// The type of a field, by the range of bytes that spells its name; `nil` when the record has none of that name.
  func fieldType(_ text: [UInt8], in range: Range<Int>, of place: Int) -> TypeID? {
    fieldNames[place].index(of: text, in: range).map { fieldTypes[place][$0] }
  }
}
