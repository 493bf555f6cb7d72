package import Source

/// A name that an object's schema does not have.
///
/// Told as data: only who knows the other resource types can say what is wrong.
package struct AttributeFault: Hashable, Sendable {
  /// The name's token: with its backquotes, or the string literal of an index.
  package let span: SourceSpan
  package let name: String
  /// The object.
  package let owner: AttributeID
  /// What stands around the name: `"`, a backquote, or nothing.
  package let quote: String
}
