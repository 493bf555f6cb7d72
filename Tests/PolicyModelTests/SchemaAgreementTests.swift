import Diagnostics
import DocumentTree
import Glibc
import MarkedSource
import Testing

@Suite("The published schemas")
struct SchemaAgreementTests {
  /// Whether a command succeeds.
  private static func succeeds(_ command: String) -> Bool { unsafe system(command + " >/dev/null 2>&1") == 0 }

  private static let hasJSONSchema = succeeds("python3 -c 'import jsonschema'")

  @Test(
    "both editions and the validator agree on policies changed at random",
    .enabled(if: hasJSONSchema, "needs python3 with the package jsonschema"))
  func agreement() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var mutations = PolicyMutations(generator: SeededGenerator(seed: seed))
    var records = ""
    var malformed = 0
    let count = 1500
    for index in 0..<count {
      var document = mutations.document()
      for _ in 0..<(index % 4) { document = mutations.mutated(document) }
      let isMalformed = decoded(document.text, .json).diagnostics.contains { $0.failure == .malformed }
      malformed += isMalformed ? 1 : 0
      records += "{\"document\": \(document.text), \"malformed\": \(isMalformed)}\n"
    }
    // Otherwise nothing would have been compared.
    #expect(malformed > count / 4 && malformed < count * 3 / 4, "seed \(seed)")

    let tests = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let path = "/tmp/policycortex-schema-\(getpid()).jsonl"
    try write(records, to: path)
    defer { unsafe unlink(path) }
    let output = try output(of: "python3 '\(tests)/schema_verdicts.py' '\(tests)/../../grammar' '\(path)' 2>&1")
    #expect(output == "compared \(2 * count)\n", "seed \(seed)")
  }

  private func write(_ text: String, to path: String) throws {
    let file = try unsafe #require(fopen(path, "wb"))
    defer { unsafe fclose(file) }
    let bytes = Array(text.utf8)
    #expect(unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }

  private func output(of command: String) throws -> String {
    let pipe = try unsafe #require(popen(command, "r"))
    defer { unsafe pclose(pipe) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = unsafe fread(&buffer, 1, buffer.count, pipe)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }
}
