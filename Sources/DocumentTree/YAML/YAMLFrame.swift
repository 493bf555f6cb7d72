internal import Source

/// A collection that is being read, or the document around them.
///
/// The frames are the reader's stack: nesting costs one array element a level and no recursion.
struct YAMLFrame {
  enum Kind: UInt8 {
    case document, blockSequence, blockMapping, flowSequence, flowMapping
    /// The single pair of `[a: b]`, a mapping without brackets.
    case flowPair
  }

  /// What may come next.
  enum State: UInt8 {
    /// A `-` or a key, in flow collections an entry or the closing bracket; in a document, nothing more.
    case entry
    /// The node behind `-`, `:` or `---`.
    case value
    /// The node behind `?`.
    case explicitKey
    /// The `:` that goes with a key.
    case afterKey
    /// In flow collections, the comma or the closing bracket.
    case afterEntry
  }

  var kind: Kind
  var state: State
  /// Whether a block collection may start on the line of the indicator: behind `-`, `?` and the `:` of an explicit key.
  var allowsCompact = false
  /// Block collections: the column of their entries; -1 for documents.
  var indent: Int
  /// A wrong column that was reported once and is taken for `indent` from there on.
  var toleratedIndent = -1
  /// The collection's node.
  var node: Int
  /// The node of the last key.
  var key = 0
  /// Where the value of an absent node would stand: behind the last indicator.
  var emptyPlace = 0
  /// Flow collections: the start of the line of the opening bracket.
  var line = 0
  /// Whether the last key is a merge key (`<<`).
  var isMerging = false
  /// The index of the collection's anchor, -1 for none.
  var anchor = -1
  /// How many nodes aliases had brought when the collection began.
  var aliasNodesBefore = 0

  init(_ kind: Kind, _ state: State, indent: Int, node: Int) {
    self.kind = kind
    self.state = state
    self.indent = indent
    self.node = node
  }

  var isFlow: Bool {
    switch kind {
    case .document, .blockSequence, .blockMapping: false
    case .flowSequence, .flowMapping, .flowPair: true
    }
  }

  /// Whether an entry at a column belongs to this block collection.
  func accepts(_ column: Int) -> Bool { column == indent || column == toleratedIndent }
}

/// The anchor and the tag in front of a node (YAML 1.2.2, section 6.9).
struct YAMLProperties {
  /// The anchor's name, without `&`.
  var anchor: SourceSpan?
  var tag: YAMLTag?
  var tagSpan = SourceSpan(at: 0)

  var isEmpty: Bool { anchor == nil && tag == nil }
}

/// The tags of the core schema (YAML 1.2.2, section 10.3.1), and what stands for all others.
enum YAMLTag: UInt8 {
  /// `!`: a scalar is a string, whatever it looks like.
  case nonSpecific
  case string, integer, float, boolean, null, mapping, sequence
  /// Reported where it stands.
  case unknown
}
