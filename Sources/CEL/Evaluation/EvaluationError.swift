/// Why an evaluation has no value.
public struct EvaluationError: Error, Sendable, Equatable {
  /// What may go wrong.
  public enum Kind: UInt8, Sendable {
    /// No function or operator takes values of these types.
    case noOverload
    /// A map has no such key, a message no such field.
    case noSuchKey
    /// A list has no such element.
    case indexOutOfBounds
    /// A number divided by zero, or its remainder.
    case divisionByZero
    /// A number or a time out of its type's range.
    case overflow
    /// A value that cannot be converted, or that a function cannot take.
    case invalidArgument
    /// A map with one key twice.
    case duplicateKey
    /// The variable has no value in this activation.
    case unboundVariable
    /// A regular expression took more steps than it may.
    case tooComplex
    /// The evaluation used up its steps or its memory.
    case limit
  }

  /// What went wrong.
  public package(set) var kind: Kind
  /// What is wrong, in the words of a diagnostic; empty where the kind says all there is to say.
  package var detail: String
  /// The expression that has no value; filled in by the evaluator.
  package var expression: ExpressionID?
  /// Where that expression stands, in UTF-8 bytes of the text that a `CompiledExpression` was made from.
  public package(set) var range: Range<Int>?

  package init(_ kind: Kind, _ detail: String = "") {
    self.kind = kind
    self.detail = detail
    expression = nil
  }

  package static let noOverload = EvaluationError(.noOverload)

  /// A value that a function cannot take, or that cannot be converted.
  package static func invalidArgument(_ detail: String) -> EvaluationError { EvaluationError(.invalidArgument, detail) }

  package static func overflow(_ detail: String = "") -> EvaluationError { EvaluationError(.overflow, detail) }
}

extension EvaluationError: CustomStringConvertible {
  /// Lower case, without a full stop: `division by zero`.
  public var description: String {
    if !detail.isEmpty { return detail }
    return switch kind {
    case .noOverload: "no such overload"
    case .noSuchKey: "no such key"
    case .indexOutOfBounds: "index out of bounds"
    case .divisionByZero: "division by zero"
    case .overflow: "the result is out of range"
    case .invalidArgument: "invalid argument"
    case .duplicateKey: "the key is there already"
    case .unboundVariable: "the variable has no value"
    case .tooComplex: "the regular expression takes too many steps on this text"
    case .limit: "the evaluation takes too many steps"
    }
  }
}
