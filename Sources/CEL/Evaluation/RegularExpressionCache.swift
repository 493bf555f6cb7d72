package import RegularExpressions

/// The regular expressions that evaluations have met as values, read once as long as they are met again.
///
/// Those that stand in a condition as literals belong to its program and never come here.
package final class RegularExpressionCache {
  private struct Entry {
    let hash: UInt32
    let expression: RegularExpression
  }

  /// How many are kept.
  static let capacity = 64

  private var entries: [Entry] = []
  /// The entry that the next one takes the place of, once all are there.
  private var next = 0

  /// The regular expression of a pattern.
  ///
  /// - Parameters:
  ///   - pattern: UTF-8.
  ///   - context: What pays for reading it.
  /// - Returns: The expression; it has not been matched yet, or has been before.
  /// - Throws: `EvaluationError` with the words of the pattern's fault.
  package func expression(
    _ pattern: ByteView, _ context: EvaluationContext
  ) throws(EvaluationError) -> RegularExpression {
    try context.charge(pattern.count)
    let hash = ValueHash.of(pattern)
    for entry in entries where entry.hash == hash && pattern.elementsEqual(entry.expression.pattern) {
      return entry.expression
    }
    let entry = Entry(hash: hash, expression: try Self.read(pattern))
    if entries.count < Self.capacity {
      entries.append(entry)
    } else {
      entries[next] = entry
      next = (next + 1) % Self.capacity
    }
    return entry.expression
  }

  private static func read(_ pattern: ByteView) throws(EvaluationError) -> RegularExpression {
    do throws(RE2Fault) {
      return try RegularExpression(pattern)
    } catch {
      throw .invalidPattern(pattern, error)
    }
  }
}

extension EvaluationError {
  /// What a pattern is that cannot be read.
  static func invalidPattern(_ pattern: ByteView, _ fault: RE2Fault) -> EvaluationError {
    .invalidArgument("invalid regular expression `\(pattern.excerpt)`: \(fault.message)")
  }
}
