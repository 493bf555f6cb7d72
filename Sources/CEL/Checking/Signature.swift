internal import Diagnostics

/// Reads signatures as they are written in declarations.
///
/// ```
/// method list(A).join(string) -> string
/// function math.abs(int) -> int
/// ```
///
/// A single capital letter is a type parameter; a name with a dot is an abstract type.
struct Signature {
  /// What is wrong with a declaration, and where.
  struct Fault: Error {
    /// Lower case, without a full stop.
    let message: String
    /// In UTF-8 bytes of the declaration.
    let range: Range<Int>
  }

  private let bytes: [UInt8]
  /// The types that names may stand for; `nil` where each name that CEL does not know is an abstract type.
  private let declared: [String: CELType]?
  private var index = 0

  private init(_ text: String, _ declared: [String: CELType]?) {
    bytes = Array(text.utf8)
    self.declared = declared
  }

  /// How deep types may nest in a declaration, which bounds the recursion.
  static let nestingLimit = 16

  /// The overload that a signature of CEL's own declares; `nil` when it is not one.
  static func overload(_ text: String) -> Overload? { try? overload(text, declared: nil) }

  /// The overload that a signature declares.
  ///
  /// - Parameters:
  ///   - text: The signature.
  ///   - declared: The types that names may stand for beside CEL's own; `nil` where all names are types.
  /// - Returns: The overload.
  /// - Throws: The first fault of the text.
  static func overload(_ text: String, declared: [String: CELType]?) throws(Fault) -> Overload {
    var reader = Signature(text, declared)
    reader.skipSpaces()
    let start = reader.index
    let style = reader.word(allowingDots: false)
    guard style == "method" || style == "function" else {
      throw Fault(
        message: "a signature starts with `function` or `method`: `function name(type) -> type`",
        range: start..<reader.index)
    }
    let isMember = style == "method"
    var parameters: [CELType] = []
    if isMember { parameters.append(try reader.receiver()) }
    let name = try reader.name(allowingDots: !isMember)
    try reader.expect("(")
    parameters += try reader.types(depth: 0)
    try reader.expect("->")
    let result = try reader.type(depth: 0)
    try reader.expectEnd()
    return Overload(name, isMember: isMember, parameters, result)
  }

  /// The type that a text spells: `map(string, list(int))`.
  static func type(_ text: String, declared: [String: CELType]?) throws(Fault) -> CELType {
    var reader = Signature(text, declared)
    let type = try reader.type(depth: 0)
    try reader.expectEnd()
    return type
  }
}

// MARK: - Types

extension Signature {
  /// The type before the last dot that is followed by a name and a bracket.
  private mutating func receiver() throws(Fault) -> CELType {
    skipSpaces()
    let start = index
    guard let name = word(allowingDots: true) else { throw fault("a type to call the method on") }
    if index < bytes.count, bytes[index] == UInt8(ascii: "("), !takesParts(name) {
      // `net.IP.family(`: the method's name was read along with the type's.
      guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else {
        throw Fault(message: "a method has a type before its name: `string.\(name)`", range: start..<index)
      }
      index -= name.utf8.distance(from: dot, to: name.utf8.endIndex) - 1
      return try simple(String(name[..<dot]), start..<index - 1)
    }
    let type = try type(named: name, from: start, depth: 0)
    try expect(".")
    return type
  }

  private func takesParts(_ name: String) -> Bool {
    switch name {
    case "list", "map", "optional", "optional_type", "type", "wrapper": true
    default: false
    }
  }

  private mutating func type(depth: Int) throws(Fault) -> CELType {
    skipSpaces()
    let start = index
    guard let name = word(allowingDots: true) else { throw fault("a type") }
    return try type(named: name, from: start, depth: depth)
  }

  private mutating func type(named name: String, from start: Int, depth: Int) throws(Fault) -> CELType {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "(") else { return try simple(name, start..<index) }
    guard depth < Self.nestingLimit else {
      throw Fault(message: "types nest at most \(Self.nestingLimit) deep", range: start..<index)
    }
    index += 1
    let parts = try types(depth: depth + 1)
    switch (name, parts.count) {
    case ("list", 1): return .list(parts[0])
    case ("map", 2): return .map(parts[0], parts[1])
    case ("optional", 1), ("optional_type", 1): return .optional(parts[0])
    case ("type", 1): return .type(parts[0])
    case ("wrapper", 1):
      if let wrapper = Self.wrapper(of: parts[0]) { return wrapper }
    default:
      if declared == nil { return .abstract(name, parts) }
      // Unknown names are told as such.
      if !takesParts(name) { _ = try simple(name, start..<start + name.utf8.count) }
    }
    throw Fault(message: wrongParts(name, parts.count), range: start..<index)
  }

  private static func wrapper(of type: CELType) -> CELType? {
    switch type {
    case .bool: .wrapper(.bool)
    case .int: .wrapper(.int)
    case .uint: .wrapper(.uint)
    case .double: .wrapper(.double)
    case .string: .wrapper(.string)
    case .bytes: .wrapper(.bytes)
    case .error, .dyn, .null, .timestamp, .duration, .any, .wrapper, .list, .map, .type, .abstract, .message,
      .parameter:
      nil
    }
  }

  private func wrongParts(_ name: String, _ count: Int) -> String {
    switch name {
    case "list": "a list has one type in brackets: `list(string)`"
    case "map": "a map has two types in brackets, its keys' and its values': `map(string, int)`"
    case "optional", "optional_type": "an optional has one type in brackets: `optional(string)`"
    case "type": "`type` has one type in brackets: `type(int)`"
    case "wrapper": "`wrapper` has one of `bool`, `int`, `uint`, `double`, `string`, `bytes` in brackets"
    default: "`\(name)` has no types in brackets"
    }
  }

  /// Types up to the closing bracket, which is read.
  private mutating func types(depth: Int) throws(Fault) -> [CELType] {
    var types: [CELType] = []
    if take(")") { return types }
    while true {
      types.append(try type(depth: depth))
      if take(")") { return types }
      guard take(",") else { throw fault("`,` or `)`") }
    }
  }

  private func simple(_ name: String, _ range: Range<Int>) throws(Fault) -> CELType {
    if let type = Self.simpleTypes[name] { return type }
    if name.utf8.count == 1, let letter = name.utf8.first, 0x41...0x5A ~= letter { return .parameter(name) }
    guard let declared else { return .abstract(name, []) }
    if let type = declared[name] ?? RecordType.wellKnown.first(where: { $0.name == name })?.value { return type }
    if takesParts(name) { throw Fault(message: wrongParts(name, 0), range: range) }
    let known = Self.simpleTypes.keys.sorted() + ["list", "map", "optional", "type"] + declared.keys.sorted()
    let suggestion = closestName(to: name, among: known)
    throw Fault(
      message: "unknown type `\(name)`" + (suggestion.map { "; did you mean `\($0)`?" } ?? ""), range: range)
  }

  /// The types without parts that CEL itself declares.
  static let simpleTypes: [String: CELType] = [
    "dyn": .dyn, "any": .any, "null": .null, "null_type": .null, "bool": .bool, "int": .int, "uint": .uint,
    "double": .double, "string": .string, "bytes": .bytes, "timestamp": .timestamp, "duration": .duration,
    "net.IP": .abstract("net.IP", []), "net.CIDR": .abstract("net.CIDR", []),
  ]
}

// MARK: - Reading

extension Signature {
  private mutating func skipSpaces() {
    while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
  }

  private mutating func take(_ text: StaticString) -> Bool {
    skipSpaces()
    let count = text.utf8CodeUnitCount
    guard bytes.count - index >= count else { return false }
    for offset in 0..<count where bytes[index + offset] != (unsafe text.utf8Start[offset]) { return false }
    index += count
    return true
  }

  private mutating func expect(_ text: StaticString) throws(Fault) {
    guard take(text) else { throw fault("`\(text)`") }
  }

  private mutating func expectEnd() throws(Fault) {
    skipSpaces()
    guard index == bytes.count else { throw fault("nothing more") }
  }

  private mutating func name(allowingDots: Bool) throws(Fault) -> String {
    guard let name = word(allowingDots: allowingDots) else { throw fault("the function's name") }
    return name
  }

  private mutating func word(allowingDots: Bool) -> String? {
    skipSpaces()
    let start = index
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "@"):
        index += 1
      case UInt8(ascii: ".") where allowingDots: index += 1
      default: return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
      }
    }
    return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
  }

  /// A fault at what stands here: the next character, or the end.
  private func fault(_ expected: String) -> Fault {
    guard index < bytes.count else {
      return Fault(message: "\(expected) is missing at the end", range: bytes.count..<bytes.count)
    }
    var end = index + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return Fault(
      message: "expected \(expected), and found `\(String(decoding: bytes[index..<end], as: UTF8.self))`",
      range: index..<end)
  }
}
