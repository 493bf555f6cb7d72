import Diagnostics
import DocumentTree
import PolicyModel
import Source
import Testing

@Suite("Documents with very many faults")
struct ManyFaultsTests {
  @Test("beyond 100,000 faults the rest is not reported, and that is said")
  func tooManyFaults() {
    let text = #"{"name": "p", "rules": ["# + String(repeating: "1,", count: 100_001) + "1]}"
    let found = decoded(text, .json).diagnostics
    #expect(found.count == 100_001)
    #expect(found.last?.code == "limit-exceeded")
    #expect(found.last?.span.start == text.utf8.count - 5)
    #expect(found.dropLast().allSatisfy { $0.code == "wrong-type" })
  }

  @Test("each of many duplicate keys has its path")
  func manyDuplicates() {
    let count = 5000
    let text = policyJSON(
      #", "metadata": {"m": [{"a": 1}, {"#
        + (0..<count).map { #""k\#($0)": {"x": 0, "x": 1}, "same": [{"y": 0, "y": \#($0)}]"# }.joined(separator: ",")
        + "}]}")
    let found = decoded(text, .json).diagnostics
    #expect(Set(found.map(\.code)) == ["duplicate-key"])
    #expect(found.count == count * 3 - 1)
    #expect(found.count { $0.field == "metadata.m[1].same" } == count - 1)
    #expect(found.count { $0.field == "metadata.m[1].same[0].y" } == count)
    #expect(Set(found.map(\.field)).count == count + 2)
  }
}
