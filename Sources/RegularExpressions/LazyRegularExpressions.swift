/// The regular expressions of some patterns, all of which are read when the first is needed.
///
/// May be used by many threads at once.
package final class LazyRegularExpressions: Sendable {
  private final class Readings: Sendable {
    let expressions: [Result<RegularExpression, RE2Fault>]

    init(_ patterns: [[UInt8]]) {
      expressions = patterns.map { pattern in
        do throws(RE2Fault) { return .success(try RegularExpression(pattern)) } catch { return .failure(error) }
      }
    }
  }

  /// Why there is no answer.
  package enum Failure: Error {
    case fault(RE2Fault)
    /// A limit was reached first.
    case tooComplex
  }

  private let readings = LazyReference<Readings>()

  package init() {}

  /// Whether a pattern matches somewhere in a text.
  ///
  /// - Parameters:
  ///   - place: The pattern's place among all.
  ///   - subject: UTF-8; that is not checked.
  ///   - patterns: All patterns, always the same.
  /// - Returns: Whether it does.
  /// - Throws: The pattern's fault, or `tooComplex`.
  package func matches(
    _ place: Int, _ subject: UnsafeBufferPointer<UInt8>, patterns: () -> [[UInt8]]
  ) throws(Failure) -> Bool {
    let answer: Result<Bool, Failure> = readings.with({ Readings(patterns()) }) { readings in
      switch readings.expressions[place] {
      case .failure(let fault): return .failure(.fault(fault))
      case .success(let expression):
        do throws(RegularExpressionError) { return .success(try unsafe expression.matches(subject)) } catch {
          return .failure(.tooComplex)
        }
      }
    }
    return try answer.get()
  }
}
