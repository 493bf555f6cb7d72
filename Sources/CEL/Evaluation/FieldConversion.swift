/// Makes field values of the values that expressions assign (cel-spec, "Messages"; "Dynamic Values").
struct FieldConversion {
  /// Where new values lie.
  let arena: Arena

  /// How deep values may nest that become JSON; protocol buffers' own readers stop there too.
  static let nestingLimit = 100

  /// The value as a field of a form holds it.
  ///
  /// - Returns: `nil` for null where a message is wanted, which leaves the field unset and lists and maps without it.
  /// - Throws: `EvaluationError` for values that the form does not have.
  func converted(_ value: Value, to form: FieldForm, depth: Int) throws(EvaluationError) -> Value? {
    switch form {
    case .bool: return try value.expected(.bool)
    case .int32, .sint32, .sfixed32, .enumeration:
      guard Int32(exactly: try value.expected(.int).int) != nil else {
        throw .overflow("the value needs more than 32 bits")
      }
      return value
    case .uint32, .fixed32:
      guard UInt32(exactly: try value.expected(.uint).uint) != nil else {
        throw .overflow("the value needs more than 32 bits")
      }
      return value
    case .typedEnumeration(let name):
      guard try value.expected(.opaque).opaque.typeName == name else { throw value.mismatch }
      return value
    case .int64, .sint64, .sfixed64: return try value.expected(.int)
    case .uint64, .fixed64: return try value.expected(.uint)
    case .float: return .double(Double(Float(try value.expected(.double).double)))
    case .double: return try value.expected(.double)
    case .string: return try value.expected(.string)
    case .bytes: return try value.expected(.bytes)
    case .null:
      guard value.kind == .null || value.kind == .int && value.int == 0 else { throw value.mismatch }
      return .null
    case .message(let name), .group(let name): return try message(value, name)
    case .list(let element):
      let list = try value.expected(.list)
      var elements: [Value] = []
      elements.reserveCapacity(Int(list.count))
      for value in list.elements {
        if let value = try converted(value, to: element, depth: depth) { elements.append(value) }
      }
      return try arena.list(elements)
    case .map(let key, let element):
      let view = try value.expected(.map).entries
      var entries: [MapView.Entry] = []
      entries.reserveCapacity(view.count)
      for index in 0..<view.count {
        guard let key = try converted(view[index].key, to: key, depth: depth),
          let value = try converted(view[index].value, to: element, depth: depth)
        else { continue }
        entries.append(MapView.Entry(key: key, value: value))
      }
      return try arena.map(entries)
    case .value(let type):
      guard type.valueKinds & value.kind.bit != 0 else { throw value.mismatch }
      return value
    }
  }

  private func message(_ value: Value, _ name: String) throws(EvaluationError) -> Value? {
    guard let message = WellKnownMessage(named: name) else {
      if value.kind == .null { return nil }
      guard try value.expected(.record).record.typeName == name else { throw value.mismatch }
      return value
    }
    switch message {
    case .any:
      switch value.kind {
      case .list, .map: return try json(value, depth: 0)
      case .type, .optional, .opaque, .error: throw value.mismatch
      case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .record: return value
      }
    case .value: return try json(value, depth: 0)
    case .structure: return try json(value.expected(.map), depth: 0)
    case .listValue: return try json(value.expected(.list), depth: 0)
    case .timestamp: return value.kind == .null ? nil : try value.expected(.timestamp)
    case .duration: return value.kind == .null ? nil : try value.expected(.duration)
    case .boolValue, .bytesValue, .doubleValue, .floatValue, .int32Value, .int64Value, .stringValue, .uint32Value,
      .uint64Value:
      guard value.kind != .null, let form = message.wrapped else { return nil }
      return try converted(value, to: form, depth: 0)
    }
  }
}

extension Value {
  /// The value, which must be of a kind.
  fileprivate func expected(_ kind: ValueKind) throws(EvaluationError) -> Value {
    guard self.kind == kind else { throw mismatch }
    return self
  }

  fileprivate var mismatch: EvaluationError {
    .invalidArgument("the field cannot hold a value of type \(kind.typeName)")
  }
}
