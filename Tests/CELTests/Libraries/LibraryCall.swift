@testable import CEL

/// A value as tests write it, and what a call gives: a value, or the kind of its error.
indirect enum Sample: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  /// By its bits, so that NaN and the signs of zeros are told apart.
  case bits(UInt64)
  case string([UInt8])
  case bytes([UInt8])
  case list([Sample])
  case map([Sample: Sample])
  case type(String)
  case none
  case some(Sample)
  case timestamp(seconds: Int64)
  case duration(seconds: Int64)
  case ip(String)
  case cidr(String)
  case error(EvaluationError.Kind)

  static func double(_ value: Double) -> Sample { .bits(value.bitPattern) }
}

extension Sample: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByNilLiteral
{
  init(integerLiteral value: Int64) { self = .int(value) }
  init(floatLiteral value: Double) { self = .double(value) }
  init(stringLiteral value: String) { self = .string(Array(value.utf8)) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(arrayLiteral elements: Sample...) { self = .list(elements) }
  init(nilLiteral: ()) { self = .null }
}

extension Sample: CustomStringConvertible {
  var description: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .uint(let value): "\(value)u"
    case .bits(let bits): "\(Double(bitPattern: bits))"
    case .string(let bytes): "\"\(String(decoding: bytes, as: UTF8.self))\""
    case .bytes(let bytes): "b\(bytes)"
    case .list(let elements): "\(elements)"
    case .map(let entries): "\(entries)"
    case .type(let name): name
    case .none: "optional.none()"
    case .some(let content): "optional.of(\(content))"
    case .timestamp(let seconds): "timestamp(\(seconds))"
    case .duration(let seconds): "duration(\(seconds))"
    case .ip(let text): "ip(\(text))"
    case .cidr(let text): "cidr(\(text))"
    case .error(let kind): "error: \(kind)"
    }
  }
}

extension Sample {
  /// The value in a context.
  func value(_ context: EvaluationContext) throws -> Value {
    switch self {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .uint(let value): return .uint(value)
    case .bits(let value): return .double(Double(bitPattern: value))
    case .string(let bytes): return try context.string(bytes)
    case .bytes(let bytes): return try context.bytes(bytes)
    case .list(let elements): return try context.list(try elements.map { try $0.value(context) })
    case .map(let entries):
      return try context.map(
        try entries.map { MapView.Entry(key: try $0.value(context), value: try $1.value(context)) })
    case .type(let name): return try context.arena.type(name)
    case .none: return .none
    case .some(let content): return try context.optional(try content.value(context))
    case .timestamp(let seconds): return .timestamp(Timestamp(unchecked: seconds, 0))
    case .duration(let seconds): return .duration(Duration(unchecked: seconds, 0))
    case .ip(let text): return try context.opaque(try IPAddressParser.address(try context.string(text).bytes))
    case .cidr(let text): return try context.opaque(try CIDRBlock(try context.string(text).bytes))
    case .error: return Value(.error)
    }
  }

  init(_ value: Value) {
    switch value.kind {
    case .error: self = .error(.invalidArgument)
    case .null: self = .null
    case .bool: self = .bool(value.isTrue)
    case .int: self = .int(value.int)
    case .uint: self = .uint(value.uint)
    case .double: self = .double(value.double)
    case .string: self = .string(Array(value.bytes))
    case .bytes: self = .bytes(Array(value.bytes))
    case .timestamp: self = .timestamp(seconds: value.timestamp.seconds)
    case .duration: self = .duration(seconds: value.duration.seconds)
    case .list: self = .list(value.elements.map { Sample($0) })
    case .map:
      let entries = (0..<value.entries.count).map { value.entries[$0] }
      self = .map(Dictionary(uniqueKeysWithValues: entries.map { (Sample($0.key), Sample($0.value)) }))
    case .type: self = .type(value.text)
    case .optional: self = value.optionalValue.map { .some(Sample($0)) } ?? .none
    case .record: self = .type(value.record.layout.name)
    case .opaque:
      if let address = value.opaque as? IPAddress {
        self = .ip(address.description)
      } else if let block = value.opaque as? CIDRBlock {
        self = .cidr(block.description)
      } else {
        self = .type(value.opaque.typeName)
      }
    }
  }
}

/// A call of a library function: its name and its arguments, the receiver of a method first.
struct LibraryCall: Sendable, CustomStringConvertible {
  let name: String
  let arguments: [Sample]
  /// What a table says it gives.
  let expected: Sample?

  init(_ name: String, _ arguments: Sample..., gives expected: Sample) {
    self.name = name
    self.arguments = arguments
    self.expected = expected
  }

  init(_ name: String, _ arguments: Sample...) {
    self.name = name
    self.arguments = arguments
    expected = nil
  }

  var description: String { "\(name)(\(arguments.map(\.description).joined(separator: ", ")))" }

  /// What it gives; the overload is the first whose parameters are of the kinds of the arguments, as in a program.
  func result(_ context: EvaluationContext = EvaluationContext()) throws -> Sample {
    let values = try arguments.map { try $0.value(context) }
    let function = StandardDeclarations.library.first { function in
      function.overload.name == name && function.overload.parameters.count == values.count
        && zip(function.overload.parameters, values).allSatisfy { Self.accepts($0, $1) }
    }
    guard let function else { return .error(.noOverload) }
    do throws(EvaluationError) {
      return Sample(try function.implementation(try context.list(values).elements, context))
    } catch {
      return .error(error.kind)
    }
  }

  /// The words of the error that it ends in; `nil` for a value.
  func errorText() throws -> String? {
    let context = EvaluationContext()
    let values = try arguments.map { try $0.value(context) }
    for function in StandardDeclarations.library where function.overload.name == name {
      guard function.overload.parameters.count == values.count else { continue }
      do throws(EvaluationError) {
        _ = try function.implementation(try context.list(values).elements, context)
      } catch {
        return error.description
      }
    }
    return nil
  }

  private static func accepts(_ type: CELType, _ value: Value) -> Bool {
    switch type {
    case .error, .dyn, .any, .parameter: true
    case .null: value.kind == .null
    case .bool: value.kind == .bool
    case .int: value.kind == .int
    case .uint: value.kind == .uint
    case .double: value.kind == .double
    case .string: value.kind == .string
    case .bytes: value.kind == .bytes
    case .timestamp: value.kind == .timestamp
    case .duration: value.kind == .duration
    case .wrapper: false
    case .list: value.kind == .list
    case .map: value.kind == .map
    case .type: value.kind == .type
    case .abstract("optional_type", _): value.kind == .optional
    case .abstract(let name, _): value.kind == .opaque && value.opaque.typeName == name
    case .message: value.kind == .record
    }
  }
}
