internal import Diagnostics
internal import Source

extension Parser {
  /// `proto.getExt(message, my.pkg.extension)` and `proto.hasExt(…)`: a selection, or a test for presence, of the field
  /// that has the extension's whole name (cel-go, `ext/protos.go`).
  mutating func expandExtension(_ site: MacroSite) -> ExpressionID? {
    var index = argument(1, of: site)
    var parts: [NameID] = []
    while draft[index].kind == .select, draft[index].flags.isEmpty {
      parts.append(NameID(rawValue: draft[index].second))
      index = ExpressionID(rawValue: draft[index].first)
    }
    guard draft[index].kind == .identifier else {
      if draft[index].kind != .error {
        let text = "`\(macroName(site))()` takes the name of an extension, such as `my.pkg.extension`"
        report(InvalidMacroArgument(text), at: draft[argument(1, of: site)].span)
      }
      return nil
    }
    // The name is a field's and refers to nothing.
    draft.nodes[index.index].flags.insert(.isDeclaration)
    var name = Array(draft.nameBytes[draft.names[Int(draft[index].first)].range])
    for part in parts.reversed() {
      name.append(UInt8(ascii: "."))
      name += draft.nameBytes[draft.names[Int(part.rawValue)].range]
    }
    var flags: NodeFlags = [.isQuoted, .isSynthetic]
    if site.macro == .hasExt { flags.insert(.isPresenceTest) }
    let message = argument(0, of: site)
    return append(
      Node(.select, site.span, first: message.rawValue, second: intern(name).rawValue, flags: flags))
  }
}
