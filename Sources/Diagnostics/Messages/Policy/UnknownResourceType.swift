/// A resource type that the catalogue does not have.
package struct UnknownResourceType: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "unknown-resource-type",
    title: "Unknown resource type",
    failure: .unprocessable,
    explanation: """
      A policy applies to resources whose `type` is one that it names, letter for letter. With a catalogue of resource types
      (`--resource-types`) a name that is not in it is an error: the policy would apply to nothing.
      """,
    howToFix: "Correct the name, or add the type's schema to the directory that `--resource-types` names.",
    bad: .yaml(
      "name: p\nresource_type: 1️⃣AWS::S3::Bukcet\nrules:\n- condition: resource.BucketName == \"logs\"\n  action: warn\n"
    ),
    good: .yaml(
      "name: p\nresource_type: AWS::S3::Bucket\nrules:\n- condition: resource.BucketName == \"logs\"\n  action: warn\n")
  )

  package var name: String
  package var closest: String?
  /// How the closest is spelt in this one's place; `nil` when this one cannot be changed where it stands.
  package var spelling: String?

  package init(name: String, closest: String?, spelling: String?) {
    self.name = name
    self.closest = closest
    self.spelling = spelling
  }

  package var text: String {
    closest.map { "unknown resource type `\(name)`; did you mean `\($0)`?" } ?? "unknown resource type `\(name)`"
  }

  package var fixIt: FixIt? {
    guard let closest, let spelling else { return nil }
    return FixIt("change to `\(closest)`", replacement: spelling, applicability: .unsafe)
  }
}
