internal import Source

extension Parser {
  /// `map(x, e)`, `map(x, condition, e)`, `filter(x, condition)`.
  mutating func expandMapOrFilter(_ site: MacroSite) -> ExpressionID? {
    let condition = site.macro == .filter || site.argumentCount == 3 ? argument(1, of: site) : nil
    let element =
      site.macro == .filter
      ? makeIdentifier(variable(argument(0, of: site)), site.span) : lastArgument(of: site)
    guard let range = site.receiver else { return nil }
    return makeCollection(site, range, start: makeListLiteral([], site.span), condition: condition) { parser, result in
      parser.makeBinary(result, .add, parser.makeListLiteral([element], site.span), site.span)
    }
  }

  /// What `map(x, e)` gives for a range, which need not be what the macro is called on.
  mutating func makeMap(_ site: MacroSite, over range: ExpressionID) -> ExpressionID? {
    let element = lastArgument(of: site)
    return makeCollection(site, range, start: makeListLiteral([], site.span), condition: nil) { parser, result in
      parser.makeBinary(result, .add, parser.makeListLiteral([element], site.span), site.span)
    }
  }

  /// `transformList`, `transformMap` and `transformMapEntry`, with a condition before the last argument or without.
  mutating func expandTransform(_ site: MacroSite) -> ExpressionID? {
    let condition = site.argumentCount == 4 ? argument(2, of: site) : nil
    let element = lastArgument(of: site)
    let isList = site.macro == .transformList
    guard let range = site.receiver else { return nil }
    let start = isList ? makeListLiteral([], site.span) : makeEmptyMap(site.span)
    return makeCollection(site, range, start: start, condition: condition) { parser, result in
      if isList { return parser.makeBinary(result, .add, parser.makeListLiteral([element], site.span), site.span) }
      guard site.macro == .transformMap else {
        return parser.makeCall(MacroName.mapInsert, [result, element], site.span)
      }
      let key = parser.makeIdentifier(parser.variable(parser.argument(0, of: site)), site.span)
      return parser.makeCall(MacroName.mapInsert, [result, key, element], site.span)
    }
  }

  /// A loop that collects something for each element that meets the condition.
  private mutating func makeCollection(
    _ site: MacroSite, _ range: ExpressionID, start: ExpressionID, condition: ExpressionID?,
    adding: (inout Parser, ExpressionID) -> ExpressionID
  ) -> ExpressionID? {
    let span = site.span
    let result = intern(MacroName.result)
    let runs = makeBool(true, span)
    var step = adding(&self, makeIdentifier(result, span))
    if let condition { step = makeConditional(condition, step, makeIdentifier(result, span), span) }
    let hasTwoVariables = site.macro.variableCount(argumentCount: site.argumentCount) == 2
    return makeLoop(
      Comprehension(
        range: range, variable: variable(argument(0, of: site)),
        secondVariable: hasTwoVariables ? variable(argument(1, of: site)) : nil, accumulator: result,
        accumulatorStart: start, condition: runs, step: step, result: makeIdentifier(result, span)),
      span)
  }
}
