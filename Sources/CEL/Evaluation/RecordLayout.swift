/// A record type as programs use it.
@safe
package final class RecordLayout: Sendable {
  package let type: RecordType
  var name: String { type.name }
  var fields: [RecordType.Field] { type.fields }
  private let places: [String: Int]

  init(_ type: RecordType) {
    self.type = type
    places = Dictionary(type.fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The place of the field of a name.
  func place(of name: ByteView) -> Int? { places[String(decoding: name, as: UTF8.self)] }

  var address: UInt64 { UInt64(UInt(bitPattern: unsafe Unmanaged.passUnretained(self).toOpaque())) }

  /// The layout at an address.
  static func at(_ address: UInt64) -> RecordLayout {
    guard let pointer = unsafe UnsafeRawPointer(bitPattern: UInt(address)) else { fatalError("no record type") }
    return unsafe Unmanaged<RecordLayout>.fromOpaque(pointer).takeUnretainedValue()
  }
}
