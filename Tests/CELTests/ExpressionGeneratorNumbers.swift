import CEL

// Numbers, times, and what is true of them.
extension ExpressionGenerator {
  mutating func intLiteral() -> String {
    one([
      "0", "1", "2", "3", "(-1)", "5", "10", "100", "0x1F", "255", "65", "1000000007", "4294967296", "9007199254740993",
      "9223372036854775807", "(-9223372036854775808)", "(-9223372036854775807)", "253402300799", "(-62135596800)",
    ])
  }

  mutating func uintLiteral() -> String {
    one([
      "0u", "1u", "2u", "3u", "10u", "0xFFu", "9007199254740993u", "9223372036854775807u", "9223372036854775808u",
      "18446744073709551615u",
    ])
  }

  mutating func doubleLiteral() -> String {
    one([
      "0.0", "(-0.0)", "1.0", "1.5", "(-1.5)", "2.0", "0.1", "1e-7", "1e21", "123456789.125", "9223372036854775807.0",
      "9223372036854775808.0", "18446744073709551615.0", "(-9223372036854775808.0)", "9007199254740993.0", "1e308",
      "5e-324", "1e100", "3.0", "100.0", "0.5", "2.5",
    ])
  }

  mutating func timestampText() -> String {
    one([
      "1970-01-01T00:00:00Z", "2009-02-13T23:31:30.5Z", "2024-02-29T12:00:00+05:30", "0001-01-01T00:00:00Z",
      "9999-12-31T23:59:59.999999Z", "2024-03-10T10:30:00Z", "1969-12-31T23:59:59.000001Z", "2000-12-31T00:00:00-08:00",
      "1900-01-01T00:00:00Z", "2038-01-19T03:14:08Z", "2024-11-03T06:30:00Z",
    ])
  }

  mutating func durationText() -> String {
    one([
      "0s", "1s", "-1.5s", "1h30m", "100ms", "1us", "86400s", "315576000000s", "-315576000000s", "24h", "-1h1m1s",
      "1.5h",
      "9223372036s", "0.001s",
    ])
  }

  mutating func timeZone() -> String {
    one([
      "'UTC'", "'America/New_York'", "'+05:30'", "'-08:00'", "'Asia/Kathmandu'", "'Nowhere/Land'", "'02:00'",
      "'Australia/Sydney'",
      "'Europe/London'",
    ])
  }

  /// An index, which is mostly small.
  mutating func index(_ depth: Int) -> String {
    chance(4, in: 5) ? one(["0", "0", "1", "2", "(-1)", "3"]) : text(.int, depth)
  }

  mutating func int(_ depth: Int) -> String {
    let next = depth - 1
    switch below(vocabulary == .whole ? 24 : 20) {
    case 0...4: return "(\(text(.int, next)) \(one(["+", "-", "*", "/", "%"])) \(text(.int, next)))"
    case 5: return "(-\(text(.int, next)))"
    case 6, 7:
      let sized = text(one([.string, .bytes, .list(anyType(1)), .map(.string, anyType(1))]), next)
      return chance(1, in: 2) ? "size(\(sized))" : "\(sized).size()"
    case 8: return "int(\(text(one([.uint, .double, .double, .int, .timestamp]), next)))"
    case 9:
      return
        "int(\(one(["'12'", "'-9223372036854775808'", "' 1'", "'1.0'", "'9223372036854775808'", "'+5'", "''", "'0x1'"])))"
    case 10: return "int(string(\(text(one([.int, .uint]), next))))"
    case 11:
      let part = one([
        "getFullYear", "getMonth", "getDayOfYear", "getDayOfMonth", "getDate", "getDayOfWeek", "getHours", "getMinutes",
        "getSeconds", "getMilliseconds",
      ])
      return "\(text(.timestamp, next)).\(part)(\(chance(1, in: 2) ? timeZone() : ""))"
    case 12:
      return "\(text(.duration, next)).\(one(["getHours", "getMinutes", "getSeconds", "getMilliseconds"]))()"
    case 13:
      let start = chance(1, in: 3) ? ", \(index(next))" : ""
      return "\(text(.string, next)).\(one(["indexOf", "lastIndexOf"]))(\(text(.string, next))\(start))"
    case 14: return "math.\(one(["bitAnd", "bitOr", "bitXor"]))(\(text(.int, next)), \(text(.int, next)))"
    case 15: return "math.\(one(["bitShiftLeft", "bitShiftRight"]))(\(text(.int, next)), \(index(next)))"
    case 16: return "math.\(one(["abs", "sign", "bitNot"]))(\(text(.int, next)))"
    case 17: return "math.\(one(["greatest", "least"]))(\(text(.int, next)), \(text(.int, next)))"
    // Of `[]` as it stands, which has no least, cel-go and cel-cpp already take for an error when they parse.
    case 18: return "math.\(one(["greatest", "least"]))((\(text(.list(.int), next))))"
    case 20: return "\(text(.list(.list(.int)), next)).flatten()[\(index(next))]"
    case 21: return "\(text(.list(.int), next)).\(one(["first", "last"]))().orValue(\(text(.int, next)))"
    case 22: return "\(text(.map(.string, .int), next)).transformList(\(pairBody(.string, .int, .int, next)))[0]"
    case 23: return "\(text(.list(.int), next)).\(one(["sort", "reverse", "distinct"]))()[\(index(next))]"
    default: return "(\(text(.bool, next)) ? \(text(.int, next)) : \(text(.int, next)))"
    }
  }

  mutating func uint(_ depth: Int) -> String {
    let next = depth - 1
    switch below(11) {
    case 0...4: return "(\(text(.uint, next)) \(one(["+", "-", "*", "/", "%"])) \(text(.uint, next)))"
    case 5: return "uint(\(text(one([.int, .double, .uint]), next)))"
    case 6: return "uint(\(one(["'12'", "'18446744073709551615'", "'-1'", "'1u'", "'18446744073709551616'", "''"])))"
    case 7: return "math.\(one(["bitAnd", "bitOr", "bitXor"]))(\(text(.uint, next)), \(text(.uint, next)))"
    case 8: return "math.\(one(["bitShiftLeft", "bitShiftRight"]))(\(text(.uint, next)), \(index(next)))"
    case 9: return "math.\(one(["abs", "sign", "bitNot"]))(\(text(.uint, next)))"
    default: return "math.\(one(["greatest", "least"]))(\(text(.uint, next)), \(text(.uint, next)))"
    }
  }

  mutating func double(_ depth: Int) -> String {
    let next = depth - 1
    switch below(11) {
    case 0...4: return "(\(text(.double, next)) \(one(["+", "-", "*", "/"])) \(text(.double, next)))"
    case 5: return "double(\(text(one([.int, .uint, .double]), next)))"
    case 6:
      return
        "double(\(one(["'1.5'", "'-0'", "'NaN'", "'Infinity'", "'-inf'", "'1e400'", "'0.1'", "''", "'1e-5'", "'x'"])))"
    case 7: return "(-\(text(.double, next)))"
    case 8: return "math.\(one(["ceil", "floor", "round", "trunc", "abs", "sign", "sqrt"]))(\(text(.double, next)))"
    case 9: return "math.\(one(["greatest", "least"]))(\(text(.double, next)), \(text(.double, next)))"
    default: return "math.sqrt(\(text(one([.int, .uint]), next)))"
    }
  }

  mutating func timestamp(_ depth: Int) -> String {
    let next = depth - 1
    switch below(7) {
    case 0: return "timestamp(\(text(.int, next)))"
    case 5: return "timestamp(\(text(.timestamp, next)))"
    case 1: return "timestamp(string(\(text(.timestamp, next))))"
    case 2, 3: return "(\(text(.timestamp, next)) \(one(["+", "-"])) \(text(.duration, next)))"
    case 4: return "(\(text(.duration, next)) + \(text(.timestamp, next)))"
    default: return leaf(.timestamp)
    }
  }

  mutating func duration(_ depth: Int) -> String {
    let next = depth - 1
    switch below(6) {
    case 4: return "duration(\(text(.duration, next)))"
    case 0: return "duration(string(\(text(.duration, next))))"
    case 1, 2: return "(\(text(.duration, next)) \(one(["+", "-"])) \(text(.duration, next)))"
    case 3: return "(\(text(.timestamp, next)) - \(text(.timestamp, next)))"
    default: return leaf(.duration)
    }
  }
}
