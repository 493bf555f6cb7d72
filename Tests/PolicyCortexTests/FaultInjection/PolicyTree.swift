import Source

/// A policy as a tree that faults can be put into, before it is written as JSON or YAML.
///
/// Writing notes where everything came to stand, so that an injected fault knows its place in the file.
final class PolicyTree {
  enum Content {
    case string(String)
    /// A number, bool or null, spelt alike in both formats.
    case bare(String)
    case array([PolicyTree])
    case object([Member])
    /// Text written as it stands, for faults that no value can have.
    case raw(json: String, yaml: String)
  }

  final class Member {
    var key: String
    var value: PolicyTree
    /// Set by writing; quotes included.
    var keySpan = SourceSpan(at: 0)
    init(_ key: String, _ value: PolicyTree) {
      self.key = key
      self.value = value
    }
  }

  var content: Content
  /// Set by writing: the value's range, quotes and brackets included.
  var span = SourceSpan(at: 0)
  /// Set by writing: where each decoded byte of a string stands.
  var places: [SourceSpan] = []
  /// Set by writing, for an object: where a missing member is reported.
  var missingMemberSpan = SourceSpan(at: 0)
  /// Set by writing: the path of the value as `field` has it.
  var field = ""
  /// YAML only: a string that may be written as a block scalar, which can bring a line break at its end.
  var allowsBlock = false

  init(_ content: Content) { self.content = content }

  convenience init(_ text: String, allowsBlock: Bool = false) {
    self.init(.string(text))
    self.allowsBlock = allowsBlock
  }

  static func object(_ members: (String, PolicyTree)...) -> PolicyTree {
    PolicyTree(.object(members.map { Member($0.0, $0.1) }))
  }

  var members: [Member] {
    get { if case .object(let members) = content { members } else { [] } }
    set { content = .object(newValue) }
  }

  var elements: [PolicyTree] {
    get { if case .array(let elements) = content { elements } else { [] } }
    set { content = .array(newValue) }
  }

  func member(_ key: String) -> Member? { members.first { $0.key == key } }

  subscript(key: String) -> PolicyTree? { member(key)?.value }

  func remove(_ key: String) { members.removeAll { $0.key == key } }

  /// Gives every value below this one its path.
  func assignFields(_ field: String = "") {
    self.field = field
    for member in members { member.value.assignFields(PolicyTree.field(member.key, in: field)) }
    for (index, element) in elements.enumerated() { element.assignFields("\(field)[\(index)]") }
  }

  static func field(_ key: String, in parent: String) -> String {
    let isBare =
      key.utf8.allSatisfy { ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x5F }
      && !key.isEmpty && !(0x30...0x39).contains(key.utf8.first ?? 0x30)
    return isBare ? (parent.isEmpty ? key : "\(parent).\(key)") : "\(parent)[\"\(key)\"]"
  }
}
