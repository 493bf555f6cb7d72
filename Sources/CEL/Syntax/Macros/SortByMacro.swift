extension Parser {
  /// `list.sortBy(x, key)`: the list in the order of its elements' keys (cel-go, `ext/lists.go`).
  ///
  /// The list gets a name, for it is needed twice, and is sorted by the list of the keys.
  mutating func expandSortBy(_ site: MacroSite) -> ExpressionID? {
    guard let receiver = site.receiver else { return nil }
    let span = site.span
    let input = intern(MacroName.sortInput)
    let list = makeIdentifier(input, span)
    guard let keys = makeMap(site, over: makeIdentifier(input, span)) else { return nil }
    let sorted = makeMemberCall(list, MacroName.sortByKeys, [keys], span)
    return makeBinding(input, to: receiver, in: sorted, span)
  }
}
