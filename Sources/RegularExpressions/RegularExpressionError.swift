/// Why a pattern could not be matched against a text.
package enum RegularExpressionError: Error, Sendable, Equatable {
  /// A limit was reached before there was an answer.
  case tooComplex
}
