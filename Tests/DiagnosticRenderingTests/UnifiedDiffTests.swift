import DiagnosticRendering
import MarkedSource
import Testing

@Suite struct UnifiedDiffTests {
  private func diff(_ old: String, _ new: String, path: String = "p.yaml") -> String {
    String(decoding: UnifiedDiff(from: Array(old.utf8), to: Array(new.utf8)).written(path: path), as: UTF8.self)
  }

  @Test("is what `diff -u` writes")
  func changes() {
    #expect(diff("a\n", "a\n").isEmpty)
    #expect(diff("a\nb\nc\n", "a\nx\nc\n") == "--- a/p.yaml\n+++ b/p.yaml\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n")
    #expect(diff("", "a\n") == "--- a/p.yaml\n+++ b/p.yaml\n@@ -0,0 +1 @@\n+a\n")
    #expect(diff("a\n", "") == "--- a/p.yaml\n+++ b/p.yaml\n@@ -1 +0,0 @@\n-a\n")
    #expect(
      diff("a", "b")
        == "--- a/p.yaml\n+++ b/p.yaml\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n"
    )
    #expect(diff("a\n", "b\n", path: "a \"b\"").hasPrefix("--- \"a/a \\\"b\\\"\"\n"))
    #expect(diff("a\n", "b\n", path: "/x/y").hasPrefix("--- /x/y\n+++ /x/y\n"))
    let far = (1...30).map { "\($0)\n" }
    var changed = far
    changed[2] = "x\n"
    changed[25] = "y\n"
    #expect(
      diff(far.joined(), changed.joined()).split(separator: "\n").filter { $0.hasPrefix("@@") } == [
        "@@ -1,6 +1,6 @@", "@@ -23,7 +23,7 @@",
      ])
  }

  @Test("applied to the old text gives the new one")
  func application() throws {
    for seed in UInt64(1)...300 {
      var random = SeededGenerator(seed: seed)
      let old = (0..<Int.random(in: 0...60, using: &random)).map { _ in "\(Int.random(in: 0..<8, using: &random))\n" }
      var new = old
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let place = Int.random(in: 0...new.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: new.insert("new \(seed)\n", at: place)
        case 1: if place < new.count { new.remove(at: place) }
        default: if place < new.count { new[place] = "changed\n" }
        }
      }
      #expect(applied(diff(old.joined(), new.joined()), to: old) == new, "seed \(seed)")
    }
  }

  /// What a patch makes of some lines, by the format's own rules.
  private func applied(_ patch: String, to old: [String]) -> [String] {
    var result: [String] = []
    var line = 0
    for text in patch.split(separator: "\n").dropFirst(2) {
      if text.hasPrefix("@@") {
        let range = text.split(separator: " ")[1].dropFirst().split(separator: ",")
        let start = (Int(range[0]) ?? 0) - (range.count > 1 && range[1] == "0" ? 0 : 1)
        while line < start {
          result.append(old[line])
          line += 1
        }
        continue
      }
      let content = text.dropFirst() + "\n"
      if text.first != "+" {
        guard line < old.count, old[line] == content else { return ["does not apply"] }
        line += 1
      }
      if text.first != "-" { result.append(String(content)) }
    }
    return result + old[line...]
  }
}
