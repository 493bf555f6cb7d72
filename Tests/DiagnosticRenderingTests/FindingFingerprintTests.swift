import DiagnosticRendering
import Diagnostics
import Source
import Testing

@Suite struct FindingFingerprintTests {
  /// The fingerprints of findings at every `and` of a text.
  private func fingerprints(
    of text: String, field: (Int) -> FieldPath = { FieldPath().key("rules").index($0).key("condition") },
    path: String = ""
  ) -> [FindingFingerprint] {
    let bytes = Array(text.utf8)
    var diagnostics: [Diagnostic] = []
    for start in bytes.indices where bytes[start...].starts(with: " and ".utf8) {
      let span = SourceSpan(start + 1, start + 4)
      var diagnostic = Diagnostic(
        WordOperator(word: "and", fixIt: FixIt("write `&&`", replacement: "&&", applicability: .safe)), at: span,
        in: field(diagnostics.count))
      diagnostic.conditionSpan = SourceSpan(3, 6)
      diagnostics.append(diagnostic)
    }
    let source = SourceText(name: "p.yaml", bytes: bytes)
    return FindingFingerprint.all(
      of: FileFindings(source: source, status: 200, policyCount: 1, diagnostics: diagnostics), path: path)
  }

  @Test("lines and rules in front of a finding, and other indentation, change nothing")
  func moves() {
    let before = fingerprints(of: "- condition: a and b\n- condition: c and d\n")
    let moved = fingerprints(
      of: "# more\n  - condition: x and y\n\n  - condition: a and b\n  - condition: c  and  d\n")
    #expect(before.count == 2)
    #expect(moved.count == 3)
    #expect(Array(moved[1...]).prefix(1) == before.prefix(1))
    #expect(Set(before).intersection(moved).count == 2)
  }

  @Test("another text, code, field or path is another finding")
  func differences() {
    let text = "- condition: a and b\n"
    let original = fingerprints(of: text)
    #expect(fingerprints(of: "- condition: a and c\n") != original)
    #expect(fingerprints(of: "- condition: e and b\n") != original)
    #expect(fingerprints(of: text, field: { _ in FieldPath().key("variables").key("v") }) != original)
    #expect(fingerprints(of: text, path: "q.yaml") != original)
  }

  @Test("equal findings of one file are told apart, and text is 32 hexadecimal digits")
  func occurrences() {
    let all = fingerprints(of: String(repeating: "- condition: a and b\n", count: 20))
    #expect(Set(all).count == 20)
    #expect(Set(all.map(\.text)).count == 20)
    #expect(all.allSatisfy { $0.text.utf8.count == 32 && $0.text.allSatisfy(\.isHexDigit) })
  }
}
