/// The keys of one of the schema's objects, for looking one up by its bytes without making a string of it.
struct FieldKeys: Sendable {
  /// A key as its length, its first eight bytes in one word, and the rest.
  private struct Entry: Sendable {
    let count: Int
    let head: UInt64
    let tail: ArraySlice<UInt8>
    let field: UInt8
  }

  private let entries: [Entry]
  private let longest: Int

  init<Field: SchemaField>(_ fields: Field.Type) {
    entries = Field.allCases.map { field in
      let bytes = Array(field.key.utf8)
      return Entry(
        count: bytes.count, head: FieldKeys.head(of: bytes, at: 0, count: bytes.count), tail: bytes.dropFirst(8),
        field: field.rawValue)
    }
    longest = entries.map(\.count).max() ?? 0
  }

  /// The raw value of the field whose key stands in a range of some bytes, `nil` when it is no field's.
  func field(in bytes: [UInt8], at start: Int, count: Int) -> UInt8? {
    guard count > 0, count <= longest else { return nil }
    let head = FieldKeys.head(of: bytes, at: start, count: count)
    for entry in entries where entry.head == head && entry.count == count {
      if count <= 8 || bytes[(start + 8)..<(start + count)] == entry.tail { return entry.field }
    }
    return nil
  }

  private static func head(of bytes: [UInt8], at start: Int, count: Int) -> UInt64 {
    var word: UInt64 = 0
    for offset in 0..<min(count, 8) { word |= UInt64(bytes[start + offset]) &<< UInt64(8 &* offset) }
    return word
  }
}
