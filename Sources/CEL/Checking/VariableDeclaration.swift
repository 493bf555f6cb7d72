/// A name that conditions may use, and its members where they are known.
package struct VariableDeclaration: Sendable {
  package let name: String
  /// What is known of its values before evaluation.
  package let type: CELType
  /// What a schema says of its members; `nil` when there is none.
  package let attributes: AttributeTable?
  /// The members it has; `nil` when any may be there.
  package var members: DeclaredNames?
  /// How many of the members, from the first, are declared where the condition stands; the others are declared later.
  package var visibleMemberCount: Int

  /// Declares a variable with unknown members.
  package init(_ name: String, type: CELType = .dyn, attributes: AttributeTable? = nil) {
    self.name = name
    self.type = type
    self.attributes = attributes
    members = nil
    visibleMemberCount = 0
  }

  /// Declares a variable that has these members and no others.
  package init(_ name: String, members: some Collection<String>) {
    self.name = name
    type = .dyn
    attributes = nil
    self.members = DeclaredNames(members)
    visibleMemberCount = members.count
  }
}
