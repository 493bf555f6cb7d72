extension Value {
  /// A copy that needs no arena.
  ///
  /// - Parameter byteLimit: How much memory it may take, about: values that share their parts may be larger by far when
  ///   they are copied than they are in an arena.
  /// - Returns: The copy.
  /// - Throws: `EvaluationError` for values that nest too deep or are too large.
  package func copied(byteLimit: Int = EvaluationBudget.standard.bytes) throws(EvaluationError) -> CELValue {
    var copy = ValueCopy(byteLimit: byteLimit)
    return try copy.copied(self)
  }
}

/// Copies values out of an arena, with a stack of its own.
struct ValueCopy {
  /// How deep values may nest that go into an arena or come out of one.
  ///
  /// Inputs nest 256 deep, and an expression adds no more than the 128 that it nests itself, but variables may build on
  /// each other, and what a caller does with a value may be recursive.
  static let nestingLimit = 400

  /// How much memory the copies may still take, about.
  private(set) var bytesLeft: Int
  /// The values whose parts are being copied, the innermost last.
  private var open: [Container] = []

  init(byteLimit: Int) { bytesLeft = byteLimit }

  /// A value with the copies of its parts so far.
  private struct Container {
    let value: Value
    /// Of a record, the places of the fields that are set.
    let fields: [Int]
    let count: Int
    var parts: [CELValue] = []

    init(_ value: Value) {
      self.value = value
      fields = value.kind == .record ? value.record.layout.fields.indices.filter { value.record.field($0) != nil } : []
      count =
        switch value.kind {
        case .list: Int(value.count)
        case .map: value.entries.count * 2
        case .record: fields.count
        default: 1
        }
    }

    /// The next part to be copied.
    var next: Value {
      let index = parts.count
      switch value.kind {
      case .list: return value.elements[index]
      case .map:
        let entry = value.entries[index / 2]
        return index % 2 == 0 ? entry.key : entry.value
      case .record: return value.record.field(fields[index]) ?? .null
      default: return value.optionalValue ?? .null
      }
    }

    /// The copy, once all parts are there.
    var copy: CELValue {
      switch value.kind {
      case .list: return .list(parts)
      case .map: return .map((0..<count / 2).map { CELValue.Entry(parts[$0 * 2], parts[$0 * 2 + 1]) })
      case .record:
        let layout = value.record.layout
        return .record(layout.name, zip(fields, parts).map { (name: layout.fields[$0].name, value: $1) })
      default: return .optional(parts.first)
      }
    }
  }

  /// A copy of a value.
  mutating func copied(_ value: Value) throws(EvaluationError) -> CELValue {
    open.removeAll()
    var value = value
    while true {
      bytesLeft &-=
        MemoryLayout<CELValue>.stride &+ (value.kind == .string || value.kind == .bytes ? Int(value.count) : 0)
      guard bytesLeft >= 0 else { throw EvaluationError(.limit, "the value is too large") }
      if let copy = Self.simpleCopy(value) {
        if open.isEmpty { return copy }
        open[open.count - 1].parts.append(copy)
      } else {
        guard open.count < ValueCopy.nestingLimit else { throw EvaluationError(.limit, "the value nests too deep") }
        open.append(Container(value))
      }
      while let last = open.last, last.parts.count == last.count {
        open.removeLast()
        if open.isEmpty { return last.copy }
        open[open.count - 1].parts.append(last.copy)
      }
      if let last = open.last { value = last.next }
    }
  }

  /// A copy of a value without parts.
  private static func simpleCopy(_ value: Value) -> CELValue? {
    switch value.kind {
    case .null, .error: .null
    case .bool: .bool(value.isTrue)
    case .int: .int(value.int)
    case .uint: .uint(value.uint)
    case .double: .double(value.double)
    case .string: .string(value.text)
    case .bytes: .bytes(Array(value.bytes))
    case .timestamp: .timestamp(value.timestamp)
    case .duration: .duration(value.duration)
    case .type: .type(value.text)
    case .optional: value.optionalValue == nil ? .optional(nil) : nil
    case .list, .map, .record: nil
    case .opaque: .opaque(value.opaque)
    }
  }
}
