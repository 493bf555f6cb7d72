/// An attribute that the schema says should not be used any more.
package struct DeprecatedAttribute: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "deprecated-attribute",
    title: "Deprecated attribute",
    severity: .warning,
    explanation: """
      The schema of the resource type marks the attribute as deprecated: new resources do not have it, and a condition that
      reads it says less and less.
      """,
    howToFix: "Read what has taken the attribute's place; its description in the schema mostly says what that is.",
    bad: .yaml(
      "name: p\nresource_type: AWS::S3::Bucket\nrules:\n- condition: resource.1️⃣AccessControl == \"PublicRead\"\n  action: deny\n  message: m\n"
    ),
    good: .yaml(
      "name: p\nresource_type: AWS::S3::Bucket\nrules:\n- condition: resource.BucketName == \"public\"\n  action: deny\n  message: m\n"
    )
  )

  /// The attribute's path.
  package var attribute: String

  package init(attribute: String) { self.attribute = attribute }

  package var text: String { "`\(attribute)` is deprecated" }
}
