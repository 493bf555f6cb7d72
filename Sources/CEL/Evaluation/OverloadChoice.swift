// Which overload a call takes, by the values it meets.
extension FunctionTable {
  /// Whether a candidate takes these arguments.
  func accepts(_ index: Int, _ arguments: Arguments) -> Bool {
    let candidate = candidates[index]
    guard candidate.parameterCount == arguments.count else { return false }
    for number in 0..<candidate.parameterCount {
      let kinds = parameterKinds[candidate.firstParameter + number]
      let argument = arguments[number]
      guard kinds & argument.kind.bit != 0 else { return false }
      // Values of these kinds have types of many names.
      switch argument.kind {
      case .opaque where kinds == ValueKind.opaque.bit:
        guard case .abstract(argument.opaque.typeName, _) = overloads[index].parameters[number] else { return false }
      case .record where kinds == ValueKind.record.bit:
        guard case .message(argument.record.layout.name) = overloads[index].parameters[number] else { return false }
      case .error, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .list, .map, .type,
        .optional, .record, .opaque:
        break
      }
    }
    return true
  }

  /// Calls the first candidate of a site that takes the arguments.
  func call(
    _ site: Program.CallSite, _ arguments: Arguments, _ context: EvaluationContext
  ) throws(EvaluationError) -> Value {
    for index in site.candidates where candidates[index].isMember == site.isMember && accepts(index, arguments) {
      guard let implementation = implementations[index] else {
        throw .invalidArgument("`\(overloads[index].name)` is declared, but does nothing here")
      }
      return try implementation(arguments, context)
    }
    throw .noOverload
  }
}

extension CELType {
  /// The kinds of the values of a type, as bits.
  var valueKinds: UInt32 {
    switch self {
    case .error, .dyn, .any, .parameter: ~ValueKind.error.bit
    case .null: ValueKind.null.bit
    case .bool: ValueKind.bool.bit
    case .int: ValueKind.int.bit
    case .uint: ValueKind.uint.bit
    case .double: ValueKind.double.bit
    case .string: ValueKind.string.bit
    case .bytes: ValueKind.bytes.bit
    case .timestamp: ValueKind.timestamp.bit
    case .duration: ValueKind.duration.bit
    case .wrapper(.bool): ValueKind.null.bit | ValueKind.bool.bit
    case .wrapper(.int): ValueKind.null.bit | ValueKind.int.bit
    case .wrapper(.uint): ValueKind.null.bit | ValueKind.uint.bit
    case .wrapper(.double): ValueKind.null.bit | ValueKind.double.bit
    case .wrapper(.string): ValueKind.null.bit | ValueKind.string.bit
    case .wrapper(.bytes): ValueKind.null.bit | ValueKind.bytes.bit
    case .list: ValueKind.list.bit
    case .map: ValueKind.map.bit
    case .type: ValueKind.type.bit
    case .abstract("optional_type", _): ValueKind.optional.bit
    case .abstract: ValueKind.opaque.bit
    case .message: ValueKind.record.bit
    }
  }

  /// The name of the type as `type(x)` gives it (cel-spec, "Values").
  var runtimeName: String {
    switch self {
    case .error, .dyn: "dyn"
    case .any: "google.protobuf.Any"
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .wrapper(let primitive): "\(primitive)"
    case .list: "list"
    case .map: "map"
    case .type: "type"
    case .abstract(let name, _), .message(let name), .parameter(let name): name
    }
  }
}
