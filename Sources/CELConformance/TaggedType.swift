internal import CEL
internal import Diagnostics
internal import DocumentTree

// Types as the suite's records spell them: a string, or an object with one key.
extension CELType {
  /// Reads a type; what is unknown is `dyn`.
  init(tagged json: JSONValue) {
    if let name = json.text {
      self = Self.simple.first { $0.name == name }?.type ?? .dyn
    } else if let element = json["list"] {
      self = .list(CELType(tagged: element))
    } else if let parts = json["map"]?.elements, parts.count == 2 {
      self = .map(CELType(tagged: parts[0]), CELType(tagged: parts[1]))
    } else if let type = json["type"] {
      self = .type(CELType(tagged: type))
    } else if let name = json["param"]?.text {
      self = .parameter(name)
    } else if let name = json["message"]?.text {
      self = .message(name)
    } else if let parts = json["abstract"]?.elements, let name = parts.first?.text {
      self = .abstract(name, parts.dropFirst().map { CELType(tagged: $0) })
    } else if let name = json["wrapper"]?.text,
      let primitive = CELType.Primitive.allCases.first(where: { "\($0)" == name })
    {
      self = .wrapper(primitive)
    } else {
      self = .dyn
    }
  }

  private static let simple: [(name: String, type: CELType)] = [
    ("null", .null), ("bool", .bool), ("int", .int), ("uint", .uint), ("double", .double), ("string", .string),
    ("bytes", .bytes), ("dyn", .dyn), ("any", .any), ("timestamp", .timestamp), ("duration", .duration),
    ("error", .error), ("type", .type(.dyn)),
  ]

  /// Appends the type as JSON.
  func writeTagged(to bytes: inout [UInt8]) {
    switch self {
    case .error, .dyn, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .any:
      JSONText.append(description, to: &bytes)
    case .type(.dyn): JSONText.append("type", to: &bytes)
    case .wrapper(let primitive): Self.write("wrapper", name: "\(primitive)", to: &bytes)
    case .message(let name): Self.write("message", name: name, to: &bytes)
    case .parameter(let name): Self.write("param", name: name, to: &bytes)
    case .list(let element): Self.write("list", to: &bytes) { element.writeTagged(to: &$0) }
    case .type(let type): Self.write("type", to: &bytes) { type.writeTagged(to: &$0) }
    case .map(let key, let value): Self.write("map", to: &bytes) { Self.write([key, value], to: &$0) }
    case .abstract(let name, let parameters):
      Self.write("abstract", to: &bytes) { bytes in
        bytes.append(0x5B)
        JSONText.append(name, to: &bytes)
        for parameter in parameters {
          bytes.append(0x2C)
          parameter.writeTagged(to: &bytes)
        }
        bytes.append(0x5D)
      }
    }
  }

  private static func write(_ types: [CELType], to bytes: inout [UInt8]) {
    bytes.append(0x5B)
    for (index, type) in types.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      type.writeTagged(to: &bytes)
    }
    bytes.append(0x5D)
  }

  private static func write(_ tag: String, name: String, to bytes: inout [UInt8]) {
    write(tag, to: &bytes) { JSONText.append(name, to: &$0) }
  }

  private static func write(_ tag: String, to bytes: inout [UInt8], _ content: (inout [UInt8]) -> Void) {
    bytes.append(0x7B)
    JSONText.append(tag, to: &bytes)
    bytes.append(0x3A)
    content(&bytes)
    bytes.append(0x7D)
  }
}
