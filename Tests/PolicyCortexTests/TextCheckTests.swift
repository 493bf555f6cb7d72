import Diagnostics
import MarkedSource
import PolicyCortex
import Source
import Testing

@Suite("Advice on texts")
struct TextCheckTests {
  /// Expects exactly these codes at the markers of a document.
  private func expect(
    _ text: String, _ codes: [String: String], name: String = "policy.yaml",
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let marked = MarkedSource(text)
    let codesOfTexts: Set = ["hidden-unicode", "confusable-identifier", "secret-in-policy", "legacy-boolean"]
    let found = PolicyValidator().validate(Array(marked.text.utf8), name: name).diagnostics.filter {
      codesOfTexts.contains($0.code)
    }
    let places = Dictionary(found.map { ($0.span.start, $0.code) }, uniquingKeysWith: { $0 + " " + $1 })
    let wanted = Dictionary(uniqueKeysWithValues: codes.map { (marked.offset($0), $1) })
    #expect(places == wanted, "\(text)", sourceLocation: sourceLocation)
  }

  private let rest = "rules:\n- condition: resource.public\n  action: audit\n"

  @Test("hidden characters are found in all strings, keys and comments")
  func hidden() {
    expect("name: a1️⃣\u{202E}b\n# c2️⃣\u{200B}d\n\(rest)", ["1️⃣": "hidden-unicode", "2️⃣": "hidden-unicode"])
    expect(
      "name: a\nmetadata: {k1️⃣\u{2060}ey: 2️⃣\u{FFF9}}\n\(rest)", ["1️⃣": "hidden-unicode", "2️⃣": "hidden-unicode"])
    expect(
      "{\"name\": \"1️⃣\u{2066}x\", \"rules\": [{\"condition\": \"resource.a == '2️⃣\u{200B}'\", \"action\": \"audit\"}]}",
      ["1️⃣": "hidden-unicode", "2️⃣": "hidden-unicode"], name: "policy.json")
  }

  @Test("a text in tags, which nobody sees, is found once")
  func tags() {
    let text = "name: a\u{E0041}\u{E0042}\u{E0043}b\n\(rest)"
    let found = PolicyValidator().validate(Array(text.utf8), name: "policy.yaml").diagnostics
    #expect(found.filter { $0.code == "hidden-unicode" }.map(\.span) == [SourceSpan(7, 11)])
  }

  @Test("characters that scripts and emoji need are no hidden ones")
  func visible() {
    expect("\u{FEFF}name: a\n\(rest)", [:])
    expect(
      "name: \u{5E9}\u{200F}, x\ndescription: \u{645}\u{6CC}\u{200C}\u{62E}\u{648}\u{627}\u{647}\u{645}\n\(rest)", [:])
    expect("name: \u{1F469}\u{200D}\u{1F4BB} \u{1F3F4}\u{E0067}\u{E0062}\u{E007F}\n\(rest)", [:])
    expect("name: \"a\\u202Eb\"\n\(rest)", [:])
    expect("name: soft\u{AD}hyphen\n\(rest)", [:])
  }

  @Test("words of mixed scripts are found in names, keys and conditions")
  func confusable() {
    expect("name: 1️⃣pr\u{43E}d policy\n\(rest)", ["1️⃣": "confusable-identifier"])
    expect("name: p\nmetadata: {a-1️⃣t\u{435}am: x}\n\(rest)", ["1️⃣": "confusable-identifier"])
    expect(
      "name: p\nrules:\n- condition: resource.tags[\"1️⃣\u{3B1}dmin\"] == 'x'\n  action: audit\n",
      ["1️⃣": "confusable-identifier"])
    expect(
      "{\"name\": \"\\u0061 1️⃣\u{440}rod\", \"rules\": [{\"condition\": \"resource.a\", \"action\": \"audit\"}]}",
      ["1️⃣": "confusable-identifier"], name: "policy.json")
  }

  @Test("words of one script, and scripts that go together, are not confusable")
  func notConfusable() {
    for name in [
      "\u{43F}\u{440}\u{43E}\u{434}", "\u{43F}\u{440}\u{43E}\u{434}-prod", "\u{394}x", "\u{B5}m", "caf\u{E9}",
      "\u{6771}\u{4EAC}Tower", "\u{30C6}\u{30B9}\u{30C8}A\u{3042}", "\u{D55C}\u{AE00}ABC", "5\u{43E}", "na\u{308}me",
    ] {
      expect("name: \(name)\n\(rest)", [:])
    }
    // Prose mixes scripts.
    expect("name: p\ndescription: API\u{448}\u{43D}\u{43E}\u{435}\n# API\u{435}\n\(rest)", [:])
    // What an escape spells can be seen.
    expect("name: \"\\u0440rod\"\n\(rest)", [:])
    // A line feed is spelt with a letter.
    expect("name: p\nmetadata: {a: \"x\\n\u{43E}\u{442}\"}\n\(rest)", [:])
  }

  @Test("API keys are known by their checksum, and keys of AWS by their form")
  func secrets() {
    let key = "pc_api_key_7Hq2mZ0a_Zr8Yk2VtQ5nWc1Xs9Lb4Gd6Fh3Jp7MaE4Sz00a"
    expect(
      "name: p\nmetadata: {a: 1️⃣\(key)}\n# 2️⃣AKIA2E0A8F3B244C9986\n\(rest)",
      ["1️⃣": "secret-in-policy", "2️⃣": "secret-in-policy"])
    expect(
      "name: p\nmetadata: {x: \"Bearer 1️⃣\(key)\", 2️⃣ASIA2E0A8F3B244C9986: 1}\n\(rest)",
      ["1️⃣": "secret-in-policy", "2️⃣": "secret-in-policy"])
    expect(
      "{\"name\": \"p\", \"rules\": [{\"condition\": \"resource.a == '1️⃣AKIA2E0A8F3B244C9986' &&\", \"action\": \"audit\"}]}",
      ["1️⃣": "secret-in-policy"], name: "policy.json")
  }

  @Test("what only looks like a key is none")
  func noSecrets() {
    for text in [
      "pc_api_key_7Hq2mZ0a_Zr8Yk2VtQ5nWc1Xs9Lb4Gd6Fh3Jp7MaE4Sz00b", "pc_api_key_...",
      "pc_api_key_7Hq2mZ0a_Zr8Yk2VtQ5nWc1Xs9Lb4Gd6Fh3Jp7MaE4Sz00a0", "AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE",
      "ASIAPACIFICNORTHEAST", "AKIAXXXXXXXXXXXXXXXX", "AKIA2E0A8F3B244C998", "AKIA2E0A8F3B244C99861",
      "XAKIA2E0A8F3B244C9986", "AKIA2E0A8F3B244C998z", "AKIA0000000000000000", "IA", "pc_", "ABIA",
    ] {
      expect("name: p\nmetadata: {a: \(text)}\n\(rest)", [:])
    }
  }

  @Test("blocks and what is left of them are both looked at", arguments: 0..<70)
  func blocks(padding: Int) {
    let space = String(repeating: "x", count: padding)
    expect(
      "name: \(space)\nmetadata:\n  a: 1️⃣AKIA2E0A8F3B244C9986\n\(rest)",
      ["1️⃣": "secret-in-policy"])
    expect("\(rest)name: p\nmetadata:\n  \(space)a: 1️⃣AKIA2E0A8F3B244C9986", ["1️⃣": "secret-in-policy"])
    expect("\(rest)name: n\(space)1️⃣\u{202E}", ["1️⃣": "hidden-unicode"])
  }

  @Test("unquoted words that were booleans are found, and their fix-it quotes them")
  func legacyBooleans() throws {
    expect(
      "name: 1️⃣On\nmetadata:\n  a: 2️⃣no\n  3️⃣off: [4️⃣YES, 5️⃣No]\n\(rest)",
      [
        "1️⃣": "legacy-boolean", "2️⃣": "legacy-boolean", "3️⃣": "legacy-boolean", "4️⃣": "legacy-boolean",
        "5️⃣": "legacy-boolean",
      ])
    let text = "name: p\nmetadata: {a: no}\n\(rest)"
    let found = PolicyValidator().validate(Array(text.utf8), name: "policy.yaml").diagnostics
    let fixed = text.applying(try #require(found.first { $0.code == "legacy-boolean" }?.fixIts.first).edits)
    #expect(fixed.contains("{a: \"no\"}"))
    expect(fixed, [:])
  }

  @Test("quoted words, other words, JSON, and what is an error already have no legacy booleans")
  func noLegacyBooleans() {
    expect("name: p\nmetadata: {a: \"no\", b: 'yes', c: !!str on, d: nO, e: y, f: none, g: true}\n\(rest)", [:])
    expect("name: p\nenabled: yes\n\(rest)", [:])
    expect("name: p\nrules:\n- condition: yes\n  action: audit\n", [:])
    expect(
      "{\"name\": \"no\", \"rules\": [{\"condition\": \"resource.a\", \"action\": \"audit\"}]}", [:],
      name: "policy.json")
  }
}
