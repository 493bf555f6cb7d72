/// A record's type and fields, where they lie.
///
/// INVARIANT: as for `Value`.
@safe
package struct RecordView: BitwiseCopyable {
  @usableFromInline let address: UInt64

  @inlinable init(address: UInt64) { self.address = address }

  /// What lies at the address.
  struct Header: BitwiseCopyable {
    /// The address of the `RecordLayouts`, which the arena keeps alive, and the place of the record's type there.
    let layouts: UInt64
    let place: Int
    /// The fields' values, in the order of the layout; those that are not set are of kind `error`.
    ///
    /// Behind them stand the bytes of fields that the type does not have.
    let fields: UInt64
  }

  private var header: Header {
    guard let pointer = unsafe UnsafePointer<Header>(bitPattern: UInt(address)) else { fatalError("no record") }
    return unsafe pointer.pointee
  }

  var layouts: RecordLayouts { RecordLayouts.at(header.layouts) }

  var layout: RecordLayout { layouts.layouts[header.place] }

  /// The name of its type.
  package var typeName: String { layout.name }

  /// Whether no field is set.
  package var isEmpty: Bool {
    let count = layout.fields.count
    let values = ListView(address: header.fields, count: count + 1)
    return values[count].count == 0 && !values.dropLast().contains { $0.kind != .error }
  }

  /// The value of a field that is set, by its place in the layout.
  func field(_ index: Int) -> Value? {
    let value = ListView(address: header.fields, count: layout.fields.count)[index]
    return value.kind == .error ? nil : value
  }

  /// The bytes of fields that the type does not have.
  private func unknownFields(_ layout: RecordLayout) -> ByteView {
    ListView(address: header.fields, count: layout.fields.count + 1)[layout.fields.count].bytes
  }

  // MARK: - Members

  /// The value of a field, or what it reads as while it is not set.
  ///
  /// - Throws: `EvaluationError` for names that the type does not have, and for an `Any` that holds nothing known.
  func member(_ name: ByteView, _ context: EvaluationContext) throws(EvaluationError) -> Value? {
    let layout = layout
    let place = try place(of: name, layout)
    guard let value = field(place) else {
      return try layouts.defaultValue(of: layout.fields[place], context.arena)
    }
    // What an `Any` holds is looked for when the message is read; a type that nobody declared matters only here.
    if value.kind == .record, value.record.layout.wellKnown == .any {
      throw .invalidArgument(
        "the `Any` in `\(String(decoding: name, as: UTF8.self))` is of a type that is not declared")
    }
    return value
  }

  /// Whether a field is set.
  func isSet(_ name: ByteView) throws(EvaluationError) -> Bool { field(try place(of: name, layout)) != nil }

  private func place(of name: ByteView, _ layout: RecordLayout) throws(EvaluationError) -> Int {
    let name = String(decoding: name, as: UTF8.self)
    if let place = layout.place(of: name) { return place }
    throw EvaluationError(.noSuchKey, "no such field `\(name)` on `\(layout.name)`")
  }

  /// Whether two records have the same type, the same fields set, and equal values in them.
  func isEqual(to other: RecordView, _ walk: inout ValueWalk) throws(EvaluationError) -> Bool {
    let layout = layout
    let otherLayout = other.layout
    guard layout.name == otherLayout.name, layout.fields.count == otherLayout.fields.count else { return false }
    try walk.enter(layout.fields.count)
    for index in layout.fields.indices {
      guard let left = field(index), let right = other.field(index) else {
        if (field(index) == nil) != (other.field(index) == nil) { return false }
        continue
      }
      // An `Any` that holds an int is none that holds a double of the same value.
      guard left.kind == right.kind, try left.isEqual(to: right, &walk) else { return false }
    }
    walk.leave()
    return unknownFields(layout) == other.unknownFields(otherLayout)
  }
}

extension Arena {
  /// A record.
  ///
  /// - Parameters:
  ///   - layouts: The types.
  ///   - place: The place of the record's type among them.
  ///   - fields: The values in the order of the layout, `Value.unbound` for those that are not set.
  ///   - unknown: The bytes of fields that the type does not have.
  /// - Returns: The record, which lies in the arena.
  /// - Throws: `EvaluationError` where memory runs out.
  func record(
    _ layouts: RecordLayouts, _ place: Int, _ fields: [Value], unknown: [UInt8]
  ) throws(EvaluationError) -> Value {
    keepOnce(layouts)
    let values = try list(fields + [try bytes(unknown)])
    let header = unsafe try allocate(MemoryLayout<RecordView.Header>.size)
      .bindMemory(to: RecordView.Header.self, capacity: 1)
    unsafe header.initialize(to: RecordView.Header(layouts: layouts.address, place: place, fields: values.bits))
    return Value(.record, bits: UInt64(UInt(bitPattern: header)))
  }
}
