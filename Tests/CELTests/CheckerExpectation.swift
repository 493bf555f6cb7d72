import CEL
import Diagnostics
import MarkedSource
import Source
import Testing

/// What checking a condition found.
struct CheckedCondition {
  var type: CELType
  /// The syntax errors, which most tests have none of.
  var syntaxErrors: [Diagnostic]
  var diagnostics: [Diagnostic]
}

/// Parses and checks a condition with a checker of its own.
func checked(
  _ text: String, in environment: Environment = .policy(), options: ParserOptions = .policy, expectsBool: Bool = false
) -> CheckedCondition {
  let (tree, syntaxDiagnostics) = parseExpression(text, options: options)
  var checker = Checker(environment)
  var diagnostics = syntaxDiagnostics
  var text = text
  text.withUTF8 { unsafe checker.check(tree, text: $0, expectsBool: expectsBool, into: &diagnostics) }
  return CheckedCondition(
    type: checker.type(of: tree.root), syntaxErrors: syntaxDiagnostics.filter { $0.severity == .error },
    diagnostics: diagnostics[syntaxDiagnostics.count...].sorted(by: Diagnostic.precedes))
}

/// Expects exactly these diagnostics, each starting at its marker, in a condition of a policy.
///
/// Every span must lie inside the text, and no shorter text made by leaving out one byte may bring the checker down.
func expectFaults(
  _ marked: String, _ expected: [(marker: String, code: String)], expectsBool: Bool = true,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let source = MarkedSource(marked)
  let result = checked(source.text, expectsBool: expectsBool)
  #expect(result.syntaxErrors.map(\.message) == [], sourceLocation: sourceLocation)
  let found = result.diagnostics.map { "\($0.code) at \($0.span.start)" }
  let wanted = expected.map { "\($0.code) at \(source.offset($0.marker))" }
  #expect(found == wanted, "\(result.diagnostics.map(\.message))", sourceLocation: sourceLocation)
  for diagnostic in result.diagnostics {
    #expect(diagnostic.span.end <= source.text.utf8.count, sourceLocation: sourceLocation)
    #expect(!diagnostic.span.isEmpty, sourceLocation: sourceLocation)
  }
  let scalars = Array(source.text.unicodeScalars)
  for left in scalars.indices {
    var shorter = String.UnicodeScalarView()
    shorter.append(contentsOf: scalars[..<left])
    shorter.append(contentsOf: scalars[(left + 1)...])
    let text = String(shorter)
    for diagnostic in checked(text, expectsBool: expectsBool).diagnostics {
      #expect(diagnostic.span.end <= text.utf8.count, "in `\(text)`", sourceLocation: sourceLocation)
    }
  }
}
