/// Reads signatures as they are written in declarations.
///
/// ```
/// method list(A).join(string) -> string
/// function math.abs(int) -> int
/// ```
///
/// A single capital letter is a type parameter; a name with a dot is an abstract type.
struct Signature {
  private let bytes: [UInt8]
  private var index = 0

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// The overload that a signature declares; `nil` when it is not one.
  static func overload(_ text: String) -> Overload? {
    var reader = Signature(text)
    guard let style = reader.word(allowingDots: false), style == "method" || style == "function" else { return nil }
    let isMember = style == "method"
    var parameters: [CELType] = []
    if isMember {
      guard let receiver = reader.receiver() else { return nil }
      parameters.append(receiver)
    }
    guard let name = reader.word(allowingDots: !isMember), reader.take(UInt8(ascii: "(")),
      let arguments = reader.types(), reader.take(UInt8(ascii: "-")), reader.take(UInt8(ascii: ">")),
      let result = reader.type(), reader.index == reader.bytes.count
    else { return nil }
    return Overload(name, isMember: isMember, parameters + arguments, result)
  }

  private mutating func skipSpaces() {
    while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpaces()
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func word(allowingDots: Bool) -> String? {
    skipSpaces()
    let start = index
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "_"), UInt8(ascii: "@"):
        index += 1
      case UInt8(ascii: ".") where allowingDots: index += 1
      default: return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
      }
    }
    return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
  }

  /// The type before the last dot that is followed by a name and a bracket.
  private mutating func receiver() -> CELType? {
    skipSpaces()
    guard let name = word(allowingDots: true) else { return nil }
    if index < bytes.count, bytes[index] == UInt8(ascii: "("), !Self.isTypeConstructor(name) {
      // `net.IP.family(`: the method's name was read along with the type's.
      guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
      index -= name.utf8.distance(from: dot, to: name.utf8.endIndex) - 1
      return Self.simple(String(name[..<dot]))
    }
    let type = type(named: name)
    return take(UInt8(ascii: ".")) ? type : nil
  }

  private static func isTypeConstructor(_ name: String) -> Bool {
    name == "list" || name == "map" || name == "optional" || name == "type" || name == "wrapper"
  }

  private mutating func type() -> CELType? {
    guard let name = word(allowingDots: true) else { return nil }
    return type(named: name)
  }

  private mutating func type(named name: String) -> CELType? {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "(") else { return Self.simple(name) }
    index += 1
    guard let parts = types() else { return nil }
    switch (name, parts.count) {
    case ("list", 1): return .list(parts[0])
    case ("map", 2): return .map(parts[0], parts[1])
    case ("optional", 1): return .optional(parts[0])
    case ("type", 1): return .type(parts[0])
    default: return .abstract(name, parts)
    }
  }

  /// Types up to the closing bracket, which is read.
  private mutating func types() -> [CELType]? {
    var types: [CELType] = []
    if take(UInt8(ascii: ")")) { return types }
    while let next = type() {
      types.append(next)
      if take(UInt8(ascii: ")")) { return types }
      guard take(UInt8(ascii: ",")) else { return nil }
    }
    return nil
  }

  private static func simple(_ name: String) -> CELType {
    switch name {
    case "dyn": .dyn
    case "any": .any
    case "null": .null
    case "bool": .bool
    case "int": .int
    case "uint": .uint
    case "double": .double
    case "string": .string
    case "bytes": .bytes
    case "timestamp": .timestamp
    case "duration": .duration
    default:
      name.utf8.count == 1 && name.utf8.first.map { $0 >= 0x41 && $0 <= 0x5A } == true
        ? .parameter(name) : .abstract(name, [])
    }
  }
}
