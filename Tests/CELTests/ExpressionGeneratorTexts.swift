import CEL

// Strings and bytes.
extension ExpressionGenerator {
  mutating func stringLiteral() -> String {
    one([
      "''", "'a'", "'b'", "'c'", "'abc'", "'\u{e9}'", "'e\\u0301'", "'\u{1f600}'", "'A'", "'a,b,c'", "' pad '", "'\\n'",
      "'\\u00a0x'",
      "'12'", "'true'", "'ABC'", "'\u{3c3}\u{3a3}'", "'\\U0010ffff'", "'aaa'", "'\"q\"'", "'\\x00'", "'-1.5'", "'%'",
    ])
  }

  mutating func pattern() -> String {
    one([
      "'a'", "'^a+$'", "'[a-c]+'", "'\\\\d+'", "'^\\\\w*$'", "'(a|b)*c'", "'.'", "'^.$'", "'\\\\s'", "'\\\\pL'",
      "'(?i)ABC'", "'^$'",
      "'a{2,3}'", "'\\\\bb'", "'[^a]'", "'\u{e9}'", "'(?s).+'", "'x*'", "'(?P<n>a)'", "'\\\\p{Greek}'", "'[[:upper:]]'",
      "'\\\\.'",
    ])
  }

  mutating func string(_ depth: Int) -> String {
    let next = depth - 1
    switch below(vocabulary == .whole ? 21 : 19) {
    case 0, 1: return "(\(text(.string, next)) + \(text(.string, next)))"
    case 2...4:
      return
        "string(\(text(one([.int, .uint, .double, .bool, .string, .bytes, .timestamp, .duration, .int, .double]), next)))"
    case 5, 6:
      return "\(text(.string, next)).substring(\(index(next))\(chance(1, in: 2) ? ", \(index(next))" : ""))"
    case 7: return "\(text(.string, next)).charAt(\(index(next)))"
    case 8:
      let limit = chance(1, in: 3) ? ", \(index(next))" : ""
      return "\(text(.string, next)).replace(\(text(.string, 0)), \(text(.string, next))\(limit))"
    case 9: return "\(text(.string, next)).\(one(["lowerAscii", "upperAscii", "trim", "reverse"]))()"
    case 10: return "\(text(.list(.string), next)).join(\(chance(1, in: 2) ? text(.string, next) : ""))"
    case 11: return "strings.quote(\(text(.string, next)))"
    case 12: return "base64.encode(\(text(.bytes, next)))"
    case 13...15: return formatted(next)
    case 16: return "\(text(.list(.string), next))[\(index(next))]"
    case 17: return "\(text(.map(.int, .string), next))[\(text(.int, 0))]"
    case 19: return "regex.replace(\(text(.string, next)), \(pattern()), \(text(.string, next)))"
    case 20: return "regex.extract(\(text(.string, next)), \(pattern())).orValue(\(text(.string, next)))"
    default: return leaf(.string)
    }
  }

  private mutating func formatted(_ depth: Int) -> String {
    var format = ""
    var arguments: [String] = []
    for _ in 0..<(1 + below(3)) {
      format += one(["", "a", "%%", "\u{e9} "])
      let (clause, types): (String, [CELType]) = one([
        (
          "%s",
          [
            .string, .int, .double, .bool, .bytes, .uint, .list(.int), .map(.string, .int), .null, .timestamp,
            .duration, .list(.dyn), .dyn, .map(.bool, .double),
          ]
        ),
        ("%d", [.int, .uint, .double]), ("%f", [.double, .int]), ("%.2f", [.double]), ("%.0f", [.double]),
        ("%e", [.double]),
        ("%.3e", [.double]), ("%x", [.int, .uint, .string, .bytes]), ("%X", [.int, .string, .bytes]),
        ("%o", [.int, .uint]),
        ("%b", [.int, .uint, .bool]),
      ])
      format += clause
      if chance(1, in: 30) { continue }
      arguments.append("dyn(\(text(one(types), depth - 1)))")
    }
    return "'\(format)'.format([\(arguments.joined(separator: ", "))])"
  }

  mutating func bytes(_ depth: Int) -> String {
    let next = depth - 1
    switch below(6) {
    case 4: return "bytes(\(text(.bytes, next)))"
    case 0, 1: return "(\(text(.bytes, next)) + \(text(.bytes, next)))"
    case 2: return "bytes(\(text(.string, next)))"
    case 3:
      return chance(1, in: 2)
        ? "base64.decode(\(one(["'aGVsbG8='", "'aGVsbG8'", "'!'", "''", "'/+8='", "'_-8='", "'YQ='"])))"
        : "base64.decode(base64.encode(\(text(.bytes, next))))"
    default: return leaf(.bytes)
    }
  }
}
