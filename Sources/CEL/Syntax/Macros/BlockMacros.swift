internal import Diagnostics

extension Parser {
  /// `cel.index(0)`, `cel.iterVar(0, 1)`, `cel.accuVar(0, 1)`: the identifiers `@index0`, `@it:0:1`, `@ac:0:1`, which no
  /// condition can write otherwise (cel-spec, conformance tests of `cel.block`).
  mutating func expandBlockName(_ site: MacroSite) -> ExpressionID? {
    var name =
      switch site.macro {
      case .iterVar: "@it"
      case .accuVar: "@ac"
      case .index, .has, .all, .exists, .existsOne, .map, .filter, .transformList, .transformMap, .transformMapEntry,
        .sortBy, .getExt, .hasExt, .optMap, .optFlatMap, .bind:
        "@index"
      }
    for number in 0..<site.argumentCount {
      let node = draft[argument(number, of: site)]
      guard node.kind == .int, node.second == 0 else {
        if node.kind != .error {
          report(InvalidMacroArgument("`\(macroName(site))()` takes whole numbers as they are written"), at: node.span)
        }
        return nil
      }
      name += site.macro == .index ? "\(node.first)" : ":\(node.first)"
    }
    // Not synthetic: it is a reference that was written.
    return append(Node(.identifier, site.span, first: intern(Array(name.utf8)).rawValue))
  }
}
