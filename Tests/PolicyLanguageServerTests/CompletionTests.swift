import DocumentTree
import MarkedSource
import PolicyLanguageServer
import Testing

@Suite struct CompletionTests {
  private func labels(_ policy: OpenPolicy) -> [String] {
    policy.ask("textDocument/completion")?.elements.compactMap { $0["label"]?.text } ?? []
  }

  @Test(
    "behind a dot come the members of what stands before it, in broken conditions too",
    arguments: [
      ("resource.1️⃣", ["BucketName", "Versioning", "Rules"]),
      ("resource.Buck1️⃣ == 'a'", ["BucketName"]),
      ("resource.1️⃣ == 'a'", ["BucketName"]),
      ("resource.Versioning.1️⃣ && (", ["Status"]),
      ("(resource.Versioning.1️⃣", ["Status"]),
      ("resource.Rules[0].1️⃣", ["Days", "Prefix"]),
      ("resource.Rules.exists(r, r.1️⃣)", ["Days", "Prefix"]),
      ("resource.Rules.exists(r, r.1️⃣", ["Days", "Prefix"]),
      ("resource.Rules.1️⃣", ["exists", "all", "size"]),
      ("resource.BucketName.1️⃣", ["startsWith", "matches", "size"]),
      ("has(resource.1️⃣)", ["BucketName"]),
      ("variables.1️⃣", ["big", "names"]),
      ("variables.names.1️⃣", ["exists", "size"]),
      ("math.1️⃣", ["abs", "greatest"]),
      ("now.1️⃣", ["getFullYear"]),
    ])
  func members(condition: String, expected: [String]) throws {
    let labels = labels(try OpenPolicy(condition: condition))
    for name in expected { #expect(labels.contains(name), "\(condition): \(labels)") }
    #expect(!labels.contains("resource"))
  }

  @Test("methods fit what they are called on")
  func methods() throws {
    let text = labels(try OpenPolicy(condition: "resource.BucketName.1️⃣"))
    #expect(!text.contains("exists"))
    #expect(!text.contains("getFullYear"))
    #expect(!labels(try OpenPolicy(condition: "now.1️⃣")).contains("startsWith"))
  }

  @Test(
    "elsewhere come the names in scope",
    arguments: [
      ("1️⃣", ["resource", "variables", "size", "has", "math"]),
      ("resource.a && r1️⃣", ["resource", "request"]),
      ("variables.names.exists(name, 1️⃣)", ["name", "resource"]),
      ("variables.names.exists(name, name == 'a' && 1️⃣)", ["name", "resource"]),
    ])
  func names(condition: String, expected: [String]) throws {
    let labels = labels(try OpenPolicy(condition: condition))
    for name in expected { #expect(labels.contains(name), "\(condition): \(labels)") }
  }

  @Test(
    "where a value is wanted that the schema lists, the values come first",
    arguments: [
      "resource.Versioning.Status == 1️⃣", "resource.Versioning.Status == '1️⃣'", "resource.Versioning.Status != 'Ena1️⃣b'",
      "resource.Versioning.Status in [1️⃣]", "resource.Versioning.Status in ['Enabled', 1️⃣]",
      "resource.Versioning.Status in ['1️⃣']",
    ])
  func values(condition: String) throws {
    let labels = labels(try OpenPolicy(condition: condition))
    #expect(labels.prefix(2) == ["'Enabled'", "'Suspended'"], "\(condition): \(labels.prefix(4))")
  }

  @Test("what is inserted replaces the word, or the string, that is being written")
  func edits() throws {
    func after(_ condition: String, _ label: String) throws -> String {
      let policy = try OpenPolicy(condition: condition)
      let items = policy.ask("textDocument/completion")?.elements ?? []
      let item = try #require(items.first { $0["label"]?.text == label })
      let text = applying(item["textEdit"].map { [$0] } ?? [], to: policy.source.text)
      return String(text.split(separator: "\n").last ?? "").trimmingPrefix { $0 == " " }.description
    }
    #expect(try after("resource.Buck1️⃣ == 'a'", "BucketName") == "resource.BucketName == 'a'")
    #expect(
      try after("resource.Versioning.Status == 'Ena1️⃣'", "'Enabled'") == "resource.Versioning.Status == 'Enabled'")
    #expect(try after("si1️⃣", "size") == "size($1)")
    #expect(try after("variables.names.ex1️⃣", "exists") == "variables.names.exists(${1:variable}, ${2:condition})")
  }

  @Test(
    "keys of the schema and words that are values",
    arguments: [
      ("name: p\n1️⃣", "rules", "name"), ("name: p\nrules:\n  - con1️⃣", "condition", "rules"),
      ("name: p\nrules:\n  - condition: a\n    1️⃣\n", "action", "condition"),
      ("name: p\nrules:\n  - condition: a\n    1️⃣\n    action: deny\n", "message", "action"),
      ("name: p\nrules:\n- condition: a\n  sev1️⃣", "severity", "rules"),
      ("name: p\nrules:\n  - condition: a\n    action: 1️⃣", "deny", "condition"),
      ("name: p\nrules:\n  - condition: a\n    severity: c1️⃣\n", "critical", "deny"),
      ("name: p\ndefault_action: 1️⃣\n", "allow", "warn"), ("enabled: 1️⃣\n", "true", "deny"),
      ("{\"name\": \"p\", \"1️⃣\"}", "rules", "name"),
      ("{\"rules\": [{\"condition\": \"a\", \"ac1️⃣", "action", "condition"),
      ("{\"rules\": [{\"condition\": \"a\", \"action\": \"1️⃣\"}]}", "deny", "action"),
      ("{\"name\": \"p\", 1️⃣}", "rules", "name"),
    ])
  func keys(marked: String, expected: String, absent: String) {
    let labels = labels(OpenPolicy(marked))
    #expect(labels.contains(expected), "\(marked): \(labels)")
    #expect(!labels.contains(absent), "\(marked): \(labels)")
  }

  @Test("anywhere in the samples, and in broken ones, something or nothing is offered, and nothing breaks")
  func everywhere() throws {
    var random = SeededGenerator(seed: 11)
    for sample in SampleFolder.all(.valid) + SampleFolder.all(.invalid) {
      guard let bytes = sample.bytes(sample.policyFile), let text = String(validating: bytes, as: UTF8.self) else {
        continue
      }
      for _ in 0..<3 {
        let cut = String(decoding: bytes.prefix(Int.random(in: 0...bytes.count, using: &random)), as: UTF8.self)
        for text in [text, cut] {
          let client = LanguageClient(resourceTypes: sample.resourceTypes)
          client.open("file:///nowhere/\(sample.policyFile)", text)
          let place = position(of: Int.random(in: 0...text.utf8.count, using: &random), in: text)
          for method in ["completion", "hover", "signatureHelp"] {
            let answer = client.answer(
              "textDocument/\(method)",
              ["textDocument": ["uri": "file:///nowhere/\(sample.policyFile)"], "position": place])
            #expect(answer?["result"] != nil, "\(method) in \(sample)")
          }
        }
      }
    }
  }
}
