#if Server
  internal import CEL
  internal import DiagnosticRendering
  internal import Diagnostics
  internal import DocumentTree
  internal import HTTPTypes
  internal import PolicyCortex
  internal import PolicyStorage
  internal import Source

  /// What the engine says of policies, kept or not.
  enum ValidationRoutes {
    static let all: [Route] = [
      Route(
        method: .post, path: "/policies/validate", scope: .readPolicies, summary: "Validate policies",
        body: .policies, answer: validate),
      Route(
        method: .post, path: "/policies/bulk", scope: .writePolicies, summary: "Create several policies",
        body: .policies, answer: createAll),
      Route(
        method: .post, path: "/sandbox/evaluate", scope: .readPolicies,
        summary: "Say what a policy decides on a resource, and keep nothing", body: .object, answer: evaluate),
    ]

    @Sendable private static func validate(_ call: Call) async throws -> Answer {
      let report = call.service.validator.validate(call.body, name: call.format.documentName)
      return Answer([
        "valid": .boolean(report.status == .valid), "status": .integer(report.status.rawValue),
        "diagnostics": diagnostics(of: report),
      ])
    }

    private static func diagnostics(of report: ValidationReport) -> JSONValue {
      var bytes: [UInt8] = []
      DiagnosticJSON(report.source).append(report.diagnostics, to: &bytes)
      return .written(bytes)
    }

    /// How many policies one request may bring.
    private static let bulkLimit = 1000

    /// Keeps every policy that is valid; each has a result of its own.
    @Sendable private static func createAll(_ call: Call) async throws -> Answer {
      let report = call.service.validator.validate(call.body, name: call.format.documentName)
      // Where an item ends is not sure in a text that could not be read.
      let isText = report.diagnostics.contains { $0.failure == .malformed && index(of: $0.path) == nil }
      guard !isText, !report.policies.isEmpty || report.status != .valid else { throw ErrorResponse(report) }
      var items: [Int: (policy: Policy?, diagnostics: [Diagnostic])] = [:]
      for policy in report.policies { items[index(of: policy.path) ?? 0, default: (nil, [])].policy = policy }
      for diagnostic in report.diagnostics {
        items[index(of: diagnostic.path) ?? 0, default: (nil, [])].diagnostics.append(diagnostic)
      }
      guard items.count <= bulkLimit else { throw ErrorResponse.invalid("", "limit", "Limit exceeded") }
      var results: [JSONValue] = []
      var created = 0
      for (index, item) in items.sorted(by: { $0.key < $1.key }) {
        let report = ValidationReport(
          source: report.source, policies: item.policy.map { [$0] } ?? [], diagnostics: item.diagnostics)
        do {
          let policy = try await create(report, call)
          created += 1
          results.append([
            "index": .integer(index), "status": .integer(201), "id": .string(policy.id),
            "policy": policy.representation,
          ])
        } catch let error as ErrorResponse {
          results.append([
            "index": .integer(index), "status": .integer(error.status.code), "error": error.envelope,
          ])
        }
      }
      return Answer([
        "results": .array(results),
        "summary": ["created": .integer(created), "failed": .integer(results.count - created)],
      ])
    }

    private static func index(of path: FieldPath) -> Int? {
      guard case .index(let index)? = path.components.first else { return nil }
      return index
    }

    /// Keeps the policy of a report on it alone.
    private static func create(_ report: ValidationReport, _ call: Call) async throws -> StoredPolicy {
      guard report.status == .valid, let policy = report.policies.first else { throw ErrorResponse(report) }
      let draft = PolicyIntake.draft(policy)
      try call.caller().require(.writePolicies, types: draft.resourceTypes)
      do {
        return try await call.service.store.createPolicy(draft, id: PolicyRoutes.newID(), by: try call.actor())
      } catch StoreError.nameTaken {
        throw ErrorResponse.conflictingState("name")
      }
    }

    @Sendable private static func evaluate(_ call: Call) async throws -> Answer {
      let body = try RequestObject(call.body, known: ["policy"] + EvaluationInput.members)
      guard let node = body.node("policy") else { throw ErrorResponse.missing("policy") }
      let report = call.service.validator.validate(try source(of: node, in: body.document), name: "policy")
      guard report.status == .valid else { throw ErrorResponse(report) }
      guard body.node("resource") != nil else { throw ErrorResponse.missing("resource") }
      let types = call.service.configuration.resourceTypes
      let evaluator = PolicyEvaluator(report.policies, resourceTypes: types, isTraced: true)
      let answer: PolicyAnswer
      do throws(InputFault) {
        let input = try evaluator.input(body.document, at: body.root, now: EvaluationInput.currentTime())
        answer = evaluator.answer(to: input)
      } catch {
        throw ErrorResponse.invalid(field(of: error.node, in: body.document), "type", error.message)
      }
      var bytes = AnswerJSON(policyCount: report.policies.count).written(answer)
      // The command line's object and line end, with one more member.
      bytes.removeLast(2)
      bytes += ",\"diagnostics\":".utf8
      diagnostics(of: report).write(to: &bytes)
      bytes.append(UInt8(ascii: "}"))
      return Answer(.written(bytes))
    }

    /// The text of a policy in a body: a string's content, or an object where it stands.
    ///
    /// Of an object everything around it is blanked, so that diagnostics have their places in the body.
    private static func source(of node: NodeID, in document: Document) throws(ErrorResponse) -> [UInt8] {
      switch document[node].kind {
      case .string: return Array(document.text(of: node).utf8)
      case .object, .array:
        let range = document[node].span.range
        return document.source.bytes.enumerated().map { offset, byte in
          range.contains(offset) || byte == 0x0A || byte == 0x0D ? byte : 0x20
        }
      case .null, .true, .false, .integer, .float, .alias, .invalid: throw .wrongType("policy")
      }
    }

    /// The way to a node, as far as its member of the input.
    private static func field(of node: NodeID, in document: Document) -> String {
      var field = ""
      for root in document.roots {
        document.forEachMember(of: root) { key, value in
          if value.index <= node.index { field = document.text(of: key) }
        }
      }
      return field
    }
  }
#endif
