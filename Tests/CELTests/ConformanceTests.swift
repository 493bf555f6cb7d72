import CEL
import CELConformance
import DocumentTree
import MarkedSource
import Testing

@Suite("The published conformance suite")
struct ConformanceTests {
  @Test(
    "every test of the tiers core, ext and wkt passes, and of the tier proto all but those that are listed",
    .enabled(if: SharedData.root != nil, "the shared data is not there"))
  func passes() {
    var run = TestRun()
    var tallies: [String: (passed: Int, all: Int)] = [:]
    var failed: Set<String> = []
    for line in SharedExpressions.conformanceLines {
      guard let record = JSONValue(line), let test = ExpectedAnswer(record) else {
        Issue.record("a record cannot be read: \(String(decoding: line, as: UTF8.self))")
        continue
      }
      let answer = run.answer(line).line
      let difference = JSONValue(answer).map { test.difference(from: $0) } ?? "the answer is no JSON"
      tallies[test.tier, default: (0, 0)].all += 1
      if let difference {
        failed.insert(test.id)
        #expect(
          ConformanceExceptions.reasons[test.id] != nil,
          "\(test.id): `\(test.expression)`: \(difference): \(String(decoding: answer, as: UTF8.self))")
      } else {
        tallies[test.tier, default: (0, 0)].passed += 1
        let reason = ConformanceExceptions.reasons[test.id]
        #expect(reason == nil, "\(test.id) passes, but is listed as an exception: \(reason ?? "")")
      }
    }
    for (tier, tally) in tallies.sorted(by: { $0.key < $1.key }) {
      print("conformance: \(tier): \(tally.passed) of \(tally.all)")
    }
    #expect((tallies["core"]?.all ?? 0) > 500)
  }
}
