public import Source

/// A replacement of one range by a text; an empty range inserts.
public struct SourceEdit: Hashable, Sendable {
  /// What is replaced, in the same text as the diagnostic's span.
  public var span: SourceSpan
  /// What stands there afterwards.
  public var text: String

  /// Makes an edit.
  public init(span: SourceSpan, text: String) {
    self.span = span
    self.text = text
  }
}
