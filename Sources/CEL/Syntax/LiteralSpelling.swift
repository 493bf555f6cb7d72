extension Node {
  /// The 64 bits of a number literal.
  package var numberBits: UInt64 { UInt64(second) << 32 | UInt64(first) }

  /// Whether it is a number literal with a minus.
  var isNegativeNumber: Bool {
    switch kind {
    case .int: Int64(bitPattern: numberBits) < 0
    case .double: Double(bitPattern: numberBits).sign == .minus
    case .error, .null, .bool, .uint, .string, .bytes, .identifier, .select, .index, .call, .memberCall, .unary,
      .binary, .chain, .conditional, .list, .map, .message, .comprehension:
      false
    }
  }

  /// A number literal, spelt so that it reads back to the same bits.
  var numberText: String {
    switch kind {
    case .uint: "\(numberBits)u"
    case .double: "\(Double(bitPattern: numberBits))"
    case .int, .error, .null, .bool, .string, .bytes, .identifier, .select, .index, .call, .memberCall, .unary, .binary,
      .chain, .conditional, .list, .map, .message, .comprehension:
      "\(Int64(bitPattern: numberBits))"
    }
  }
}

extension Operator {
  /// The operator as CEL spells it.
  var spelling: StaticString {
    switch self {
    case .none: ""
    case .not: "!"
    case .negate, .subtract: "-"
    case .or: "||"
    case .and: "&&"
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .in: "in"
    case .add: "+"
    case .multiply: "*"
    case .divide: "/"
    case .modulo: "%"
    }
  }
}

/// How the unparser spells strings and bytes.
enum LiteralSpelling {
  private static let digits = Array("0123456789abcdef".utf8)

  /// Appends a literal in double quotes.
  ///
  /// Escaped are the quote, the backslash, control characters, and characters that cannot be seen or that turn the
  /// direction of the text; in bytes also all that is not ASCII.
  static func append(_ content: ArraySlice<UInt8>, isBytes: Bool, to bytes: inout [UInt8]) {
    if isBytes { bytes.append(UInt8(ascii: "b")) }
    bytes.append(UInt8(ascii: "\""))
    if isBytes {
      for byte in content {
        if byte < 0x80 {
          appendScalar(Unicode.Scalar(byte), isBytes: true, to: &bytes)
        } else {
          appendHexadecimal(UInt32(byte), count: 2, letter: "x", to: &bytes)
        }
      }
    } else {
      var decoder = UTF8()
      var iterator = content.makeIterator()
      decoding: while true {
        switch decoder.decode(&iterator) {
        case .scalarValue(let scalar): appendScalar(scalar, isBytes: false, to: &bytes)
        case .error: appendScalar("\u{FFFD}", isBytes: false, to: &bytes)
        case .emptyInput: break decoding
        }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func appendScalar(_ scalar: Unicode.Scalar, isBytes: Bool, to bytes: inout [UInt8]) {
    switch scalar {
    case "\"": bytes += Array("\\\"".utf8)
    case "\\": bytes += Array("\\\\".utf8)
    case "\n": bytes += Array("\\n".utf8)
    case "\r": bytes += Array("\\r".utf8)
    case "\t": bytes += Array("\\t".utf8)
    default:
      if isVisible(scalar) {
        bytes += Array(String(Character(scalar)).utf8)
      } else if isBytes {
        appendHexadecimal(scalar.value, count: 2, letter: "x", to: &bytes)
      } else if scalar.value <= 0xFFFF {
        appendHexadecimal(scalar.value, count: 4, letter: "u", to: &bytes)
      } else {
        appendHexadecimal(scalar.value, count: 8, letter: "U", to: &bytes)
      }
    }
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B...0x200F,
      0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
      false
    default: true
    }
  }

  private static func appendHexadecimal(_ value: UInt32, count: Int, letter: StaticString, to bytes: inout [UInt8]) {
    bytes += Array("\\\(letter)".utf8)
    for shift in stride(from: (count - 1) * 4, through: 0, by: -4) {
      bytes.append(digits[Int(value >> UInt32(shift)) & 15])
    }
  }
}
