/// A name that conditions may use, and its members where they are known.
package struct VariableDeclaration: Sendable {
  package let name: String
  /// The members it has; `nil` when any may be there.
  package var members: DeclaredNames?
  /// How many of the members, from the first, are declared where the condition stands; the others are declared later.
  package var visibleMemberCount: Int

  /// Declares a variable with unknown members.
  package init(_ name: String) {
    self.name = name
    members = nil
    visibleMemberCount = 0
  }

  /// Declares a variable that has these members and no others.
  package init(_ name: String, members: some Collection<String>) {
    self.name = name
    self.members = DeclaredNames(members)
    visibleMemberCount = members.count
  }
}
