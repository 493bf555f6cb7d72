internal import Diagnostics

extension Parser {
  /// `has(a.b)`: whether `a` has a `b`.
  mutating func expandHas(_ site: MacroSite) -> ExpressionID? {
    let argument = draft[argument(0, of: site)]
    switch argument.kind {
    case .select where argument.isPlainSelection:
      var test = argument
      test.span = site.span
      test.flags.formUnion([.isPresenceTest, .isSynthetic])
      return append(test)
    case .error:
      return nil
    case .index:
      report(
        InvalidMacroArgument("`has()` takes a selection such as `resource.tags`; write `key in map` for a key"),
        at: argument.span)
      return nil
    case .select, .null, .bool, .int, .uint, .double, .string, .bytes, .identifier, .call, .memberCall, .unary, .binary,
      .chain, .conditional, .list, .map, .message, .comprehension:
      report(InvalidMacroArgument("`has()` takes a selection such as `resource.tags`"), at: argument.span)
      return nil
    }
  }
}
