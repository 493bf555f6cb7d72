/// Where a pattern matched.
package struct RegularExpressionMatch: Sendable, Equatable {
  /// What each group captured, in bytes of the text; `nil` for a group that took no part. The first is the whole match.
  package var captures: [Range<Int>?]

  package init(captures: [Range<Int>?]) { self.captures = captures }

  /// The whole match.
  package var range: Range<Int> { (captures.first ?? nil) ?? 0..<0 }
}
