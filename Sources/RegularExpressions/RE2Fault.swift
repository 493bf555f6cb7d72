/// Why a text is not a pattern of RE2's, and where.
package struct RE2Fault: Error, Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// A pattern in no engine, or one that RE2 reads as something else.
    case invalid
    /// Something that other engines have and RE2 lacks.
    case unsupported
  }

  package var kind: Kind
  /// The bytes of the pattern that are at fault; never empty unless the pattern ends too early.
  package var range: Range<Int>
  /// Lower case, no full stop, the pattern's text in backticks.
  package var message: String
  /// What to write instead, where that is plain.
  package var help: String?

  package init(_ kind: Kind, _ range: Range<Int>, _ message: String, help: String? = nil) {
    self.kind = kind
    self.range = range
    self.message = message
    self.help = help
  }
}
