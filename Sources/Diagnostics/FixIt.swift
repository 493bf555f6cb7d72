/// Whether a fix-it may be applied without a person looking.
public enum Applicability: String, Sendable {
  /// Keeps or restores the meaning beyond doubt.
  case safe
  /// Probably what was meant; a person should look.
  case unsafe
}

/// A change of the text that mends what a diagnostic found.
public struct FixIt: Hashable, Sendable {
  /// What it does, as a command: rename to `rules`.
  public let title: String
  /// Whether it may be applied unseen.
  public let applicability: Applicability
  /// The edits, which do not overlap, in order of their place.
  public package(set) var edits: [SourceEdit]
  /// Set until the fix-it is attached to a diagnostic, whose own span it then replaces.
  package let replacement: String?

  /// A fix-it that replaces the diagnostic's own span.
  package init(_ title: String, replacement: String, applicability: Applicability) {
    self.title = title
    self.applicability = applicability
    self.replacement = replacement
    edits = []
  }

  /// A fix-it that brings edits of its own.
  package init(_ title: String, edits: [SourceEdit], applicability: Applicability) {
    self.title = title
    self.applicability = applicability
    self.edits = edits
    replacement = nil
  }
}
