package import Diagnostics
internal import RegularExpressions
internal import Source

/// Finds what fails in a condition whatever its input is: parts without variables, and texts that are no patterns, times
/// or time zones.
///
/// A checker that is kept and reused allocates little on a condition without faults; a program is made only where
/// something without variables may fail.
package struct ConstantChecker: Sendable {
  private var parts = ConstantParts()
  private var advice = PatternAdvice()

  /// How much may still be spent on patterns that other engines are slow on, in patterns; some take more than one.
  package var remainingPatternWork: Int {
    get { advice.remainingWork }
    set { advice.remainingWork = newValue }
  }

  package init() {}

  /// Checks one tree.
  ///
  /// - Parameters:
  ///   - tree: What the parser read.
  ///   - text: What it was read from.
  ///   - checker: The checker, which has checked this tree last.
  ///   - diagnostics: What was found in the same text before, and where what is found now is added. What is already known
  ///     to be wrong is not judged again.
  package mutating func check(
    _ tree: SyntaxTree, text: UnsafeBufferPointer<UInt8>, _ checker: inout Checker, into diagnostics: inout [Diagnostic]
  ) {
    parts.find(in: tree, checker)
    guard parts.mayFail || !parts.readings.isEmpty else { return }
    var reports = ConstantReports(tree: tree, after: diagnostics)
    for reading in parts.readings {
      switch reading.content {
      case .text: break
      case .pattern, .extractionPattern:
        guard let pattern = content(reading.argument, tree, &checker) else { continue }
        if PlainPattern.matches(pattern), advice.isBeyondAdvice(plain: pattern) { continue }
        do throws(RE2Fault) {
          let expression = try RegularExpression(pattern)
          unsafe reports.add(on: expression, of: reading, text: text, &advice)
          let count = expression.captureCount
          guard reading.content == .extractionPattern, count > 1 else { continue }
          throw RE2Fault(
            .invalid, 0..<pattern.count,
            "a pattern to extract with has at most one capturing group, and this one has \(count)",
            help: "write `(?:…)` for a group that captures nothing")
        } catch {
          unsafe reports.add(error, of: reading, text: text)
        }
      case .timestamp, .duration:
        let argument = tree.nodes[Int(reading.argument)]
        guard argument.kind == .string else { continue }
        do throws(ConversionFault) {
          let literal = Array(tree.literal(argument))
          if reading.content == .timestamp {
            _ = try Timestamp(parsing: literal.span)
          } else {
            _ = try Duration(parsing: literal.span)
          }
        } catch {
          unsafe reports.add(error, of: reading, text: text)
        }
      case .timeZone:
        // Where there is no data, all names are unknown.
        guard !TimeZoneDatabase.system.isEmpty, let name = content(reading.argument, tree, &checker) else { continue }
        do throws(ConversionFault) { _ = try TimeZone(named: name.span) } catch {
          unsafe reports.add(error, of: reading, text: text)
        }
      }
    }
    if parts.mayFail {
      var builder = ProgramBuilder()
      // A program also computes what is made of names for constants, which a condition may guard.
      for error in builder.program(tree, &checker).constantErrors where parts.isConstant(error.expression) {
        let reading = parts.readings.first { $0.call == error.expression.rawValue }
        unsafe reports.add(error, reading, text: text)
      }
    }
    diagnostics += reports.diagnostics
  }

  /// The text that a constant argument is; `nil` for one that fails, or is no text.
  private func content(_ argument: UInt32, _ tree: SyntaxTree, _ checker: inout Checker) -> [UInt8]? {
    let node = tree.nodes[Int(argument)]
    if node.kind == .string { return Array(tree.literal(node)) }
    var builder = ProgramBuilder()
    let program = builder.program(tree, &checker, root: ExpressionID(rawValue: argument))
    guard
      case .string(let text)? = try? Evaluator(budget: .constants).result(of: program, Activation(checker.environment))
    else { return nil }
    return Array(text.utf8)
  }
}
