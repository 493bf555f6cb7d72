/// A literal that is compared with an attribute which never has that value.
package struct UnknownEnumValue: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "unknown-enum-value",
    title: "Unknown enum value",
    failure: .unprocessable,
    explanation: """
      The schema lists the values of the attribute, and this is none of them: the comparison has the same answer for every
      resource.
      """,
    howToFix: "Take one of the values that the schema lists, letter for letter.",
    bad: .yaml(
      "name: p\nresource_type: AWS::S3::Bucket\nrules:\n- condition: resource.VersioningConfiguration.Status != 1️⃣\"Enabld\"\n  action: warn\n"
    ),
    good: .yaml(
      "name: p\nresource_type: AWS::S3::Bucket\nrules:\n- condition: resource.VersioningConfiguration.Status != \"Enabled\"\n  action: warn\n"
    )
  )

  /// The literal as it could be written.
  package var value: String
  /// The attribute's path.
  package var attribute: String
  /// Literals of the values that there are.
  package var values: [String]
  /// The text that was probably meant.
  package var closest: String?

  package init(value: String, attribute: String, values: [String], closest: String?) {
    self.value = value
    self.attribute = attribute
    self.values = values
    self.closest = closest
  }

  package var text: String {
    let start = "`\(value)` is not one of the values of `\(attribute)`"
    return closest.map { "\(start); did you mean `\($0)`?" } ?? start
  }

  /// How many values are listed.
  private static let listLimit = 12

  package var help: String? {
    let listed = values.prefix(Self.listLimit).map { "`\($0)`" }.joined(separator: ", ")
    return values.count > Self.listLimit
      ? "its values are \(listed) and \(values.count - Self.listLimit) more" : "its values are \(listed)"
  }

  package var fixIt: FixIt? {
    closest.map { FixIt("change to `\($0)`", replacement: JSONText.quoted($0), applicability: .unsafe) }
  }
}
