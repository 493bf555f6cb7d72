import DiagnosticRendering
import Foundation
import MarkedSource
import Testing

@Suite("Unified diffs")
struct UnifiedDiffTests {
  private func diff(_ old: String, _ new: String) -> String {
    String(decoding: UnifiedDiff(Array(old.utf8), Array(new.utf8), name: "f").written(), as: UTF8.self)
  }

  @Test("equal texts have none")
  func equal() {
    #expect(diff("", "") == "")
    #expect(diff("a\nb\n", "a\nb\n") == "")
  }

  @Test("changes stand in their context, and those close to each other in one hunk")
  func hunks() {
    let old = (1...20).map { "\($0)\n" }.joined()
    let new = old.replacing("\n5\n", with: "\nfive\n").replacing("\n9\n", with: "\n").replacing("\n20\n", with: "\n20")
    #expect(
      diff(old, new) == """
        --- f
        +++ f
        @@ -2,11 +2,10 @@
         2
         3
         4
        -5
        +five
         6
         7
         8
        -9
         10
         11
         12
        @@ -17,4 +16,4 @@
         17
         18
         19
        -20
        +20
        \\ No newline at end of file

        """)
    #expect(diff("", "a\n") == "--- f\n+++ f\n@@ -0,0 +1 @@\n+a\n")
  }

  @Test(
    "`patch` makes the new text of the old one", .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/patch")))
  func patches() throws {
    let folder = NSTemporaryDirectory() + "policycortex-diff-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for seed in 0..<40 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let (old, new) = Self.randomTexts(&random)
      try Data(old.utf8).write(to: URL(fileURLWithPath: folder + "/f"))
      try Data(diff(old, new).utf8).write(to: URL(fileURLWithPath: folder + "/d"))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/patch")
      process.arguments = ["-s", "-i", folder + "/d", folder + "/f"]
      try process.run()
      process.waitUntilExit()
      let patched = String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder + "/f")), as: UTF8.self)
      #expect(patched == new, "seed \(seed)")
    }
  }

  @Test("seeded random diffs hold the lines of both texts in order")
  func lines() {
    for seed in 0..<400 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let (old, new) = Self.randomTexts(&random)
      // With context enough, a diff is both texts.
      let body = diff(old, new).split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("\\") }
      let removed = body.filter { $0.hasPrefix("-") && !$0.hasPrefix("---") }.count
      let added = body.filter { $0.hasPrefix("+") && !$0.hasPrefix("+++") }.count
      #expect(
        Self.lineCount(new) - Self.lineCount(old) == added - removed, "seed \(seed)")
    }
  }

  @Test("texts that have nothing in common are compared in bounded time")
  func different() {
    let old = (0..<20_000).map { "a\($0)\n" }.joined()
    let new = (0..<20_000).map { "b\($0)\n" }.joined()
    #expect(diff(old, new).hasPrefix("--- f\n+++ f\n@@ -1,20000 +1,20000 @@\n-a0\n"))
  }

  private static func lineCount(_ text: String) -> Int { text.split(separator: "\n").count }

  private static func randomTexts(_ random: inout SeededGenerator) -> (String, String) {
    let letters = ["a", "b", "c", "d"]
    var old: [String] = []
    for _ in 0..<Int.random(in: 0...30, using: &random) { old.append(letters.randomElement(using: &random) ?? "") }
    var new = old
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0...new.count, using: &random)
      if Bool.random(using: &random), place < new.count {
        new.remove(at: place)
      } else {
        new.insert(letters.randomElement(using: &random) ?? "", at: place)
      }
    }
    func text(_ lines: [String]) -> String {
      lines.joined(separator: "\n") + (Bool.random(using: &random) && !lines.isEmpty ? "\n" : "")
    }
    return (text(old), text(new))
  }
}
