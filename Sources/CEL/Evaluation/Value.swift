/// A value while a program runs: 16 bytes without a reference count.
///
/// What does not fit into it lies in an `Arena`: that of the evaluation, of the activation, or of the program.
///
/// INVARIANT: a value is used only as long as the arenas live that it points into. What leaves an evaluation is copied
/// into a `CELValue` first.
package struct Value: BitwiseCopyable {
  /// The number, the truth value, the seconds, or the address of the content.
  @usableFromInline let bits: UInt64
  /// The length in bytes of a text, the number of elements, or the nanoseconds.
  @usableFromInline let count: UInt32
  package let kind: ValueKind
  package let flags: Flags

  package struct Flags: OptionSet, BitwiseCopyable, Sendable {
    package let rawValue: UInt8

    @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The null or the map comes from an input whose absent members read as null.
    package static let readsAbsentAsNull = Flags(rawValue: 1)
  }

  @inlinable
  init(_ kind: ValueKind, bits: UInt64 = 0, count: UInt32 = 0, flags: Flags = []) {
    self.kind = kind
    self.bits = bits
    self.count = count
    self.flags = flags
  }

  package static let null = Value(.null)
  /// The null that stands for what an input lacks.
  package static let absent = Value(.null, flags: .readsAbsentAsNull)
  package static let none = Value(.optional)

  @inlinable package static func bool(_ value: Bool) -> Value { Value(.bool, bits: value ? 1 : 0) }
  @inlinable package static func int(_ value: Int64) -> Value { Value(.int, bits: UInt64(bitPattern: value)) }
  @inlinable package static func uint(_ value: UInt64) -> Value { Value(.uint, bits: value) }
  @inlinable package static func double(_ value: Double) -> Value { Value(.double, bits: value.bitPattern) }

  package static func timestamp(_ value: Timestamp) -> Value {
    Value(.timestamp, bits: UInt64(bitPattern: value.seconds), count: UInt32(bitPattern: value.nanoseconds))
  }

  package static func duration(_ value: Duration) -> Value {
    Value(.duration, bits: UInt64(bitPattern: value.seconds), count: UInt32(bitPattern: value.nanoseconds))
  }

  /// The type of a name that lives as long as the process.
  package static func type(_ name: StaticString) -> Value {
    unsafe Value(
      .type, bits: UInt64(UInt(bitPattern: name.utf8Start)), count: UInt32(truncatingIfNeeded: name.utf8CodeUnitCount))
  }

  /// Texts, of kind `string`, `bytes` or `type`, that lie in an arena or live as long as the process.
  init(_ kind: ValueKind, _ view: ByteView) {
    self.init(kind, bits: view.address, count: UInt32(truncatingIfNeeded: view.count))
  }
}

// MARK: - What a value of a kind holds

// INVARIANT: the caller has looked at the kind.
extension Value {
  @inlinable package var isTrue: Bool { bits != 0 }
  @inlinable package var int: Int64 { Int64(bitPattern: bits) }
  @inlinable package var uint: UInt64 { bits }
  @inlinable package var double: Double { Double(bitPattern: bits) }

  package var timestamp: Timestamp {
    Timestamp(unchecked: Int64(bitPattern: bits), Int32(bitPattern: count))
  }

  package var duration: Duration {
    Duration(unchecked: Int64(bitPattern: bits), Int32(bitPattern: count))
  }

  /// The content of a string (UTF-8), of bytes, or the name of a type.
  @inlinable package var bytes: ByteView { ByteView(address: bits, count: Int(count)) }

  /// The content of a string.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The elements of a list.
  @inlinable package var elements: ListView { ListView(address: bits, count: Int(count)) }

  /// The entries of a map.
  @inlinable package var entries: MapView { MapView(address: bits) }

  /// What an optional holds; `nil` for none.
  package var optionalValue: Value? {
    guard bits != 0 else { return nil }
    return ListView(address: bits, count: 1)[0]
  }

  /// A record's type and fields.
  package var record: RecordView { RecordView(address: bits) }

  /// What an opaque value holds.
  package var opaque: any OpaqueValue { OpaqueBox.at(bits).value }

  /// Which of the evaluation's errors it is.
  var errorIndex: Int { Int(truncatingIfNeeded: bits) }

  /// A part of a text, which shares its bytes.
  package func slice(_ range: Range<Int>) -> Value { Value(kind, bytes.slice(range)) }

  /// The same map, whose absent members read as null, or the null that an absent member reads as.
  package var readingAbsentAsNull: Value { Value(kind, bits: bits, count: count, flags: .readsAbsentAsNull) }

  @inlinable package var readsAbsentAsNull: Bool { flags.contains(.readsAbsentAsNull) }
}
