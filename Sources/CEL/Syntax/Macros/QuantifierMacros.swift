extension Parser {
  /// `all`, `exists`, `existsOne`, with one variable or two.
  mutating func expandQuantifier(_ site: MacroSite) -> ExpressionID? {
    guard let range = site.receiver else { return nil }
    let span = site.span
    let result = intern(MacroName.result)
    let start: ExpressionID
    let condition: ExpressionID
    let step: ExpressionID
    let value: ExpressionID
    switch site.macro {
    case .exists:
      // Ends at the first `true`.
      start = makeBool(false, span)
      condition = makeCall(MacroName.notStrictlyFalse, [makeNot(makeIdentifier(result, span), span)], span)
      step = makeChain(makeIdentifier(result, span), .or, lastArgument(of: site), span)
      value = makeIdentifier(result, span)
    case .existsOne:
      // Counts, and does not absorb errors.
      start = makeInt(0, span)
      condition = makeBool(true, span)
      let more = makeBinary(makeIdentifier(result, span), .add, makeInt(1, span), span)
      step = makeConditional(lastArgument(of: site), more, makeIdentifier(result, span), span)
      value = makeBinary(makeIdentifier(result, span), .equal, makeInt(1, span), span)
    case .all, .has, .map, .filter, .transformList, .transformMap, .transformMapEntry, .sortBy, .optMap, .optFlatMap,
      .bind, .index, .iterVar, .accuVar, .getExt, .hasExt:
      // Ends at the first `false`.
      start = makeBool(true, span)
      condition = makeCall(MacroName.notStrictlyFalse, [makeIdentifier(result, span)], span)
      step = makeChain(makeIdentifier(result, span), .and, lastArgument(of: site), span)
      value = makeIdentifier(result, span)
    }
    return makeLoop(
      Comprehension(
        range: range, variable: variable(argument(0, of: site)),
        secondVariable: site.argumentCount == 3 ? variable(argument(1, of: site)) : nil, accumulator: result,
        accumulatorStart: start, condition: condition, step: step, result: value),
      span)
  }
}
