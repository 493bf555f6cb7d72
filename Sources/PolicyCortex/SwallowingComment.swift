import CEL
import DocumentTree
import Source

extension Document {
  /// The comment that runs on over the end of its line in the document, because YAML joins the lines of the scalar.
  func swallowingComment(in node: NodeID) -> SourceSpan? {
    let scalar = self[resolved(node)]
    switch scalar.style {
    case .json, .literal: return nil
    case .plain, .singleQuoted, .doubleQuoted, .folded:
      // Scalars that stand in the file as they are have one line.
      guard scalar.link != DocumentNode.verbatim else { return nil }
    }
    let slash = UInt8(ascii: "/")
    let hasSlashes = unsafe withBytes(of: node) { bytes in
      bytes.indices.dropFirst().contains { unsafe bytes[$0] == slash && bytes[$0 - 1] == slash }
    }
    guard hasSlashes else { return nil }
    let map = sourceMap(of: node)
    return tokens(of: text(of: node)).first { token in
      guard token.kind == .comment else { return false }
      return hasText(behindLineEndIn: map.sourceSpan(token.span))
    }?.span
  }

  /// Whether a range reaches over a line end to more than blanks.
  private func hasText(behindLineEndIn span: SourceSpan) -> Bool {
    let bytes = source.bytes[span.range]
    guard let lineEnd = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return false }
    return bytes[lineEnd...].contains { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 && $0 != 0x09 }
  }
}
