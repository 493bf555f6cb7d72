extension Parser {
  /// `cel.bind(x, value, expression)`: the expression, in which `x` is the value.
  mutating func expandBind(_ site: MacroSite) -> ExpressionID? {
    makeBinding(variable(argument(0, of: site)), to: argument(1, of: site), in: argument(2, of: site), site.span)
  }
}
