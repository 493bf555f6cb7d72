import Diagnostics
import DocumentTree
import MarkedSource
import Source
import Testing

@Suite("limits of the YAML reader")
struct YAMLLimitTests {
  @Test(
    "nesting is reported where it goes too deep, and reading goes on behind it",
    arguments: [
      (String(repeating: "[", count: 255), "1️⃣[", String(repeating: "]", count: 256)),
      (String(repeating: "{b: ", count: 255), "1️⃣{", String(repeating: "}", count: 256)),
      ("\n  " + String(repeating: "- ", count: 255), "1️⃣- x", ""),
    ])
  func nesting(_ before: String, _ deep: String, _ behind: String) {
    let source = MarkedSource("a: \(before)\(deep)\(behind)\nb: *c\n")
    let reading = YAMLReading(source.text)
    #expect(reading.diagnostics.map(\.code) == ["limit-exceeded", "invalid-yaml"])
    #expect(reading.diagnostics.first?.span.start == source.offset("1️⃣"))
    reading.expectSound()
    let allowed = YAMLReading(MarkedSource("a: \(before)x\(behind.dropLast())\nb: c\n").text)
    #expect(allowed.findings == "")
  }

  @Test(
    "streams that a fuzzer broke the tree with give a sound one",
    arguments: [
      "<<: {&a,*a", "<<: {&b.:{*b", "- |+\n   ", "<<: [&x,: *x", "<<: [&x {a: 1}, *x]\nb: *x",
      "<<: [{k: &b {y: 1}}, *b, {c: *b}]", "- {[&b{<{<<: *b,\"\n- {\u{0}{{",
    ])
  func fuzzFinds(_ text: String) { YAMLReading(text).expectSound() }

  @Test(
    "hostile nesting and repetition give diagnostics on a small stack",
    arguments: [
      "[", "{", "{a: ", "- ", "? ", "&a ", "!!str ", "[[],", "\"x", "- \"a\n", "- \"a\n- 'b\n", "*a ", "[a: ", "[? ",
      "{? ", ",", "[,", "]", "[}", "a: {b: c\n", "\"a\": ", "a: ", "!", "*", "%", "@", "|", "-\t",
      "<<: {", "[\"a\n", "\u{FEFF}", "\u{7F}", "- |0\n",
    ])
  func hostility(_ unit: String) {
    let text = String(repeating: unit, count: 100_000)
    let codes = onSmallStack { Set(YAMLReading(text).diagnostics.map(\.code)) }
    #expect(codes?.isEmpty == false)
    #expect(codes?.isSubset(of: ["invalid-yaml", "limit-exceeded"]) == true)
  }

  @Test(
    "what repeats without fault is read without diagnostics",
    arguments: [
      "---\n", "...\n", "# a\n", "- a\n", "- - - a\n", "- |\n", "- &a x\n", "- {a: b}\n", "a\n", "\n", " ", "\t", ":",
      "&", "\\", "''", "|\n",
    ])
  func repetition(_ unit: String) {
    #expect(YAMLReading(String(repeating: unit, count: 20_000)).findings == "")
  }

  @Test("nesting by indentation is limited like brackets")
  func blockNesting() {
    let text = (0..<300).map { String(repeating: " ", count: $0) + "a:\n" }.joined() + "b: *c\n"
    let reading = YAMLReading(text)
    #expect(reading.diagnostics.map(\.code) == ["limit-exceeded", "invalid-yaml"])
    reading.expectSound()
  }

  @Test("faults beyond a limit end the reading")
  func faults() {
    let reading = YAMLReading(String(repeating: "- *a\n", count: DocumentLimits.faults + 100))
    #expect(reading.diagnostics.count == DocumentLimits.faults + 1)
    #expect(reading.diagnostics.last?.code == "limit-exceeded")
    reading.expectSound()
  }

  @Test("a document over 64 MiB is not read")
  func size() {
    let reading = YAMLReading([UInt8](repeating: 0x23, count: DocumentLimits.byteCount + 1))
    #expect(reading.diagnostics.map(\.code) == ["limit-exceeded"])
    #expect(reading.document.roots.isEmpty)
  }
}
