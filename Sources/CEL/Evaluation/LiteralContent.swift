/// What a function reads from a text that is one of its arguments, so that a constant can be judged before any evaluation.
enum LiteralContent: UInt8, Sendable {
  /// Whatever it is.
  case text
  /// A regular expression.
  case pattern
  /// A regular expression with at most one capturing group.
  case extractionPattern
  /// RFC 3339.
  case timestamp
  case duration
  /// A name of the time zone database, or an offset.
  case timeZone

  /// What a function with these overloads reads.
  init(_ declaration: FunctionDeclaration) {
    let content: LiteralContent =
      switch declaration.name {
      case "matches", "regex.replace": .pattern
      case "regex.extract", "regex.extractAll": .extractionPattern
      case "timestamp": .timestamp
      case "duration": .duration
      case "getFullYear", "getMonth", "getDayOfYear", "getDayOfMonth", "getDate", "getDayOfWeek", "getHours",
        "getMinutes", "getSeconds", "getMilliseconds":
        .timeZone
      default: .text
      }
    // A name that somebody else gives another meaning to says nothing of its arguments.
    let isCELs = declaration.overloads.allSatisfy { overload in
      switch content {
      case .text: true
      case .pattern, .extractionPattern: overload.parameters.starts(with: [.string, .string])
      case .timestamp, .duration: overload.parameters.count == 1
      case .timeZone: overload.parameters.count == 1 || overload.parameters == [.timestamp, .string]
      }
    }
    self = isCELs ? content : .text
  }

  /// Which argument it is, the receiver counted; `nil` for a text without rules.
  var argument: Int? {
    switch self {
    case .text: nil
    case .pattern, .extractionPattern, .timeZone: 1
    case .timestamp, .duration: 0
    }
  }
}
