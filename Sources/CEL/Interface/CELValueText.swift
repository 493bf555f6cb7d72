// Values as an expression spells them.
extension CELValue: CustomStringConvertible {
  /// The value as an expression that gives it: `{"name": "Ann", "sizes": [1u, 2.0]}`.
  ///
  /// Entries of maps are in the order of their keys' texts, so that equal maps of equal types have equal texts.
  public var description: String {
    // A stack instead of recursion: a program may make values of any depth.
    var text = ""
    var open: [Piece] = [.value(self)]
    while let piece = open.popLast() {
      switch piece {
      case .text(let piece): text += piece
      case .value(let value): value.write(to: &text, &open)
      }
    }
    return text
  }

  /// What is still to be written, the next last.
  private enum Piece {
    case text(String)
    case value(CELValue)
  }

  /// Writes a value's beginning, and leaves the rest to be written.
  private func write(to text: inout String, _ open: inout [Piece]) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += "\(value)"
    case .int(let value): text += "\(value)"
    case .uint(let value): text += "\(value)u"
    case .double(let value): text += Self.text(of: value)
    case .string(let content): text += Self.quoted(content)
    case .bytes(let bytes): text += Self.quoted(bytes)
    case .timestamp(let value): text += "timestamp(\"\(value)\")"
    case .duration(let value): text += "duration(\"\(value)\")"
    case .type(let name): text += name
    case .opaque(let value): text += Self.text(of: value)
    case .optional(nil): text += "optional.none()"
    case .optional(let value?): Self.write("optional.of(", [("", value)], ")", to: &text, &open)
    case .list(let elements): Self.write("[", elements.map { ("", $0) }, "]", to: &text, &open)
    case .map(let entries):
      // Keys have no parts.
      let members = entries.map { ("\($0.key): ", $0.value) }
      Self.write(
        "{", members.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }, "}", to: &text, &open)
    case .record(let name, let fields):
      Self.write("\(name){", fields.map { ("\($0.name): ", $0.value) }, "}", to: &text, &open)
    }
  }

  private static func write(
    _ opening: String, _ parts: [(String, CELValue)], _ closing: String, to text: inout String, _ open: inout [Piece]
  ) {
    text += opening
    open.append(.text(closing))
    for (index, (name, value)) in parts.enumerated().reversed() {
      open.append(.value(value))
      open.append(.text(index > 0 ? ", " + name : name))
    }
  }

  /// With a point or an exponent always; what no literal spells is converted from its name.
  private static func text(of value: Double) -> String {
    if value.isNaN { return "double(\"NaN\")" }
    if value.isInfinite { return value < 0 ? "-double(\"Infinity\")" : "double(\"Infinity\")" }
    return "\(value)"
  }

  /// By the function that makes it, where the language has one.
  private static func text(of value: any OpaqueValue) -> String {
    switch value {
    case let address as IPAddress: "ip(\"\(address)\")"
    case let block as CIDRBlock: "cidr(\"\(block)\")"
    case let value as any CustomStringConvertible: "\(value.description)"
    default: value.typeName
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{0}"..<" ", "\u{7F}"..<"\u{A0}", "\u{2028}", "\u{2029}", "\u{202A}"..."\u{202E}",
        "\u{2066}"..."\u{2069}":
        quoted += "\\u" + hexadecimal(scalar.value, digits: 4)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  private static func quoted(_ bytes: [UInt8]) -> String {
    var quoted = "b\""
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        quoted += "\\"
        quoted.unicodeScalars.append(Unicode.Scalar(byte))
      case 0x20..<0x7F: quoted.unicodeScalars.append(Unicode.Scalar(byte))
      default: quoted += "\\x" + hexadecimal(UInt32(byte), digits: 2)
      }
    }
    return quoted + "\""
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
