import Invariants
import RegularExpressions

/// Patterns: a fault lies within the pattern, both matchers find the same, and what they find lies in the text.
///
/// The first byte says how many of the others are the pattern; the rest is the text.
func checkRegularExpression(_ bytes: [UInt8]) {
  guard let first = bytes.first else { return }
  let split = min(Int(first), bytes.count - 1) + 1
  // Patterns and texts are UTF-8, as the strings of the language are.
  let pattern = Array(String(decoding: bytes[1..<split], as: UTF8.self).utf8)
  let subject = Array(String(decoding: bytes[split...], as: UTF8.self).utf8)
  let expression: RegularExpression
  do {
    expression = try RegularExpression(pattern)
  } catch {
    invariant(error.range.upperBound <= pattern.count, "a fault at \(error.range) of \(pattern.count)")
    return
  }
  unsafe subject.withUnsafeBufferPointer { unsafe checkMatches(expression, $0) }
}

private func checkMatches(_ expression: RegularExpression, _ subject: UnsafeBufferPointer<UInt8>) {
  let answer = try? unsafe expression.matches(subject)
  let match = try? unsafe expression.firstMatch(in: subject, from: 0)
  let tree = expression.tree
  if let answer, let match { invariant(answer == (match != nil), "there is a match, and there is none") }
  if let range = match?.flatMap({ $0.captures.first ?? nil }) {
    invariant(range.upperBound <= subject.count, "a match ends at \(range.upperBound) of \(subject.count)")
  }
  // PCRE2 is asked only where it needs no more than linear time.
  guard isBacktrackingLinear(tree), let matcher = LinearMatcher(tree), let regex = PCRE2Regex(tree),
    let found = try? unsafe regex.matches(subject)
  else { return }
  invariant(unsafe matcher.matches(subject) == found, "PCRE2 says \(found), and the linear matcher does not")
  guard let captures = try? unsafe regex.firstMatch(in: subject, from: 0) else { return }
  let linear = unsafe matcher.firstMatch(in: subject, from: 0)
  invariant(linear?.first == captures?.first, "PCRE2 finds \(captures ?? []), the linear matcher \(linear ?? [])")
}
