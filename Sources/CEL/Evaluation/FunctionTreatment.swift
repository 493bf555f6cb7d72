/// How a program calls a function.
enum FunctionTreatment: UInt8, Sendable {
  /// By its implementations.
  case plain
  /// By an instruction of its own, which does the same.
  case startsWith, endsWith, contains, matches
  /// Its argument is computed only where the receiver holds nothing (cel-go, `cel/library.go`).
  case optionalOr, optionalOrValue
  /// `cel.block`.
  case block
  /// With more than two arguments, by those in a list, as cel-go's macro does.
  case extreme

  /// The treatment of a function with these overloads.
  init(_ declaration: FunctionDeclaration) {
    let treatment: FunctionTreatment =
      switch declaration.name {
      case "startsWith": .startsWith
      case "endsWith": .endsWith
      case "contains": .contains
      case "matches": .matches
      case "or": .optionalOr
      case "orValue": .optionalOrValue
      case "cel.block": .block
      case "math.greatest", "math.least": .extreme
      default: .plain
      }
    // A name that somebody else gives another meaning to is called as it is declared.
    let isCELs = declaration.overloads.allSatisfy { overload in
      switch treatment {
      case .startsWith, .endsWith, .contains, .matches: overload.parameters == [.string, .string]
      case .optionalOr, .optionalOrValue:
        overload.isMember && overload.parameters.first == .optional(.parameter("A"))
      case .plain, .block, .extreme: true
      }
    }
    self = isCELs ? treatment : .plain
  }

  /// The instruction that does the same.
  var opcode: Opcode? {
    switch self {
    case .startsWith: .startsWith
    case .endsWith: .endsWith
    case .contains: .contains
    case .matches: .matches
    case .plain, .optionalOr, .optionalOrValue, .block, .extreme: nil
    }
  }
}
