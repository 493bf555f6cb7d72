/// Why a text is not the value that a conversion was to read from it.
///
/// The message names what is wrong and not the conversion, so that an evaluation error and a diagnostic on a literal can
/// each say it in a sentence of their own.
package struct ConversionFault: Error, Hashable, Sendable {
  /// In the wording of diagnostics: lower case, no full stop.
  package let message: String
  /// Where it is, in bytes of the text.
  package let bytes: Range<Int>

  package init(_ message: String, at bytes: Range<Int>) {
    self.message = message
    self.bytes = bytes
  }
}
