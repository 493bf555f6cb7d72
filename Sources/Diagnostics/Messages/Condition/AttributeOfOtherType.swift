/// An attribute that other resource types have, and not all that the policy names.
package struct AttributeOfOtherType: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "attribute-of-other-type",
    title: "Attribute of another resource type",
    failure: .unprocessable,
    explanation: """
      A policy sees only resources of the types it names, and each of its conditions must make sense for every one of them.
      An attribute that one of them does not have reads as null there.
      """,
    howToFix: "Name the type that has the attribute, or give the types policies of their own.",
    bad: .yaml(
      "name: p\nresource_type: AWS::S3::Bucket\nrules:\n- condition: resource.1️⃣RoleName == \"admin\"\n  action: warn\n"),
    good: .yaml(
      "name: p\nresource_type: AWS::IAM::Role\nrules:\n- condition: resource.RoleName == \"admin\"\n  action: warn\n")
  )

  package var name: String
  /// The policy's types that lack it.
  package var lacking: [String]
  /// The types that have it: the policy's own, or else others.
  package var having: [String]

  package init(name: String, lacking: [String], having: [String]) {
    self.name = name
    self.lacking = lacking
    self.having = having
  }

  package var text: String {
    let start = "attribute `\(name)` is not one of \(Self.listed(lacking))"
    return having.isEmpty ? start : "\(start), but of \(Self.listed(having))"
  }

  package var help: String? { "name only types that have it, or write a policy for each" }

  /// How many types are named; of more only the number is told.
  private static let listLimit = 4

  private static func listed(_ types: [String]) -> String {
    var names = types.prefix(types.count > listLimit ? listLimit - 1 : listLimit).map { "`\($0)`" }
    if types.count > names.count { names.append("\(types.count - names.count) more") }
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return "\(names.dropLast().joined(separator: ", ")) and \(last)"
  }
}
