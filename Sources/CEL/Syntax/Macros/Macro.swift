/// The macros: calls that stand for an expression made of their arguments as they are written (cel-spec, "Macros").
enum Macro: UInt8, CaseIterable {
  /// The standard macros; the quantifiers also with two variables.
  case has, all, exists, existsOne, map, filter
  /// The two-variable transformations of the comprehensions extension.
  case transformList, transformMap, transformMapEntry
  /// The lists extension: `list.sortBy(name, key)`.
  case sortBy
  /// The optionals extension.
  case optMap, optFlatMap
  /// The bindings extension: `cel.bind(name, value, expression)`.
  case bind
  /// The names that common subexpressions and variables go by in optimised expressions: `cel.index(0)`,
  /// `cel.iterVar(0, 1)`, `cel.accuVar(0, 1)`. Only conformance tests write them.
  case index, iterVar, accuVar
  /// The extension fields of protocol buffers: `proto.getExt(message, name)`.
  case getExt, hasExt

  /// What a macro is called on.
  enum Receiver {
    /// Nothing: `has(a.b)`.
    case none
    /// Any expression: `a.all(x, x > 0)`.
    case expression
    /// The identifier `cel`, or the one `proto`: `cel.bind(x, 1, x)`.
    case namespace
  }

  var receiver: Receiver {
    switch self {
    case .has: .none
    case .all, .exists, .existsOne, .map, .filter, .transformList, .transformMap, .transformMapEntry, .sortBy, .optMap,
      .optFlatMap:
      .expression
    case .bind, .index, .iterVar, .accuVar, .getExt, .hasExt: .namespace
    }
  }

  /// The identifier that it is called on; empty for one that is not called on an identifier.
  var namespace: StaticString {
    switch self {
    case .bind, .index, .iterVar, .accuVar: "cel"
    case .getExt, .hasExt: "proto"
    case .has, .all, .exists, .existsOne, .map, .filter, .transformList, .transformMap, .transformMapEntry, .sortBy,
      .optMap, .optFlatMap:
      ""
    }
  }

  /// How many arguments it takes.
  var argumentCounts: ClosedRange<Int> {
    switch self {
    case .has, .index: 1...1
    case .filter, .sortBy, .optMap, .optFlatMap, .iterVar, .accuVar, .getExt, .hasExt: 2...2
    case .all, .exists, .existsOne, .map: 2...3
    case .bind: 3...3
    case .transformList, .transformMap, .transformMapEntry: 3...4
    }
  }

  /// How many of its first arguments name variables in a call with so many arguments.
  func variableCount(argumentCount: Int) -> Int {
    switch self {
    case .has, .index, .iterVar, .accuVar, .getExt, .hasExt: 0
    case .map, .filter, .sortBy, .optMap, .optFlatMap, .bind: 1
    case .all, .exists, .existsOne: argumentCount < 3 ? 1 : 2
    case .transformList, .transformMap, .transformMapEntry: 2
    }
  }

  /// The arguments it takes, for people.
  var forms: String {
    switch self {
    case .has: "one selection, such as `has(resource.tags)`"
    case .all, .exists, .existsOne: "`(variable, condition)` or `(index, value, condition)`"
    case .map: "`(variable, expression)` or `(variable, condition, expression)`"
    case .filter: "`(variable, condition)`"
    case .transformList, .transformMap: "`(index, value, expression)` or `(index, value, condition, expression)`"
    case .transformMapEntry: "`(index, value, entry)` or `(index, value, condition, entry)`"
    case .optMap, .optFlatMap: "`(variable, expression)`"
    case .sortBy: "`(variable, key)`"
    case .bind: "`(variable, value, expression)`"
    case .index: "one number"
    case .iterVar, .accuVar: "two numbers"
    case .getExt, .hasExt: "`(message, extension)`"
    }
  }

  /// The macro of that name; its receiver and arguments are still to be looked at.
  ///
  /// Called for every call of every condition, so the length rules most names out.
  init?(named name: UnsafeBufferPointer<UInt8>) {
    func named(_ spelling: StaticString, _ macro: Macro) -> Macro? {
      for index in 0..<spelling.utf8CodeUnitCount where unsafe name[index] != spelling.utf8Start[index] { return nil }
      return macro
    }
    let found: Macro? =
      switch name.count {
      case 3: named("has", .has) ?? named("all", .all) ?? named("map", .map)
      case 4: named("bind", .bind)
      case 5: named("index", .index)
      case 6:
        named("exists", .exists) ?? named("filter", .filter) ?? named("optMap", .optMap) ?? named("sortBy", .sortBy)
          ?? named("getExt", .getExt) ?? named("hasExt", .hasExt)
      case 7: named("iterVar", .iterVar) ?? named("accuVar", .accuVar)
      case 9: named("existsOne", .existsOne)
      case 10: named("exists_one", .existsOne) ?? named("optFlatMap", .optFlatMap)
      case 12: named("transformMap", .transformMap)
      case 13: named("transformList", .transformList)
      case 17: named("transformMapEntry", .transformMapEntry)
      default: nil
      }
    guard let found else { return nil }
    self = found
  }
}
