/// An attribute that the schema of an input does not have.
package struct UnknownAttribute: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "unknown-attribute",
    title: "Unknown attribute",
    failure: .unprocessable,
    explanation: """
      The schema of the policy's resource type lists the attributes that there are, spelt as in the schema (`BucketName`,
      not `bucket_name`). Any other one would read as null for every resource, so that the rule would say the same of all.
      """,
    howToFix: "Take the attribute's name from the schema of the resource type; the message names the nearest.",
    bad: .yaml(
      "name: p\nresource_type: AWS::S3::Bucket\nrules:\n- condition: resource.1️⃣bucket_name == \"logs\"\n  action: warn\n"
    ),
    good: .yaml(
      "name: p\nresource_type: AWS::S3::Bucket\nrules:\n- condition: resource.BucketName == \"logs\"\n  action: warn\n")
  )

  package var name: String
  /// What should have it: `AWS::S3::Bucket`, or a part of one.
  package var owner: String
  /// The attribute that was probably meant.
  package var closest: String?
  /// How that one is spelt in this one's place.
  package var spelling: String?
  package var help: String?

  package init(name: String, owner: String, closest: String?, spelling: String?, help: String? = nil) {
    self.name = name
    self.owner = owner
    self.closest = closest
    self.spelling = spelling
    self.help = help
  }

  package var text: String {
    let start = "unknown attribute `\(name)` of \(owner)"
    return closest.map { "\(start); did you mean `\($0)`?" } ?? start
  }

  package var fixIt: FixIt? {
    guard let closest, let spelling else { return nil }
    return FixIt("rename to `\(closest)`", replacement: spelling, applicability: .unsafe)
  }
}
