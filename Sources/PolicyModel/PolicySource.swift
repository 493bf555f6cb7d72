internal import Diagnostics
internal import DocumentTree

/// The document that a policy was read from, shared by the policy and its rules.
///
/// A class, so that a rule taken from 100,000 costs one reference and no copy of the document's arrays.
final class PolicySource: Sendable {
  let document: Document
  let rulesPath: FieldPath

  init(document: Document, rulesPath: FieldPath) {
    self.document = document
    self.rulesPath = rulesPath
  }

  /// A value's node, `nil` for an absent one.
  func node(_ index: UInt32) -> NodeID? { index == 0 ? nil : NodeID(Int(index)) }

  /// The text of a string, `nil` for an absent one.
  func text(_ index: UInt32) -> String? { node(index).map { document.text(of: $0) } }

  /// The strings of an array; elements of other types are left out.
  func texts(_ index: UInt32) -> [String] {
    guard let array = node(index) else { return [] }
    var texts: [String] = []
    document.forEachElement(of: document.resolved(array)) { _, element in
      if document[document.resolved(element)].kind == .string { texts.append(document.text(of: element)) }
    }
    return texts
  }
}
