#if Server
  internal import DocumentTree
  internal import HTTPTypes
  internal import PolicyCortex
  internal import PolicyStorage

  /// Scans: what the policies of a workspace find in many resources.
  enum ScanRoutes {
    static let all: [Route] = [
      Route(
        method: .get, path: "/scans", scope: .readScans, summary: "List scans", query: QueryParameters.paging,
        answer: list),
      Route(
        method: .post, path: "/scans", scope: .writeScans, summary: "Scan resources with stored policies", body: .scan,
        query: ["policy_ids"], success: .accepted, answer: create),
      Route(
        method: .get, path: "/scans/{id}", scope: .readScans,
        summary: "Read how far a scan is, and what it has found", query: QueryParameters.paging, answer: read),
      Route(
        method: .delete, path: "/scans/{id}", scope: .writeScans, summary: "Cancel a scan, and remove it",
        success: .noContent, answer: delete),
    ]

    /// How many policies a request may name.
    private static let namedLimit = 1000
    /// How many policies a scan asks at most.
    private static let policyLimit = 10_000

    @Sendable private static func list(_ call: Call) async throws -> Answer {
      let key = try call.caller()
      let request = try call.query.page()
      let page = try await call.service.store.scans(in: key.workspace, by: author(key), request)
      return Answer(["scans": .array(page.elements.map(\.representation)), "pagination": page.pagination(request)])
    }

    /// Whose scans a key sees: one that is limited to types sees its own alone, for others tell of other types.
    private static func author(_ key: APIKeyRecord) -> String? { key.resourceTypes == nil ? nil : key.id }

    @Sendable private static func create(_ call: Call) async throws -> Answer {
      let actor = try call.actor()
      var ids = call.query["policy_ids"]?.split(separator: ",").map(String.init)
      var resources: [ScannedResource] = []
      if call.stream == nil {
        let body = try RequestObject(call.body, known: ["resources", "policy_ids"])
        if let named = try body.strings("policy_ids", count: 1...namedLimit) { ids = (ids ?? []) + named }
        guard let array = body.node("resources") else { throw ErrorResponse.missing("resources") }
        guard body.document[array].kind == .array else { throw ErrorResponse.wrongType("resources") }
        body.document.forEachElement(of: array) { _, node in resources.append(.part(body.document, node)) }
        for (index, resource) in resources.enumerated() {
          guard case .part(let document, let node) = resource, document[node].kind == .object else {
            throw ErrorResponse.wrongType("resources[\(index)]")
          }
        }
      }
      let policies = try await policies(ids, call)
      let scanner = Scanner(
        policies: policies, resourceTypes: call.service.configuration.resourceTypes,
        now: EvaluationInput.currentTime())
      let scan = StoredScan(
        id: "scan_" + Base62.random(count: 16), by: actor,
        policies: JSONValue.array(policies.map(\.representation)).bytes,
        total: call.stream == nil ? resources.count : nil, progress: ScanTally().progress)
      let runner = call.service.scans
      if let stream = call.stream {
        try await runner.stream(scan, stream, scanner, by: actor, call.service)
      } else {
        try await runner.start(scan, resources, scanner, by: actor, call.service)
      }
      // It may be done by now, or even gone.
      let current = try await call.service.store.scan(scan.id, in: scan.workspace) ?? scan
      return Answer(.accepted, current.representation, headers: [.location: "\(call.base)/scans/\(scan.id)"])
    }

    /// The policies that a scan asks: those that are named, or all that are enabled and that the key may have to do with.
    ///
    /// - Throws: 403 for one of other types than the key's, 422 for one that is not there, or if there is none.
    private static func policies(_ ids: [String]?, _ call: Call) async throws -> [ScannedPolicy] {
      let key = try call.caller()
      let store = call.service.store
      var policies: [ScannedPolicy] = []
      if let ids {
        guard ids.count <= namedLimit else { throw ErrorResponse.wrongLength("policy_ids") }
        var seen: Set<String> = []
        for (index, id) in ids.enumerated() where seen.insert(id).inserted {
          guard Base62.isIdentifier(id, prefix: "pol_", count: 16),
            let policy = try await store.policy(id, in: key.workspace)
          else { throw ErrorResponse.unprocessable("policy_ids[\(index)]", "Policy not found") }
          try key.require(.writeScans, types: policy.draft.resourceTypes)
          policies.append(call.service.compiled.policy(policy, call.service))
        }
      } else {
        let filter = PolicyFilter(isEnabled: true, withinTypes: key.resourceTypes)
        var request = PageRequest(limit: 200)
        while true {
          let page = try await store.policies(in: key.workspace, filter, request)
          policies += page.elements.map { call.service.compiled.policy($0, call.service) }
          guard page.total <= policyLimit else {
            throw ErrorResponse.unprocessable("policy_ids", "More than \(policyLimit) policies: name some")
          }
          guard let next = page.next else { break }
          request.start = .cursor(next)
        }
      }
      // Without policies nothing would be found, which would say that all is well.
      guard !policies.isEmpty else { throw ErrorResponse.unprocessable("policy_ids", "No policies to scan with") }
      return policies
    }

    /// The scan that a call is about.
    private static func scan(_ call: Call) async throws -> StoredScan {
      let key = try call.caller()
      guard Base62.isIdentifier(call.id, prefix: "scan_", count: 16),
        let scan = try await call.service.store.scan(call.id, in: key.workspace),
        author(key) == nil || scan.author == key.id
      else { throw ErrorResponse.notFound("scan", "Scan", id: call.id) }
      return scan
    }

    @Sendable private static func read(_ call: Call) async throws -> Answer {
      let request = try call.query.page()
      let scan = try await scan(call)
      do {
        let page = try await call.service.store.violations(of: scan.id, in: scan.workspace, request)
        guard case .object(let members) = scan.representation else { return Answer(scan.representation) }
        return Answer(
          .object(
            members + [
              JSONMember("violations", .array(page.elements.map { .written($0) })),
              JSONMember("pagination", page.pagination(request)),
            ]))
      } catch StoreError.notFound {
        throw ErrorResponse.notFound("scan", "Scan", id: call.id)
      }
    }

    @Sendable private static func delete(_ call: Call) async throws -> Answer {
      let scan = try await scan(call)
      call.service.scans.cancel(scan.id)
      do { try await call.service.store.deleteScan(scan.id, by: try call.actor()) } catch StoreError.notFound {
        throw ErrorResponse.notFound("scan", "Scan", id: call.id)
      }
      return Answer(empty: .noContent)
    }
  }

  extension StoredScan {
    /// The scan as the API shows it, but for its violations.
    var representation: JSONValue {
      [
        "id": .string(id), "status": .string(status.rawValue), "reason": .optional(reason),
        "created_at": .string(createdAt.text), "finished_at": .optional(finishedAt?.text),
        "policies": .written(policies),
        "progress": [
          "resources": .integer(progress.resources), "total": total.map { .integer($0) } ?? .null,
        ],
        "summary": .written(progress.summary),
        // Beyond the limit they are counted in the summary alone.
        "is_truncated": .boolean(progress.violations > ScanRunner.keptLimit),
      ]
    }
  }
#endif
