package import Source

/// The place of a node in its document's array of nodes.
package struct NodeID: Hashable, Sendable {
  package let rawValue: UInt32

  @inlinable package init(_ index: Int) { rawValue = UInt32(truncatingIfNeeded: index) }

  @inlinable package var index: Int { Int(rawValue) }
}

/// What a node is.
///
/// YAML scalars are resolved by the core schema of YAML 1.2 (section 10.3).
package enum NodeKind: UInt8, Sendable {
  case null, `true`, `false`
  /// A number without fraction and exponent, of any size; its text is kept.
  case integer
  /// Any other number, YAML's `.inf` and `.nan` included; its text is kept.
  case float
  case string
  /// Children are the elements.
  case array
  /// Children are keys and values in turn; a key is always a string.
  case object
  /// A YAML alias, or a member that a merge key brought; stands for another node.
  case alias
  /// A value that could not be read; it was reported and is silent from here on.
  case invalid
}

/// How a scalar is spelt in the document.
package enum ScalarStyle: UInt8, Sendable {
  /// A JSON string, or a YAML double-quoted scalar in a JSON-like spelling of its escapes.
  case json
  case plain, singleQuoted, doubleQuoted
  /// `|` and `>`.
  case literal, folded
}

/// One value or key of a document, and where it stands.
///
/// Nodes lie in document order, each before its children, so a container's children follow it and a subtree is a range.
package struct DocumentNode: Sendable {
  /// Quotes, brackets and block header included.
  package var span: SourceSpan
  /// What the node leads to.
  ///
  /// Containers: the index behind the last node of the subtree. Strings and numbers: an index into the document's decoded
  /// texts, or `DocumentNode.verbatim`. Aliases: the index of the node they stand for.
  package var link: UInt32
  package var kind: NodeKind
  package var style: ScalarStyle
  /// A YAML node inside `{}` or `[]`: what a fix-it may write there without quotes is narrower.
  package var isInFlow: Bool

  package static let verbatim = UInt32.max

  @inlinable
  package init(span: SourceSpan, link: UInt32 = verbatim, kind: NodeKind, style: ScalarStyle, isInFlow: Bool = false) {
    self.span = span
    self.link = link
    self.kind = kind
    self.style = style
    self.isInFlow = isInFlow
  }
}

/// The decoded text of a scalar that the document spells in another way, and its way back.
package struct DecodedText: Sendable {
  /// The range in `Document.decodedBytes`.
  package var bytes: SourceSpan
  /// The range in `Document.segments`.
  package var segments: SourceSpan
  /// The content's range in the document, without quotes or block header.
  package var content: SourceSpan

  package init(bytes: SourceSpan, segments: SourceSpan, content: SourceSpan) {
    self.bytes = bytes
    self.segments = segments
    self.content = content
  }
}
