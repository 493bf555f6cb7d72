import Foundation
import MarkedSource

/// What a generated condition is to give.
enum ExpectedFinding: Equatable {
  case nothing
  case finding(code: String, start: Int, end: Int, suggestions: [String])
}

struct GeneratedCondition {
  var text: String
  var expected: ExpectedFinding
}

/// Writes conditions about every property of a resource type's schema, as this file alone understands schemas.
struct SchemaConditions {
  private let root: [String: Any]
  private var generator: SeededGenerator
  private(set) var conditions: [GeneratedCondition] = []
  private var visited: Set<String> = []
  private(set) var propertyCount = 0

  init?(_ bytes: [UInt8], seed: UInt64) {
    guard let root = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else { return nil }
    self.root = root
    generator = SeededGenerator(seed: seed)
    visitProperties(of: root, reading: "resource", depth: 0)
  }

  // MARK: - Schemas

  private enum Kind {
    case string, integer, number, boolean
    case array([String: Any]?)
    case object([String: Any])
    case map([String: Any]?)
    case other
  }

  private func resolved(_ schema: [String: Any]) -> [String: Any] {
    var schema = schema
    var steps = 0
    while let reference = schema["$ref"] as? String, steps < 10 {
      var node: Any? = root
      for part in reference.dropFirst(2).split(separator: "/") { node = (node as? [String: Any])?[String(part)] }
      guard let target = node as? [String: Any] else { return [:] }
      schema = target
      steps += 1
    }
    return schema
  }

  private func kind(_ schema: [String: Any]) -> Kind {
    if schema["oneOf"] != nil || schema["anyOf"] != nil || schema["allOf"] != nil {
      // Alternatives of formats and required members say nothing of types; all others are left alone.
      let parts = ["oneOf", "anyOf", "allOf"].flatMap { schema[$0] as? [[String: Any]] ?? [] }
      let plain: Set<String> = ["format", "required", "relationshipRef"]
      guard schema["type"] is String, parts.allSatisfy({ Set($0.keys).isSubset(of: plain) }) else { return .other }
    }
    switch schema["type"] as? String {
    case "string": return .string
    case "integer": return .integer
    case "number": return .number
    case "boolean": return .boolean
    case "array": return .array((schema["items"] as? [String: Any]).map { resolved($0) })
    case "object":
      if let properties = schema["properties"] as? [String: Any], !properties.isEmpty { return .object(properties) }
      if let patterns = schema["patternProperties"] as? [String: Any], patterns.count == 1,
        let value = patterns.values.first as? [String: Any]
      {
        return .map(resolved(value))
      }
      if let value = schema["additionalProperties"] as? [String: Any] { return .map(resolved(value)) }
      return schema["additionalProperties"] as? Bool == false ? .other : .map(nil)
    default: return .other
    }
  }

  // MARK: - Walking

  private mutating func visitProperties(of schema: [String: Any], reading object: String, depth: Int) {
    guard depth < 12, let properties = schema["properties"] as? [String: Any] else { return }
    for name in properties.keys.sorted() {
      guard let own = properties[name] as? [String: Any] else { continue }
      propertyCount += 1
      writeReads(of: name, in: object)
      writeMisspelling(of: name, among: Array(properties.keys), in: object)
      let reference = own["$ref"] as? String
      visit(resolved(own), reading: Self.selection(object, name), depth: depth)
      _ = reference
    }
  }

  /// Writes conditions about a value, and about what is inside it.
  private mutating func visit(_ schema: [String: Any], reading value: String, depth: Int) {
    let choices = schema["enum"] as? [Any] ?? (schema["const"].map { [$0] } ?? [])
    writeUses(of: value, kind(schema), choices)
    // A definition is looked into once.
    switch kind(schema) {
    case .object:
      guard isNew(schema) else { return }
      visitProperties(of: schema, reading: value, depth: depth + 1)
    case .array(let items?):
      let element = Self.picked(["index", "loop"], by: &generator) == "index" ? "\(value)[0]" : nil
      if let element {
        visit(items, reading: element, depth: depth + 1)
      } else {
        visit(items, reading: "\(value).filter(e, e != null)[0]", depth: depth + 1)
      }
    case .map(let values?): visit(values, reading: "\(value)[\"some key\"]", depth: depth + 1)
    case .string, .integer, .number, .boolean, .array(nil), .map(nil), .other: return
    }
  }

  private mutating func isNew(_ schema: [String: Any]) -> Bool {
    guard let data = try? JSONSerialization.data(withJSONObject: schema, options: .sortedKeys) else { return false }
    return visited.insert(String(decoding: data, as: UTF8.self)).inserted
  }

  private static func picked<Element>(_ elements: [Element], by generator: inout SeededGenerator) -> Element {
    elements[Int.random(in: elements.indices, using: &generator)]
  }

  private static func selection(_ object: String, _ name: String) -> String {
    isIdentifier(name) ? "\(object).\(name)" : "\(object)[\"\(name)\"]"
  }

  private static func isIdentifier(_ name: String) -> Bool {
    name.allSatisfy { ($0.isLetter || $0.isNumber || $0 == "_") && $0.isASCII } && name.first?.isNumber == false
      && !["in", "true", "false", "null"].contains(name)
  }

  // MARK: - Right conditions

  private mutating func right(_ text: String) { conditions.append(GeneratedCondition(text: text, expected: .nothing)) }

  private mutating func writeReads(of name: String, in object: String) {
    let value = Self.selection(object, name)
    right("\(value) == null || \(value) != null")
    right("null != \(object)[\"\(name)\"]")
    right("dyn(\(object)[?\"\(name)\"].orValue(null)) == null")
    right("(true ? \(value) : null) != null && cel.bind(bound, \(object), bound[\"\(name)\"] != null)")
    right("\"\(name)\" in \(object)")
    if Self.isIdentifier(name) {
      right("has(\(value))")
      right("\(object).?\(name).hasValue()")
      right("\(object).`\(name)` != null")
    }
  }

  private mutating func writeUses(of value: String, _ kind: Kind, _ choices: [Any]) {
    right("\(value) == null ? true : \(value) == \(value)")
    switch kind {
    case .string:
      let strings = choices.compactMap { $0 as? String }
      let literal = Self.literal(strings.first ?? "some text")
      right("\(value) == \(literal) || \(value) != \(literal) || \(literal) == \(value)")
      right("\(value) in [\(literal), null] || [\(literal)].exists(e, e == \(value)) || !(\(value) in [\(literal)])")
      right("\(value).startsWith(\"a\") && \(value).matches(\"^a+$\") && size(\(value)) > 2 && \(value).size() < 9")
      right(
        "\(value) + \"x\" == \"ax\" || \(value).contains(\"-\") || \(value).lowerAscii() == \"x\" || \(value) < \"b\"")
      for string in strings { right("\(value) == \(Self.literal(string))") }
      wrong("\(value) ", "==", " 5", "incomparable-types")
      wrong("\(value) ", "in", " [1, 2]", "incomparable-types")
      wrong("\(value) ", ">", " 5", "no-matching-overload")
      writeChoice(of: value, strings, choices.count)
    case .integer:
      let number = choices.compactMap { $0 as? Int }.first ?? 7
      right("\(value) == \(number) || \(value) in [\(number)] || \(number) != \(value)")
      right("\(value) >= 1 && \(value) < 2.5 && \(value) + 1 > 3 && \(value) % 2 == 0 && string(\(value)) == \"1\"")
      if choices.isEmpty { right("\(value) == 7.0 || \(value) in [1.5, 2.5]") }
      wrong("\(value) ", "==", " \"7\"", "incomparable-types")
      wrong("\(value) ", "<", " \"7\"", "no-matching-overload")
      if !choices.isEmpty { choice("\(value) == ", "123454321", suggestions: []) }
    case .number:
      right("\(value) > 1 && \(value) <= 2.5 && \(value) * 2.0 > 3.0 || \(value) == 3 || double(\(value)) == 1.0")
      wrong("\(value) ", "!=", " \"7\"", "incomparable-types")
    case .boolean:
      right("\(value)")
      right("!\(value) && \(value) == true || \(value) != false")
      wrong("\(value) ", "==", " \"true\"", "incomparable-types")
      wrong("\(value) ", "==", " 1", "incomparable-types")
    case .array(let items):
      right("size(\(value)) > 0 && \(value).size() < 9 && \(value).all(e, e == e) && \(value).exists(e, e != null)")
      right("\(value).map(e, e).filter(e, true).size() == 0 || \(value).exists_one(i, e, i > 0) || \(value) == []")
      right("\(value)[0] == null || \(value)[?0].hasValue() || null in \(value)")
      wrong("\(value) ", "==", " \"x\"", "incomparable-types")
      if let items, case .string = self.kind(items) {
        let strings = items["enum"] as? [String] ?? []
        right("\(Self.literal(strings.first ?? "a")) in \(value) || \(value).exists(e, e.startsWith(\"a\"))")
        right("\(value).join(\",\") == \"a\" || \(value).all(e, e in [\(Self.literal(strings.first ?? "a"))])")
        wrong("\(value).exists(e, e ", "==", " 5)", "incomparable-types")
        wrong("5 ", "in", " \(value)", "incomparable-types")
      }
    case .object:
      right("size(\(value)) > 0 || \(value) == {} || \(value).exists(k, k == \"a\")")
      wrong("\(value) ", "==", " \"x\"", "incomparable-types")
      wrong("\(value) ", "==", " 1", "incomparable-types")
    case .map:
      right("\"k\" in \(value) || \(value).k == null || \(value)[\"a b\"] != null || \(value).all(k, v, k == \"\")")
      wrong("\(value) ", "==", " \"x\"", "incomparable-types")
    case .other: break
    }
  }

  private static func literal(_ text: String) -> String {
    "'" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "'", with: "\\'") + "'"
  }

  // MARK: - Wrong conditions

  /// A condition that is wrong at its middle part.
  private mutating func wrong(
    _ before: String, _ token: String, _ after: String, _ code: String, suggestions: [String] = []
  ) {
    let start = before.utf8.count
    conditions.append(
      GeneratedCondition(
        text: before + token + after,
        expected: .finding(code: code, start: start, end: start + token.utf8.count, suggestions: suggestions)))
  }

  private mutating func choice(_ before: String, _ literal: String, _ after: String = "", suggestions: [String]) {
    wrong(before, literal, after, "unknown-enum-value", suggestions: suggestions)
  }

  private mutating func writeChoice(of value: String, _ strings: [String], _ count: Int) {
    guard !strings.isEmpty, strings.count == count else { return }
    let original = Self.picked(strings, by: &generator)
    let misspelt = misspelt(original)
    guard !strings.contains(where: { $0.lowercased() == misspelt.lowercased() }) else { return }
    let suggestions = nearest(to: misspelt, among: strings)
    choice("\(value) == ", Self.literal(misspelt), suggestions: suggestions)
    choice("\(value) in [\(Self.literal(original)), ", Self.literal(misspelt), "]", suggestions: suggestions)
    choice("", "\"Entirely another\"", " != \(value)", suggestions: [])
  }

  private mutating func writeMisspelling(of name: String, among names: [String], in object: String) {
    let misspelt = misspelt(name)
    guard !names.contains(misspelt), misspelt != "type", Self.isIdentifier(misspelt) else { return }
    let suggestions = meant(by: misspelt, among: object == "resource" ? names + ["type"] : names)
    let code = "unknown-attribute"
    wrong("\(object).", misspelt, " == null", code, suggestions: suggestions)
    wrong("\(object)[", "\"\(misspelt)\"", "] != null", code, suggestions: suggestions)
    wrong("has(\(object).", misspelt, ")", code, suggestions: suggestions)
    wrong("\(object).?", misspelt, ".hasValue()", code, suggestions: suggestions)
    wrong("size(\(object).", misspelt, ") > 3 || true", code, suggestions: suggestions)
    let snake = Self.snakeCase(name)
    // `type` of a resource is always there.
    if snake != name, !names.contains(snake), snake != "type" {
      wrong("\(object).", snake, " == null", code, suggestions: [name])
    }
  }

  private static func snakeCase(_ name: String) -> String {
    var result = ""
    for character in name {
      if character.isUppercase, !result.isEmpty { result += "_" }
      result += character.lowercased()
    }
    return result
  }

  /// A name with one slip in it.
  private mutating func misspelt(_ name: String) -> String {
    var characters = Array(name)
    let place = Int.random(in: characters.indices, using: &generator)
    switch Int.random(in: 0..<3, using: &generator) {
    case 0 where characters.count > 3: characters.remove(at: place)
    case 1 where place > 0 && characters[place] != characters[place - 1]: characters.swapAt(place, place - 1)
    default: characters.insert("x", at: place + 1)
    }
    return String(characters)
  }

  /// The names that differ in spelling alone, as `bucket_name` does; else those at the least distance.
  private func meant(by name: String, among names: [String]) -> [String] {
    func letters(_ name: String) -> String { name.lowercased().filter { $0 != "_" && $0 != "-" } }
    let same = names.filter { letters($0) == letters(name) }
    return same.isEmpty ? nearest(to: name, among: names) : same
  }

  /// The texts at the least distance; empty when none is near.
  private func nearest(to name: String, among names: [String]) -> [String] {
    let limit = max(1, name.utf8.count / 3)
    let distances = names.map { ($0, Self.distance(Array(name.lowercased()), Array($0.lowercased()))) }
    guard let least = distances.map(\.1).min(), least <= limit else { return [] }
    return distances.filter { $0.1 == least }.map(\.0)
  }

  /// The Damerau-Levenshtein distance, by its definition.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var rows = [[Int]](repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
    for row in 0...left.count {
      for column in 0...right.count {
        guard row > 0, column > 0 else {
          rows[row][column] = row + column
          continue
        }
        let isSame = left[row - 1] == right[column - 1]
        var least = min(
          rows[row - 1][column] + 1, rows[row][column - 1] + 1, rows[row - 1][column - 1] + (isSame ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          least = min(least, rows[row - 2][column - 2] + 1)
        }
        rows[row][column] = least
      }
    }
    return rows[left.count][right.count]
  }
}
