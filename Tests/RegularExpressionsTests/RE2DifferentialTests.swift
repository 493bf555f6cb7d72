import RegularExpressions
import Testing

@Suite("Patterns beside RE2")
struct RE2DifferentialTests {
  /// How one matcher's answer to a search is told.
  private static func text(_ captures: [Range<Int>?]?) -> String {
    captures.map { $0.map { $0.map { "\($0)" } ?? "-" }.joined(separator: " ") } ?? "no match"
  }

  @Test("what RE2 accepts, matches and captures, so do we, with either matcher")
  func differences() {
    let cases = RE2Cases.all()
    #expect(cases.count > 100)
    var pairs = 0
    var differences: [String] = []
    var counts = (linear: 0, backtracking: 0, gaveUp: 0)
    for record in cases {
      let expression: RegularExpression
      do throws(RE2Fault) {
        expression = try RegularExpression(Array(record.pattern.utf8))
      } catch {
        if record.groupCount != nil { differences.append("\(record.pattern.debugDescription) refused: \(error)") }
        #expect(error.range.lowerBound >= 0 && error.range.upperBound <= record.pattern.utf8.count)
        pairs += 1
        continue
      }
      guard let groupCount = record.groupCount else {
        differences.append("\(record.pattern.debugDescription) accepted")
        continue
      }
      #expect(expression.captureCount == groupCount)
      let backtracking = PCRE2Regex(expression.tree)
      let linear = LinearMatcher(expression.tree)
      if isBacktrackingLinear(expression.tree) { counts.backtracking += 1 } else { counts.linear += 1 }
      for search in record.searches {
        pairs += 1
        var subject = search.subject
        subject.withUTF8 { bytes in
          func differ(_ who: String, _ found: String) {
            differences.append(
              "\(who): \(record.pattern.debugDescription) on \(search.subject.debugDescription) from \(search.start): "
                + "\(found), RE2 \(Self.text(search.captures))")
          }
          do {
            let found = unsafe try expression.firstMatch(in: bytes, from: search.start)?.captures
            if found != search.captures { differ("front door", Self.text(found)) }
            if search.start == 0, unsafe try expression.matches(bytes) != (search.captures != nil) {
              differ("front door", "matches() differs")
            }
          } catch {
            differ("front door", "\(error)")
          }
          if let backtracking, search.start == 0 {
            do throws(RegularExpressionError) {
              let found = unsafe try backtracking.matches(bytes)
              if found != (search.captures != nil) { differ("PCRE2", "\(found)") }
            } catch { counts.gaveUp += 1 }
          }
          if let linear {
            let found = unsafe linear.firstMatch(in: bytes, from: search.start)
            if found != search.captures { differ("linear matcher", Self.text(found)) }
          }
        }
      }
    }
    print("\(pairs) pairs; patterns: \(counts.backtracking) for PCRE2, \(counts.linear) linear")
    print("PCRE2 gave up on \(counts.gaveUp)")
    #expect(differences.isEmpty, "\(differences.count) differences:\n\(differences.prefix(60).joined(separator: "\n"))")
  }
}
