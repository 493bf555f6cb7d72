internal import CEL
internal import PolicyModel

/// What is known of the inputs of policies before any is evaluated.
struct InputTypes: Sendable {
  let resourceTypes: ResourceTypeCatalogue?
  let inputs: InputSchemas

  /// One way to read the conditions of a policy.
  struct Reading: Sendable {
    /// The type that the resource has; `nil` when that is not known.
    let resourceType: String?
    /// What is known of the members of inputs, by their names.
    let attributes: [String: AttributeTable]
  }

  /// The ways to read the conditions of a policy: one for each of its resource types, at least one.
  ///
  /// A type that the catalogue does not have is reported elsewhere, and adds none.
  func readings(of policy: Policy) -> [Reading] {
    let names = policy.resourceTypes
    var readings: [Reading] = []
    for name in names.prefix(Self.readingLimit) {
      guard let table = resourceTypes?.attributes(of: name) else { continue }
      if readings.contains(where: { $0.resourceType == name }) { continue }
      readings.append(
        Reading(resourceType: name, attributes: inputs.attributes.merging(["resource": table]) { $1 }))
    }
    return readings.isEmpty ? [Reading(resourceType: nil, attributes: inputs.attributes)] : readings
  }

  /// Conditions of policies for more types are checked against the first ones only, so that no document buys quadratic
  /// time by naming a type for each of its rules.
  private static let readingLimit = 64
}
