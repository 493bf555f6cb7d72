import CEL
import Diagnostics
import MarkedSource
import Source
import Testing

@Suite("Expressions from outside")
struct ParserConformanceTests {
  @Test(
    "every expression of the conformance suite parses without a diagnostic",
    .enabled(if: SharedData.root != nil, "the shared conformance data is not here"))
  func conformance() {
    #expect(SharedExpressions.conformance.count > 1600)
    for expression in SharedExpressions.conformance { expectClean(expression) }
  }

  @Test(
    "every real-world expression that Google's parser accepts parses without a diagnostic",
    .enabled(if: SharedData.root != nil, "the shared conformance data is not here"))
  func realWorld() {
    #expect(SharedExpressions.realWorld.count > 1100)
    for expression in SharedExpressions.realWorld { expectClean(expression) }
  }

  private func expectClean(_ expression: String) {
    let found = parseExpression(expression).diagnostics.filter { $0.code != "hidden-unicode" }
    #expect(found.isEmpty, "\(expression): \(found.map { "\($0.span.start): \($0.message)" })")
  }
}
