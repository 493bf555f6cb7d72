/// Where a pattern matched.
package struct RegularExpressionMatch: Sendable, Equatable {
  /// The range of the whole match and those of the groups, in bytes; `nil` for a group that took no part.
  package var captures: [Range<Int>?]

  package init(captures: [Range<Int>?]) { self.captures = captures }

  /// The whole match.
  package var range: Range<Int> { (captures.first ?? nil) ?? 0..<0 }
}
