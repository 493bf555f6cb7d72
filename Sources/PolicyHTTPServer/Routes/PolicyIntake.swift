#if Server
  internal import Diagnostics
  internal import DocumentTree
  internal import PolicyCortex
  internal import PolicyModel
  internal import PolicyStorage
  internal import Source

  /// The way of a policy from a body into the store.
  struct PolicyIntake: Sendable {
    let validator: PolicyValidator

    /// The one policy of a document.
    ///
    /// - Throws: What the engine says of a document that is not valid, and 400 for several policies.
    func draft(_ bytes: [UInt8], name: String) throws(ErrorResponse) -> PolicyDraft {
      let report = validator.validate(bytes, name: name)
      guard report.status == .valid else { throw ErrorResponse(report) }
      guard report.policies.count == 1, let policy = report.policies.first else {
        var error = ErrorResponse.wrongLength("")
        error.message = "One policy expected"
        throw error
      }
      return Self.draft(policy)
    }

    /// A valid policy as it is kept: JSON, whatever it was written in.
    static func draft(_ policy: Policy) -> PolicyDraft {
      let document = JSONValue(policy.document, at: policy.objectNode)
      return PolicyDraft(
        name: policy.name ?? "", document: document.bytes, resourceTypes: policy.resourceTypes,
        severity: policy.severity?.rawValue, isEnabled: policy.isEnabled)
    }

    /// The object that a body gives of a policy: members of a `PUT`, or a merge patch.
    ///
    /// What the server says of policies itself is taken out, so that what was read can be sent back.
    static func members(_ bytes: [UInt8], name: String, ofPolicy id: String) throws(ErrorResponse) -> [JSONMember] {
      let (document, faults) = readDocument(SourceText(name: name, bytes: bytes))
      guard faults.isEmpty else { throw ErrorResponse(faults, in: document) }
      guard document.roots.count == 1, let root = document.roots.first else { throw .wrongType("") }
      if let duplicate = document.duplicateKeys.first {
        let name = document.text(of: duplicate.key)
        throw .invalid(name, "duplicate", "Duplicate field: \(name)")
      }
      guard case .object(let members) = JSONValue(document, at: root) else { throw .wrongType("") }
      var given: [JSONMember] = []
      for member in members where !StoredPolicy.ownMembers.contains(member.key) {
        if member.key == "policy_id" {
          given.append(JSONMember("id", member.value))
        } else if member.key == "id", case .string(let text) = member.value, text == id {
          continue
        } else {
          given.append(member)
        }
      }
      return given
    }
  }

  extension StoredPolicy {
    /// What the server says of a policy, besides its `id`.
    static let ownMembers: Set<String> = ["revision", "created_at", "updated_at"]

    var tag: String { EntityTag.of(revision: revision) }

    /// The policy's document.
    var document: JSONValue { JSONValue(reading: draft.document) }

    /// The policy as the API shows it: its document's members, and the server's.
    ///
    /// A document's own `id` is `policy_id`.
    var representation: JSONValue {
      var members = [JSONMember("id", .string(id))]
      if case .object(let own) = document {
        for member in own { members.append(member.key == "id" ? JSONMember("policy_id", member.value) : member) }
      }
      members += [
        JSONMember("revision", .integer(revision)), JSONMember("created_at", .string(createdAt.text)),
        JSONMember("updated_at", .string(updatedAt.text)),
      ]
      return .object(members)
    }
  }
#endif
