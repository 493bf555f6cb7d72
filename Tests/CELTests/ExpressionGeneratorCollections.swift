import CEL

// Truth, lists, maps, optionals, and loops over them.
extension ExpressionGenerator {
  mutating func bool(_ depth: Int) -> String {
    let next = depth - 1
    switch below(vocabulary == .whole ? 34 : 29) {
    case 0: return "(!\(text(.bool, next)))"
    case 1...4:
      let operation = one([" && ", " || "])
      return "(" + (0..<(2 + below(2))).map { _ in text(.bool, next) }.joined(separator: operation) + ")"
    case 5, 6:
      let type = one([.int, .uint, .double, .string, .bytes, .timestamp, .duration, .bool] as [CELType])
      return "(\(text(type, next)) \(one(["<", "<=", ">", ">="])) \(text(type, next)))"
    case 7, 8:
      // Numbers compare with one another, whatever their types.
      return "(dyn(\(text(one([.int, .uint, .double]), next))) \(one(["<", "<=", ">", ">=", "==", "!="])) "
        + "\(text(one([.int, .uint, .double]), next)))"
    case 9 where vocabulary == .whole:
      let types = [.int, .uint, .double] as [CELType]
      return "(\(text(one(types), next)) \(one(["<", "<=", ">", ">="])) \(text(one(types), next)))"
    case 10...12:
      let type = anyType()
      return "(\(text(type, next)) \(one(["==", "!="])) \(text(type, next)))"
    case 13: return "(dyn(\(text(anyType(), next))) \(one(["==", "!="])) dyn(\(text(anyType(), next))))"
    case 14, 15:
      let type = anyType(1)
      return "(\(text(type, next)) in \(text(.list(type), next)))"
    case 16:
      let key = one([.string, .int, .bool, .uint] as [CELType])
      return "(\(text(key, next)) in \(text(.map(key, anyType(1)), next)))"
    case 17:
      return
        "(dyn(\(text(one([.int, .uint, .double, .string]), next))) in \(text(.map(one([.int, .uint]), .int), next)))"
    case 18:
      let base = chance(1, in: 2) ? path() : text(.map(.string, anyType(1)), next)
      return "has(\(base).\(one(["a", "b", "c", "n"])))"
    case 19: return "\(text(.string, next)).\(one(["contains", "startsWith", "endsWith"]))(\(text(.string, next)))"
    case 20:
      return chance(1, in: 3)
        ? "matches(\(text(.string, next)), \(pattern()))" : "\(text(.string, next)).matches(\(pattern()))"
    case 21...23: return quantifier(next)
    case 24: return "\(text(.optional(anyType(1)), next)).hasValue()"
    case 25 where chance(1, in: 3): return "bool(\(text(.bool, next)))"
    case 25: return "bool(\(one(["'true'", "'t'", "'F'", "'1'", "'0'", "'yes'", "''", "'TRUE'", "'True'", "'tRUE'"])))"
    case 26: return "math.\(one(["isNaN", "isInf", "isFinite"]))(\(text(.double, next)))"
    case 27: return "(type(\(text(anyType(), next))) == \(text(.type(.dyn), 0)))"
    case 28: return "(\(text(.dyn, next)) == null)"
    case 29:
      return
        "sets.\(one(["contains", "intersects", "equivalent"]))(\(text(.list(.int), next)), \(text(.list(.int), next)))"
    case 30:
      return
        "\(text(.map(.string, .int), next)).\(one(["all", "exists", "existsOne"]))(\(pairBody(.string, .int, .bool, next)))"
    case 31:
      return
        "\(text(.list(.string), next)).\(one(["all", "exists", "existsOne"]))(\(pairBody(.int, .string, .bool, next)))"
    case 32: return "cidr('10.0.0.0/8').containsIP(ip(\(one(["'10.1.2.3'", "'::1'", "'192.168.0.1'", "'x'"]))))"
    case 33: return "isIP(\(text(.string, next)))"
    default: return leaf(.bool)
    }
  }

  private mutating func quantifier(_ depth: Int) -> String {
    if chance(1, in: 8) {
      // What is found at a path is a list, a map, or nothing to loop over.
      let range = chance(1, in: 2) ? "lx" : path()
      return inScope([.dyn]) { generator, names in
        "\(range).\(generator.one(["all", "exists", "exists_one"]))(\(names[0]), \(generator.text(.bool, depth)))"
      }
    }
    let element = anyType(1)
    let key = one([.string, .int] as [CELType])
    let overList = chance(3, in: 4)
    let range = text(overList ? .list(element) : .map(key, element), depth)
    return inScope([overList ? element : key]) { generator, names in
      "\(range).\(generator.one(["all", "exists", "exists_one"]))(\(names[0]), \(generator.text(.bool, depth)))"
    }
  }

  /// The arguments of a loop of two variables.
  mutating func pairBody(_ first: CELType, _ second: CELType, _ result: CELType, _ depth: Int) -> String {
    inScope([first, second]) { generator, names in "\(names[0]), \(names[1]), \(generator.text(result, depth))" }
  }

  mutating func list(_ element: CELType, _ depth: Int) -> String {
    let next = depth - 1
    switch below(vocabulary == .whole ? 13 : 9) {
    case 0...2:
      let elements = (0..<below(4)).map { _ in
        chance(1, in: 8) ? "?\(text(.optional(element), next))" : text(element, next)
      }
      return "[\(elements.joined(separator: ", "))]"
    case 3: return "(\(text(.list(element), next)) + \(text(.list(element), next)))"
    case 4, 5:
      let source = anyType(1)
      let overMap = chance(1, in: 4)
      let range = text(overMap ? .map(.string, source) : .list(source), next)
      return inScope([overMap ? .string : source]) { generator, names in
        let filter = generator.chance(1, in: 4) ? "\(generator.text(.bool, next)), " : ""
        return "\(range).map(\(names[0]), \(filter)\(generator.text(element, next)))"
      }
    case 6:
      let range = text(.list(element), next)
      return inScope([element]) { generator, names in "\(range).filter(\(names[0]), \(generator.text(.bool, next)))" }
    case 7 where element == .string:
      return "\(text(.string, next)).split(\(text(.string, 0))\(chance(1, in: 3) ? ", \(index(next))" : ""))"
    case 9: return "\(text(.list(element), next)).slice(\(index(next)), \(index(next)))"
    case 10: return "\(text(.list(element), next)).\(one(["reverse", "distinct"]))()"
    case 11: return "\(text(.list(.int), next)).transformList(\(pairBody(.int, .int, element, next)))"
    case 12 where element == .int: return "lists.range(\(one(["0", "3", "10", "(-1)"])))"
    default: return leaf(.list(element))
    }
  }

  mutating func map(_ key: CELType, _ value: CELType, _ depth: Int) -> String {
    let next = depth - 1
    switch below(vocabulary == .whole ? 6 : 5) {
    case 0...3:
      let entries = (0..<below(4)).map { _ in
        chance(1, in: 8)
          ? "?\(text(key, min(next, 1))): \(text(.optional(value), next))"
          : "\(text(key, min(next, 1))): \(text(value, next))"
      }
      return "{\(entries.joined(separator: ", "))}"
    case 5:
      return "\(text(.map(key, .int), next)).transformMap(\(pairBody(key, .int, value, next)))"
    default: return leaf(.map(key, value))
    }
  }

  mutating func optional(_ value: CELType, _ depth: Int) -> String {
    let next = depth - 1
    switch below(10) {
    case 8 where value == .dyn: return "o.?\(one(["a", "c", "n", "x"])).\(one(["b", "?b", "a"]))"
    case 0, 1: return "optional.of(\(text(value, next)))"
    case 2: return "optional.ofNonZeroValue(\(text(value, next)))"
    case 3: return "\(text(.map(.string, value), next)).?\(one(["a", "b", "c"]))"
    case 4: return "\(text(.list(value), next))[?\(index(next))]"
    case 5: return "\(text(.optional(value), next)).or(\(text(.optional(value), next)))"
    case 6:
      let source = simpleType()
      let range = text(.optional(source), next)
      return inScope([source]) { generator, names in "\(range).optMap(\(names[0]), \(generator.text(value, next)))" }
    case 7:
      let source = simpleType()
      let range = text(.optional(source), next)
      return inScope([source]) { generator, names in
        "\(range).optFlatMap(\(names[0]), \(generator.text(.optional(value), next)))"
      }
    default: return "\(text(.map(.string, value), next))[?\(text(.string, 0))]"
    }
  }
}
