import DocumentTree
import MarkedSource
import PolicyCortex
import Testing

@Suite("Hostile input")
struct HostileInputTests {
  /// Cases whose verdict differs from the manifest's, with the reason; each fails this test once it agrees.
  private static let exceptions: [String: String] = [
    "cel-070.json": "a condition of nothing but a comment is `invalid-length`, 400 (CHECKS); the manifest has 422"
  ]

  private struct Case: Sendable, CustomTestStringConvertible {
    var file = ""
    var statuses: Set<Int> = []
    var testDescription: String { file }
  }

  private static let cases: [Case] = {
    guard let bytes = SharedData.bytes("inputs/hostile/manifest.json") else { return [] }
    let document = readDocument(SourceText(name: "manifest.json", bytes: bytes)).document
    var cases: [Case] = []
    for root in document.roots {
      document.forEachMember(of: root) { key, list in
        guard document.text(of: key) == "cases" else { return }
        document.forEachElement(of: list) { _, item in
          var one = Case()
          document.forEachMember(of: item) { key, value in
            switch document.text(of: key) {
            case "file": one.file = document.text(of: value)
            case "status": document.forEachElement(of: value) { one.statuses.insert(Int(document.text(of: $1)) ?? 0) }
            default: break
            }
          }
          cases.append(one)
        }
      }
    }
    return cases
  }()

  @Test(
    "each hostile document is answered as its manifest says, with a place",
    .enabled(if: SharedData.root != nil, "the shared inputs are not beside the checkout"))
  func verdicts() throws {
    #expect(Self.cases.count > 100)
    for one in Self.cases {
      let bytes = try #require(SharedData.bytes("inputs/hostile/\(one.file)"))
      let report = PolicyValidator().validate(bytes, name: one.file)
      let isExcepted = Self.exceptions[one.file] != nil
      #expect(one.statuses.contains(report.status.rawValue) != isExcepted, "\(one.file): \(report.status)")
      #expect(report.status == .valid || !report.diagnostics.isEmpty, "\(one.file)")
      for diagnostic in report.diagnostics { #expect(diagnostic.span.end <= bytes.count, "\(one.file)") }
    }
  }

  /// What opens, what stands inside, what closes.
  private static let nestings: [(String, String, String)] = [
    ("(", "true", ")"), ("(", "", ""), ("[", "", "]"), ("[", "", ""), ("{", "", ""), ("{1: ", "1", "}"),
    ("!", "true", ""),
    ("-", "1", ""), ("true ? 1 : ", "2", ""), ("true ? ", "1", " : 2"), ("f(", "1", ")"), ("[1].all(x, ", "true", ")"),
    ("resource[", "0", "]"), ("M{a: ", "1", "}"), ("([{1: !-", "", ""), ("not ", "true", ""), ("a.b(", "", ""),
    ("has(", "a.b", ")"), ("cel.bind(x, ", "1", ", x)"), ("{'a': [", "1", "]}"), ("optional.of(", "1", ")"),
  ]

  @Test("brackets, prefix operators and conditionals 100,000 deep give a diagnostic on a small stack")
  func conditionNesting() throws {
    for (opening, inside, closing) in Self.nestings {
      let count = min(100_000, (2 << 20) / (opening.utf8.count + closing.utf8.count) - 16)
      let condition = String(repeating: opening, count: count) + inside + String(repeating: closing, count: count)
      let documents = [
        "{\"name\": \"p\", \"rules\": [{\"action\": \"warn\", \"condition\": \(JSONText.quoted(condition))}]}",
        "name: p\nrules:\n- action: warn\n  condition: |\n    \(condition)\n",
        "name: p\nrules:\n- action: warn\n  condition: resource.a == 1\n  message: |\n    {{ \(condition) }}\n",
      ]
      for document in documents {
        let found = try #require(onSmallStack { codes(of: document) }, "\(opening)")
        #expect(
          found.contains("condition-limit-exceeded") || found.contains("invalid-message-template"),
          "\(opening): \(found)")
      }
    }
  }

  @Test("chains 100,000 long are no nesting, on a small stack")
  func chains() throws {
    let chains = [
      Array(repeating: "resource.a == 1", count: 100_000).joined(separator: " || "),
      Array(repeating: "resource.a", count: 100_000).joined(separator: " + ") + " == 1",
      "resource" + String(repeating: ".a", count: 100_000) + " == 1",
      "resource" + String(repeating: "[0]", count: 100_000) + " == 1",
      "resource" + String(repeating: ".?a", count: 100_000) + ".hasValue()",
      "resource.a in [" + Array(repeating: "1", count: 100_000).joined(separator: ", ") + "]",
    ]
    for chain in chains {
      let document = "{\"name\": \"p\", \"rules\": [{\"action\": \"warn\", \"condition\": \(JSONText.quoted(chain))}]}"
      let found = try #require(onSmallStack { codes(of: document) })
      #expect(found.isEmpty, "\(chain.prefix(40)): \(found)")
    }
  }

  @Test(
    "brackets of YAML 100,000 deep give a diagnostic on a small stack",
    arguments: [
      "[", "{", "{a: ", "[{", "- ", "? ", "- ? ", "a: ", "&a ", "!!str ", "*a ", "? - ", "\"", "'", "|\n ", "{? ",
      "[? ",
    ])
  func documentNesting(unit: String) throws {
    let document = String(repeating: unit, count: 100_000)
    let found = try #require(onSmallStack { codes(of: document, name: "p.yaml") })
    #expect(!found.isEmpty)
  }
}

private func codes(of document: String, name: String = "p") -> Set<String> {
  Set(PolicyValidator().validate(Array(document.utf8), name: name).diagnostics.map(\.code))
}
