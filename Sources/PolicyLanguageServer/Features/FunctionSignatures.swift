internal import CEL

/// What may be called in a condition.
enum FunctionSignatures {
  /// A function or macro that can be called in one way.
  struct Signature {
    /// With its namespace: `math.abs`.
    let name: String
    /// `contains(string) -> bool`, without what it is called on.
    let label: String
    /// Where each parameter stands in the label, in UTF-8.
    let parameters: [Range<Int>]
    /// What it is called on; `nil` for a function.
    let receiver: CELType?
    /// What it does, where its signature alone does not say.
    let documentation: String?
    let isMember: Bool
  }

  /// All of them, in the order of their declaration.
  static let all: [Signature] = macros + functions

  private static let functions: [Signature] = StandardDeclarations.functions.flatMap(\.overloads)
    .filter { $0.name.utf8.first.map { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A } ?? false }
    .map { overload in
      let parameters = overload.parameters.dropFirst(overload.isMember ? 1 : 0).map(\.description)
      return signature(
        overload.name, parameters, result: overload.result.description,
        receiver: overload.isMember ? overload.parameters.first : nil, isMember: overload.isMember)
    }

  private static let macros: [Signature] = [
    macro("has", ["selection"], "bool", isMember: false, "Whether a member is there: `has(resource.tags)`."),
    macro("all", ["variable", "condition"], "bool", "Whether the condition holds for every element, or key."),
    macro("exists", ["variable", "condition"], "bool", "Whether the condition holds for one element or more."),
    macro("exists_one", ["variable", "condition"], "bool", "Whether the condition holds for exactly one element."),
    macro("filter", ["variable", "condition"], "list", "The elements for which the condition holds."),
    macro("map", ["variable", "expression"], "list", "What the expression gives for each element."),
    macro("map", ["variable", "condition", "expression"], "list", "The same for the elements that fit a condition."),
    macro("transformList", ["index", "value", "expression"], "list", "What the expression gives for each entry."),
    macro("transformMap", ["key", "value", "expression"], "map", "The same keys with other values."),
    macro("sortBy", ["variable", "key"], "list", "The elements in the order of a key."),
    macro(
      "optMap", ["variable", "expression"], "optional", "What the expression makes of the value, if there is one."),
    macro("optFlatMap", ["variable", "expression"], "optional", "The same for an expression that is optional itself."),
    macro(
      "cel.bind", ["variable", "value", "expression"], "dyn", isMember: false,
      "The expression, in which the variable stands for the value."),
  ]

  private static func macro(
    _ name: String, _ parameters: [String], _ result: String, isMember: Bool = true, _ documentation: String
  ) -> Signature {
    signature(name, parameters, result: result, receiver: nil, isMember: isMember, documentation)
  }

  private static func signature(
    _ name: String, _ parameters: [String], result: String, receiver: CELType?, isMember: Bool,
    _ documentation: String? = nil
  ) -> Signature {
    var label = name + "("
    var places: [Range<Int>] = []
    for (index, parameter) in parameters.enumerated() {
      if index > 0 { label += ", " }
      let start = label.utf8.count
      label += parameter
      places.append(start..<label.utf8.count)
    }
    label += ") -> \(result)"
    return Signature(
      name: name, label: label, parameters: places, receiver: receiver, documentation: documentation,
      isMember: isMember)
  }

  /// Those of a name, as methods or not.
  static func named(_ name: String, isMember: Bool) -> [Signature] {
    all.filter { $0.name == name && $0.isMember == isMember }
  }
}

extension FunctionSignatures.Signature {
  /// The signature with what it is called on: `string.contains(string) -> bool`.
  var wholeLabel: String { (receiver.map { "\($0)." } ?? (isMember ? "range." : "")) + label }

  /// Whether it can be called on a value of a type, as far as the outermost part of the type tells.
  func fits(_ type: CELType) -> Bool {
    guard isMember else { return false }
    guard let receiver else {
      // A macro.
      switch type {
      case .list, .map, .dyn, .error, .any: return !name.hasPrefix("opt")
      case .abstract("optional_type", _): return name.hasPrefix("opt")
      case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .wrapper, .type, .abstract,
        .message, .parameter:
        return false
      }
    }
    switch (type, receiver) {
    case (.dyn, _), (.error, _), (.any, _), (_, .dyn), (_, .parameter), (.list, .list), (.map, .map): return true
    case (.abstract(let one, _), .abstract(let other, _)): return one == other
    default: return type == receiver
    }
  }

  /// The call as a snippet, its parameters to be filled in.
  func snippet(_ name: String) -> String {
    let bytes = Array(label.utf8)
    let places = parameters.enumerated().map { index, range in
      documentation == nil
        ? "$\(index + 1)" : "${\(index + 1):\(String(decoding: bytes[range], as: UTF8.self))}"
    }
    return "\(name)(\(places.joined(separator: ", ")))"
  }
}
