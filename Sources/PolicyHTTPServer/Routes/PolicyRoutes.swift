#if Server
  internal import HTTPTypes
  internal import PolicyModel
  internal import PolicyStorage

  /// Policies: create, read, change, delete.
  enum PolicyRoutes {
    static let all: [Route] = [
      Route(
        method: .get, path: "/policies", scope: .readPolicies, summary: "List policies",
        query: QueryParameters.paging + ["resource_type", "severity", "enabled"], answer: list),
      Route(
        method: .post, path: "/policies", scope: .writePolicies, summary: "Create a policy", body: .policies,
        success: .created, answer: create),
      Route(
        method: .get, path: "/policies/{id}", scope: .readPolicies, summary: "Read a policy", answer: read),
      Route(
        method: .put, path: "/policies/{id}", scope: .writePolicies, summary: "Replace the given members of a policy",
        body: .policies, answer: put),
      Route(
        method: .patch, path: "/policies/{id}", scope: .writePolicies, summary: "Merge a patch into a policy",
        body: .mergePatch, answer: patch),
      Route(
        method: .delete, path: "/policies/{id}", scope: .deletePolicies, summary: "Delete a policy",
        success: .noContent, answer: delete),
      Route(
        method: .get, path: "/policies/{id}/versions", scope: .readPolicies, summary: "List a policy's versions",
        query: QueryParameters.paging, answer: versions),
    ]

    private static let severities = RuleSeverity.allCases.map(\.rawValue)

    @Sendable private static func list(_ call: Call) async throws -> Answer {
      let key = try call.caller()
      let request = try call.query.page()
      let filter = PolicyFilter(
        resourceType: call.query["resource_type"],
        severity: try call.query.word("severity", among: severities), isEnabled: try call.query.boolean("enabled"),
        withinTypes: key.resourceTypes)
      if let type = filter.resourceType { try key.require(.readPolicies, types: [type]) }
      let page = try await call.service.store.policies(in: key.workspace, filter, request)
      return Answer([
        "policies": .array(page.elements.map(\.representation)), "pagination": page.pagination(request),
      ])
    }

    @Sendable private static func create(_ call: Call) async throws -> Answer {
      let draft = try PolicyIntake(validator: call.service.validator)
        .draft(call.body, name: call.format.documentName)
      try call.caller().require(.writePolicies, types: draft.resourceTypes)
      let policy = try await call.service.store.createPolicy(draft, id: newID(), by: try call.actor())
      return Answer(
        .created, policy.representation,
        headers: [.location: "\(call.base)/policies/\(policy.id)", .eTag: policy.tag])
    }

    static func newID() -> String { "pol_" + Base62.random(count: 16) }

    /// The policy that a call is about.
    ///
    /// - Throws: 404, and 403 for a key that may not have to do with it.
    private static func policy(_ call: Call, _ scope: Scope) async throws -> StoredPolicy {
      let key = try call.caller()
      guard Base62.isIdentifier(call.id, prefix: "pol_", count: 16),
        let policy = try await call.service.store.policy(call.id, in: key.workspace)
      else { throw ErrorResponse.notFound("policy", "Policy", id: call.id) }
      try key.require(scope, types: policy.draft.resourceTypes)
      return policy
    }

    @Sendable private static func read(_ call: Call) async throws -> Answer {
      let policy = try await policy(call, .readPolicies)
      if let list = call.headers[.ifNoneMatch], EntityTag.names(list, revision: policy.revision, isWeak: true) {
        return Answer(empty: .notModified, headers: [.eTag: policy.tag])
      }
      return Answer(policy.representation, headers: [.eTag: policy.tag])
    }

    @Sendable private static func put(_ call: Call) async throws -> Answer {
      let members = try PolicyIntake.members(call.body, name: call.format.documentName, ofPolicy: call.id)
      return try await update(call) { withoutOtherName($0, members).setting(members) }
    }

    @Sendable private static func patch(_ call: Call) async throws -> Answer {
      let members = try PolicyIntake.members(call.body, name: BodyFormat.json.documentName, ofPolicy: call.id)
      return try await update(call) { withoutOtherName($0, members).merged(with: .object(members)) }
    }

    /// A document in which one of the two names of its types makes room for the other, where that is given.
    private static func withoutOtherName(_ document: JSONValue, _ members: [JSONMember]) -> JSONValue {
      var document = document
      for (name, other) in [("resource_type", "resource_types"), ("resource_types", "resource_type")] {
        guard let member = members.first(where: { $0.key == name }) else { continue }
        if case .null = member.value { continue }
        document = document.removing([other])
      }
      return document
    }

    /// How often a change without `If-Match` is tried when others change the policy meanwhile.
    private static let attempts = 16

    /// Changes a policy.
    ///
    /// With `If-Match` it is changed from the revision that the client knows, or not at all.
    private static func update(_ call: Call, _ change: (JSONValue) -> JSONValue) async throws -> Answer {
      for _ in 0..<attempts {
        let old = try await policy(call, .writePolicies)
        try requireMatch(call, old)
        let draft = try PolicyIntake(validator: call.service.validator)
          .draft(change(old.document).bytes, name: BodyFormat.json.documentName)
        try call.caller().require(.writePolicies, types: draft.resourceTypes)
        do {
          let policy = try await call.service.store.updatePolicy(
            old.id, to: draft, expecting: old.revision, by: try call.actor())
          return Answer(policy.representation, headers: [.eTag: policy.tag])
        } catch StoreError.revisionMismatch(let current) where call.headers[.ifMatch] != nil {
          throw ErrorResponse.changed(current: current)
        } catch StoreError.revisionMismatch {
          continue
        } catch StoreError.notFound {
          throw ErrorResponse.notFound("policy", "Policy", id: call.id)
        }
      }
      throw ErrorResponse(.conflict, "Policy is being changed by others")
    }

    /// - Throws: 412, unless `If-Match` is absent or names the policy's revision.
    private static func requireMatch(_ call: Call, _ policy: StoredPolicy) throws(ErrorResponse) {
      guard let list = call.headers[.ifMatch] else { return }
      guard EntityTag.names(list, revision: policy.revision, isWeak: false) else {
        throw .changed(current: policy.revision)
      }
    }

    @Sendable private static func delete(_ call: Call) async throws -> Answer {
      let policy = try await policy(call, .deletePolicies)
      try requireMatch(call, policy)
      do {
        try await call.service.store.deletePolicy(
          policy.id, expecting: call.headers[.ifMatch] == nil ? nil : policy.revision, by: try call.actor())
      } catch StoreError.notFound {
        throw ErrorResponse.notFound("policy", "Policy", id: call.id)
      }
      return Answer(empty: .noContent)
    }

    @Sendable private static func versions(_ call: Call) async throws -> Answer {
      let request = try call.query.page()
      let policy = try await policy(call, .readPolicies)
      let page = try await call.service.store.versions(of: policy.id, in: policy.workspace, request)
      let versions = page.elements.map { version -> JSONValue in
        [
          "revision": .integer(version.revision), "created_at": .string(version.createdAt.text),
          "created_by": .string(version.author), "policy": .written(version.document),
        ]
      }
      return Answer(["versions": .array(versions), "pagination": page.pagination(request)])
    }
  }
#endif
