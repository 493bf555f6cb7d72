package import Diagnostics
import PolicyModel
package import Source

/// The policies met so far, by what no other may have.
private struct MetPolicies<Place> {
  typealias Met = (policy: PolicyIdentity, place: Place)
  private var byID: [[UInt8]: Met] = [:]
  private var byName: [[UInt8]: Met] = [:]

  /// The first policy with the id or with the name and types of another one, and what of it both have.
  func first(like policy: PolicyIdentity) -> (met: Met, isID: Bool)? {
    if let key = policy.idKey, let met = byID[key] { return (met, true) }
    if let key = policy.nameKey, let met = byName[key] { return (met, false) }
    return nil
  }

  mutating func insert(_ policy: PolicyIdentity, at place: Place) {
    if let key = policy.idKey, byID[key] == nil { byID[key] = (policy, place) }
    if let key = policy.nameKey, byName[key] == nil { byName[key] = (policy, place) }
  }
}

/// The policies of one file that have the id, or the name and types of resource, of one before them.
func duplicatePolicies(inFile policies: [Policy]) -> [Diagnostic] {
  guard policies.count > 1 else { return [] }
  var met = MetPolicies<Void>()
  var diagnostics: [Diagnostic] = []
  for policy in policies.map(PolicyIdentity.init) {
    if let (first, isID) = met.first(like: policy),
      let diagnostic = policy.duplicate(of: first.policy, isID: isID, elsewhere: nil)
    {
      diagnostics.append(diagnostic)
    }
    met.insert(policy, at: ())
  }
  return diagnostics
}

/// The policies of a run that another file has already.
///
/// - Parameter files: Each file's policies and the file itself, in the order of the run, on which workers have no influence.
/// - Returns: What was found in each file. What a file has twice by itself is told when the file is validated.
package func duplicatePolicies(
  acrossFiles files: [(policies: [PolicyIdentity], source: SourceText)]
) -> [[Diagnostic]] {
  var met = MetPolicies<Int>()
  return files.enumerated().map { index, file in
    var own = MetPolicies<Void>()
    var diagnostics: [Diagnostic] = []
    for policy in file.policies {
      defer { own.insert(policy, at: ()) }
      guard own.first(like: policy) == nil, let (first, isID) = met.first(like: policy) else { continue }
      let source = files[first.place].source
      guard let mark = isID ? first.policy.id : first.policy.name else { continue }
      let lines = LineTable(source)
      let place = FilePlace(
        name: source.name, start: lines.position(of: mark.span.start), end: lines.position(of: mark.span.end))
      if let diagnostic = policy.duplicate(of: first.policy, isID: isID, elsewhere: place) {
        diagnostics.append(diagnostic)
      }
    }
    for policy in file.policies { met.insert(policy, at: index) }
    return diagnostics
  }
}

extension PolicyIdentity {
  /// Says that the policy has the id or the name of another one.
  fileprivate func duplicate(of first: PolicyIdentity, isID: Bool, elsewhere place: FilePlace?) -> Diagnostic? {
    guard let own = isID ? id : name, let other = isID ? first.id : first.name else { return nil }
    let otherRules = Set(first.ruleIDs)
    let shared = ruleIDs.filter(otherRules.contains)
    let message =
      isID
      ? DuplicatePolicy(id: own.text, file: place?.name, sharedRules: shared)
      : DuplicatePolicy(name: own.text, file: place?.name, sharedRules: shared)
    var related = RelatedPlace("the first one", at: place == nil ? other.span : own.span, in: other.path)
    related.elsewhere = place
    return Diagnostic(message, at: own.span, in: own.path, related: [related])
  }
}
