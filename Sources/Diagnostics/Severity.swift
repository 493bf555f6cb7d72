/// How much a diagnostic weighs: only errors fail a document.
public enum Severity: String, Sendable, Comparable, CaseIterable {
  case hint
  case warning
  case error

  private var rank: Int {
    switch self {
    case .hint: 0
    case .warning: 1
    case .error: 2
    }
  }

  /// Hints weigh less than warnings, and warnings less than errors.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// Which way an error fails a document.
///
/// The raw value is the HTTP status, and nothing else in the project knows the numbers.
public enum Failure: Int, Sendable {
  /// The document is malformed or does not fit the policy schema.
  case malformed = 400
  /// The document fits the schema, but makes no sense.
  case unprocessable = 422
}

/// What kind of schema error it is: `details.type` of a 400 answer.
package enum SchemaErrorType: String, Sendable {
  case required, unknown, type, `enum`, duplicate, format, length, limit, json, yaml
}
