/// A record's type and fields, where they lie.
///
/// INVARIANT: as for `Value`.
@safe
package struct RecordView: BitwiseCopyable {
  @usableFromInline let address: UInt64

  @inlinable init(address: UInt64) { self.address = address }

  /// What lies at the address.
  struct Header: BitwiseCopyable {
    /// The address of the `RecordLayout`, which the program keeps alive.
    let layout: UInt64
    /// The fields' values, in the order of the layout; those that are not set are of kind `error`.
    let fields: UInt64
  }

  private var header: Header {
    guard let pointer = unsafe UnsafePointer<Header>(bitPattern: UInt(address)) else { fatalError("no record") }
    return unsafe pointer.pointee
  }

  var layout: RecordLayout { RecordLayout.at(header.layout) }

  /// The value of a field that is set, by its place in the layout.
  func field(_ index: Int) -> Value? {
    let value = ListView(address: header.fields, count: layout.fields.count)[index]
    return value.kind == .error ? nil : value
  }

  /// Whether two records have the same type, the same fields set, and equal values in them.
  func isEqual(to other: RecordView, depth: Int) throws(EvaluationError) -> Bool {
    guard layout.name == other.layout.name else { return false }
    for index in layout.fields.indices {
      guard let left = field(index), let right = other.field(index) else {
        if (field(index) == nil) != (other.field(index) == nil) { return false }
        continue
      }
      guard try left.isEqual(to: right, depth: depth) else { return false }
    }
    return true
  }
}
