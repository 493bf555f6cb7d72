#if Server
  internal import CEL
  internal import DocumentTree
  internal import Glibc
  internal import PolicyCortex
  internal import PolicyModel
  internal import Source

  /// A resource to be scanned: a text of its own, or a part of a body.
  enum ScannedResource: Sendable {
    case line([UInt8])
    case part(Document, NodeID)
  }

  /// Asks policies about resources, on all cores.
  struct Scanner: Sendable {
    let policies: [ScannedPolicy]
    let resourceTypes: ResourceTypeCatalogue?
    /// The same for all resources of a scan, however long it takes.
    let now: Timestamp

    /// How many resources are looked at in one go: enough that handing them out costs nothing, and little enough that
    /// other requests get their turn between.
    private static let chunk = 32
    private static let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    /// What the policies find.
    ///
    /// - Parameters:
    ///   - resources: The resources.
    ///   - first: The place of the first of them in the scan.
    ///   - limit: How many violations are kept of them.
    /// - Returns: What was found, as if one after the other had been looked at.
    /// - Throws: 400 for what is no resource, and `CancellationError`.
    func findings(in resources: [ScannedResource], first: Int, keeping limit: Int) async throws -> ScanTally {
      let starts = Array(stride(from: 0, to: resources.count, by: Self.chunk))
      var tallies = [ScanTally?](repeating: nil, count: starts.count)
      try await withThrowingTaskGroup(of: (Int, ScanTally).self) { group in
        func add(_ number: Int) {
          let range = starts[number]..<min(starts[number] + Self.chunk, resources.count)
          group.addTask {
            try Task.checkCancellation()
            return (number, try tally(resources[range], first: first, keeping: limit))
          }
        }
        var next = min(Self.cores, starts.count)
        for number in 0..<next { add(number) }
        while let (number, tally) = try await group.next() {
          tallies[number] = tally
          if next < starts.count {
            add(next)
            next += 1
          }
        }
      }
      var sum = ScanTally()
      for tally in tallies.compactMap({ $0 }) {
        sum.add(tally)
        sum.kept += tally.kept.prefix(limit - sum.kept.count)
      }
      return sum
    }

    private func tally(
      _ resources: ArraySlice<ScannedResource>, first: Int, keeping limit: Int
    ) throws(ErrorResponse) -> ScanTally {
      var tally = ScanTally()
      for (place, resource) in zip(resources.indices, resources) {
        let index = first + place
        let (document, node) = try Self.object(resource, index: index)
        let input: EvaluationInput
        do throws(InputFault) {
          input = try EvaluationInput(document, resource: node, now: now, resourceTypes: resourceTypes)
        } catch {
          throw .invalid("resources[\(index)]", "type", "Invalid resource: \(error.message)")
        }
        tally.resources += 1
        let description = Description(document, node, index: index)
        for policy in policies { find(policy, input, description, &tally, keeping: limit) }
      }
      return tally
    }

    /// The object that a resource is.
    private static func object(
      _ resource: ScannedResource, index: Int
    ) throws(ErrorResponse) -> (Document, NodeID) {
      let field = "resources[\(index)]"
      switch resource {
      case .part(let document, let node):
        guard document[document.resolved(node)].kind == .object else { throw .wrongType(field) }
        return (document, node)
      case .line(let bytes):
        let (document, faults) = readDocument(SourceText(name: "resource.json", bytes: bytes))
        if let fault = faults.first { throw .invalid(field, "json", "Invalid JSON payload: \(fault.message)") }
        if let duplicate = document.duplicateKeys.first {
          throw .invalid(field, "duplicate", "Duplicate field: \(document.text(of: duplicate.key))")
        }
        guard let root = document.roots.first, document[root].kind == .object else { throw .wrongType(field) }
        return (document, root)
      }
    }

    /// What violations tell of a resource.
    private struct Description {
      let members: JSONValue

      init(_ document: Document, _ node: NodeID, index: Int) {
        var id: String?
        var type: String?
        document.forEachMember(of: node) { key, value in
          guard document[document.resolved(value)].kind == .string else { return }
          switch document.text(of: key) {
          case "id": id = Scanner.excerpt(document.text(of: value))
          case "type": type = Scanner.excerpt(document.text(of: value))
          default: break
          }
        }
        members = ["index": .integer(index), "id": .optional(id), "type": .optional(type)]
      }
    }

    /// How long a text in a violation is at most, in characters.
    static let excerptLimit = 2000

    /// A text, or its start: a message may hold a whole resource, once for each rule.
    static func excerpt(_ text: String) -> String {
      let scalars = text.unicodeScalars
      guard let end = scalars.index(scalars.startIndex, offsetBy: excerptLimit, limitedBy: scalars.endIndex),
        end < scalars.endIndex
      else { return text }
      return String(scalars[..<end]) + "…"
    }

    /// Adds what one policy finds in one resource.
    private func find(
      _ policy: ScannedPolicy, _ input: EvaluationInput, _ resource: Description, _ tally: inout ScanTally,
      keeping limit: Int
    ) {
      let answer = policy.evaluator.answer(to: input)
      var isDenied = false
      for rule in answer.rules {
        guard rule.action != .allow, rule.outcome == .applies || rule.outcome == .error else { continue }
        if rule.action == .deny { isDenied = true }
        let severity = policy.severities.indices.contains(rule.index) ? policy.severities[rule.index] : nil
        tally.count(severity, policy.frameworks)
        guard tally.kept.count < limit else { continue }
        let violation: JSONValue = [
          "resource": resource.members, "policy": policy.representation,
          "rule": ["index": .integer(rule.index), "id": .optional(rule.id)],
          "field": .string("rules[\(rule.index)].condition"), "action": .string(rule.action.rawValue),
          "severity": .optional(severity?.rawValue),
          "message": .optional(rule.message.map(Self.excerpt)), "error": .optional(rule.error.map(Self.excerpt)),
          "frameworks": .strings(policy.frameworks),
        ]
        tally.kept.append(violation.bytes)
      }
      // What no rule allows is denied by default, and no rule says so.
      guard answer.decision == .deny, !isDenied else { return }
      tally.count(policy.severity, policy.frameworks)
      guard tally.kept.count < limit else { return }
      let violation: JSONValue = [
        "resource": resource.members, "policy": policy.representation, "rule": .null, "field": "default_action",
        "action": "deny", "severity": .optional(policy.severity?.rawValue), "message": "no rule allows the resource",
        "error": .null, "frameworks": .strings(policy.frameworks),
      ]
      tally.kept.append(violation.bytes)
    }
  }
#endif
