package import CEL
package import Diagnostics
package import Source

/// Checks a condition as it would stand in a policy, and tells the types of its parts.
///
/// - Parameter text: The condition.
/// - Returns: The types by place, what contains others before them, and what was found.
package func expressionTypes(
  of text: String
) -> (types: [(span: SourceSpan, type: CELType)], diagnostics: [Diagnostic]) {
  var parser = Parser(options: .policy)
  var references = ReferenceChecker(.policy())
  var checker = Checker(references.environment)
  var constants = ConstantChecker()
  let bytes = Array(text.utf8)
  let diagnostics = unsafe bytes.withUnsafeBufferPointer { text in
    unsafe parser.parse(text)
    var diagnostics = parser.diagnostics
    references.check(parser.tree, into: &diagnostics)
    unsafe checker.check(parser.tree, text: text, expectsBool: false, into: &diagnostics)
    unsafe constants.check(parser.tree, text: text, &checker, into: &diagnostics)
    return diagnostics
  }
  return (checker.writtenTypes(parser.tree), diagnostics.inDocumentOrder())
}
