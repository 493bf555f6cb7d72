import Diagnostics
import Testing

@Suite("The closest name")
struct ClosestNameTests {
  @Test(
    "is offered when it is near, and only then",
    arguments: [
      ("condtion", "condition"), ("CONDITION", "condition"), ("actoin", "action"), ("nmae", "name"), ("x", nil),
      ("colour", nil), ("", nil), ("ruls", "rules"), ("sevrity", "severity"), ("acton", "action"),
    ] as [(String, String?)])
  func nearNames(name: String, expected: String?) {
    #expect(closestName(to: name, among: ["name", "rules", "condition", "action", "severity"]) == expected)
  }

  @Test("is the first of equally close candidates, and never the name itself")
  func firstOfEqual() {
    #expect(closestName(to: "cat", among: ["bat", "hat"]) == "bat")
    #expect(closestName(to: "cat", among: ["cat"]) == nil)
  }

  @Test("has the same letters rather than others")
  func swaps() {
    #expect(closestName(to: "EN", among: ["BN", "NE", "EM"]) == "NE")
    #expect(closestName(to: "from", among: ["frog", "form", "fram"]) == "form")
    #expect(closestName(to: "Transitionq", among: ["Transition", "Transitions"]) == "Transitions")
  }

  @Test("is not looked for where the name is longer than anyone would mistype")
  func longNames() {
    #expect(
      closestName(to: String(repeating: "a", count: 100_000), among: [String(repeating: "a", count: 100_001)]) == nil)
  }
}
