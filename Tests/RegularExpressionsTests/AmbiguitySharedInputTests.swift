import DocumentTree
import MarkedSource
import RegularExpressions
import Source
import Testing

/// Patterns that are known to be vulnerable, or safe, in backtracking engines, with texts that show it.
@Suite("Vulnerable patterns", .enabled(if: SharedData.root != nil, "the shared inputs are not beside the checkout"))
struct AmbiguitySharedInputTests {
  private struct Case: Sendable {
    var id = ""
    var pattern = ""
    var verdict = ""
    var isRE2 = false
    var attack = (prefix: "", pump: "", suffix: "")

    /// The attack at 10,000 code points.
    var text: String {
      let rest = 10_000 - attack.prefix.unicodeScalars.count - attack.suffix.unicodeScalars.count
      let count = max(1, rest / max(1, attack.pump.unicodeScalars.count))
      return attack.prefix + String(repeating: attack.pump, count: count) + attack.suffix
    }
  }

  /// The attacks that do match in RE2.
  private static let matching: Set<String> = ["v005", "v031", "v035", "v047", "v050", "v113", "v135"]

  private static let cases: [Case] = {
    guard let bytes = SharedData.bytes("inputs/redos/manifest.json") else { return [] }
    let document = readDocument(SourceText(name: "manifest.json", bytes: bytes)).document
    var cases: [Case] = []
    for root in document.roots {
      document.forEachMember(of: root) { key, list in
        guard document.text(of: key) == "cases" else { return }
        document.forEachElement(of: list) { _, item in
          var one = Case()
          document.forEachMember(of: item) { key, value in
            switch document.text(of: key) {
            case "id": one.id = document.text(of: value)
            case "pattern": one.pattern = document.text(of: value)
            case "verdict": one.verdict = document.text(of: value)
            case "re2_ok": one.isRE2 = document.text(of: value) == "true"
            case "attack":
              document.forEachMember(of: value) { key, value in
                switch document.text(of: key) {
                case "prefix": one.attack.prefix = document.text(of: value)
                case "pump": one.attack.pump = document.text(of: value)
                case "suffix": one.attack.suffix = document.text(of: value)
                default: break
                }
              }
            default: break
            }
          }
          cases.append(one)
        }
      }
    }
    return cases.filter(\.isRE2)
  }()

  @Test("backtracking is linear for the safe patterns and for no vulnerable one")
  func verdicts() throws {
    #expect(Self.cases.count > 100)
    for one in Self.cases {
      let tree = try RegularExpression(Array(one.pattern.utf8)).tree
      #expect(isBacktrackingLinear(tree) == (one.verdict == "safe"), "\(one.id) \(one.pattern)")
    }
  }

  @Test("what makes patterns vulnerable is found in nine of ten, and in safe ones never")
  func findings() throws {
    var found = 0
    var missed: [String] = []
    for one in Self.cases {
      let tree = try RegularExpression(Array(one.pattern.utf8)).tree
      let finding = Ambiguity(tree).finding
      let isVulnerable = one.verdict == "vulnerable"
      #expect(finding == nil || isVulnerable, "\(one.id) \(one.pattern) \(String(describing: finding))")
      switch tree.quickVerdict {
      case .linear: #expect(!isVulnerable, "\(one.id) \(one.pattern)")
      case .superlinear: #expect(isVulnerable, "\(one.id) \(one.pattern)")
      case .undecided: break
      }
      guard isVulnerable else { continue }
      if finding == nil { missed.append(one.id) } else { found += 1 }
    }
    #expect(Double(found) >= 0.9 * Double(found + missed.count), "\(missed)")
  }

  @Test("attacks of 10,000 code points get RE2's answer")
  func attacks() throws {
    for one in Self.cases where one.verdict == "vulnerable" {
      let matcher = try #require(LinearMatcher(try RegularExpression(Array(one.pattern.utf8)).tree))
      #expect(matcher.matches(one.text) == Self.matching.contains(one.id), "\(one.id) \(one.pattern)")
    }
  }
}
