extension Parser {
  /// `optMap(x, e)` and `optFlatMap(x, e)`: `e` of the value of an optional that has one.
  ///
  /// cel-go copies the receiver into the test and into the value, so that a chain of n such calls has 2^n copies of its
  /// start. Here the receiver gets a name, and is written and computed once.
  mutating func expandOptional(_ site: MacroSite) -> ExpressionID? {
    guard let receiver = site.receiver else { return nil }
    let span = site.span
    let target = intern(MacroName.target)
    let test = makeMemberCall(makeIdentifier(target, span), MacroName.hasValue, [], span)
    let value = makeMemberCall(makeIdentifier(target, span), MacroName.value, [], span)
    var mapped = makeBinding(variable(argument(0, of: site)), to: value, in: argument(1, of: site), span)
    if site.macro == .optMap { mapped = makeCall(MacroName.optionalOf, [mapped], span) }
    let none = makeCall(MacroName.optionalNone, [], span)
    return makeBinding(target, to: receiver, in: makeConditional(test, mapped, none, span), span)
  }
}
