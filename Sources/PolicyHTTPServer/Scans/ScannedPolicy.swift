#if Server
  internal import DocumentTree
  internal import PolicyCortex
  internal import PolicyModel
  internal import PolicyStorage
  internal import Synchronization

  /// A stored policy that is compiled, with what violations tell of it.
  struct ScannedPolicy: Sendable {
    let id: String
    let revision: Int
    let name: String
    let resourceTypes: [String]
    /// The frameworks that it helps to comply with, each once.
    let frameworks: [String]
    let evaluator: PolicyEvaluator
    /// How much each rule matters, by its place; `nil` where neither the rule nor the policy says it.
    let severities: [RuleSeverity?]
    let severity: RuleSeverity?

    init(_ stored: StoredPolicy, validator: PolicyValidator, resourceTypes types: ResourceTypeCatalogue?) {
      let report = validator.validate(stored.draft.document, name: "policy.json")
      // INVARIANT: a draft is one policy, which was valid when it was kept.
      let policy = report.policies.first
      id = stored.id
      revision = stored.revision
      name = stored.draft.name
      resourceTypes = stored.draft.resourceTypes
      var frameworks: [String] = []
      for name in (policy?.complianceFrameworks ?? []) + (policy?.complianceMapping ?? []).map(\.framework)
      where !frameworks.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
        frameworks.append(name)
      }
      self.frameworks = frameworks
      evaluator = PolicyEvaluator(report.policies, resourceTypes: types)
      severity = policy?.severity
      severities = policy?.rules.map { $0.severity ?? policy?.severity } ?? []
    }

    var representation: JSONValue {
      ["id": .string(id), "name": .string(name), "revision": .integer(revision)]
    }
  }

  /// Policies that were compiled before, so that a scan does not compile what has not changed.
  final class CompiledPolicies: Sendable {
    private struct Kept {
      var policies: [String: ScannedPolicy] = [:]
      /// Of their documents, in bytes.
      var size = 0
    }

    private let kept = Mutex(Kept())
    /// Beyond so many bytes of documents, all are compiled anew: rare, and cheaper than to keep count of who was used last.
    private static let capacity = 64 << 20

    /// The policy as it is now.
    func policy(_ stored: StoredPolicy, _ service: PolicyService) -> ScannedPolicy {
      let known = kept.withLock { $0.policies[stored.id] }
      if let known, known.revision == stored.revision { return known }
      let policy = ScannedPolicy(
        stored, validator: service.validator, resourceTypes: service.configuration.resourceTypes)
      kept.withLock { kept in
        if kept.size >= Self.capacity { kept = Kept() }
        // Earlier revisions stay counted until then.
        kept.size += stored.draft.document.count
        kept.policies[stored.id] = policy
      }
      return policy
    }
  }
#endif
