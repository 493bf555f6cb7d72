/// The record types of an environment as evaluations use them: its own, and the messages that CEL knows.
@safe
package final class RecordLayouts: Sendable {
  let layouts: [RecordLayout]
  private let places: [String: Int]

  /// The messages that CEL knows.
  package static let standard = RecordLayouts([])

  /// Lays out the types of an environment.
  init(_ types: [RecordType]) {
    layouts = (types + RecordType.wellKnown).map { RecordLayout($0) }
    places = Dictionary(layouts.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The place of the type of a name.
  func place(named name: String) -> Int? { places[name] }

  /// The type of a name.
  package func type(named name: String) -> RecordType? { places[name].map { layouts[$0].type } }

  var address: UInt64 { UInt64(UInt(bitPattern: unsafe Unmanaged.passUnretained(self).toOpaque())) }

  /// The layouts at an address.
  static func at(_ address: UInt64) -> RecordLayouts {
    guard let pointer = unsafe UnsafeRawPointer(bitPattern: UInt(address)) else { fatalError("no record types") }
    return unsafe Unmanaged<RecordLayouts>.fromOpaque(pointer).takeUnretainedValue()
  }
}

/// A record type with its fields in the order in which records hold them.
struct RecordLayout: Sendable {
  let type: RecordType
  let wellKnown: WellKnownMessage?
  private let places: [String: Int]
  private let numberedPlaces: [Int: Int]

  var name: String { type.name }
  var fields: [RecordType.Field] { type.fields }

  init(_ type: RecordType) {
    self.type = type
    wellKnown = WellKnownMessage(named: type.name)
    let fields = type.fields.enumerated()
    places = Dictionary(fields.map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    numberedPlaces = Dictionary(
      fields.filter { $1.number > 0 }.map { ($1.number, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The place of the field of a name.
  func place(of name: String) -> Int? { places[name] }

  /// The place of the field that has a number in the bytes of a message.
  func place(ofNumber number: Int) -> Int? { numberedPlaces[number] }
}
