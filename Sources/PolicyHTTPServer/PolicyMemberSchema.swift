#if Server
  internal import PolicyStorage

  extension PolicySchema {
    /// What a change may give: any members of a policy, and what the server says of policies, which is ignored.
    ///
    /// - Parameter mayBeNull: Whether null stands for a member that is taken away, as in merge patches.
    /// - Returns: The schema.
    static func members(mayBeNull: Bool) -> JSONValue {
      let policy = members.first { $0.key == "Policy" }?.value
      guard case .object(let all)? = policy?["properties"] else { return ["type": "object"] }
      let needed = ["name", "rules"]
      let properties = all.map { member -> JSONMember in
        guard mayBeNull, !needed.contains(member.key) else { return member }
        return JSONMember(member.key, ["anyOf": [member.value, ["type": "null"]]])
      }
      let own = StoredPolicy.ownMembers.sorted().map { JSONMember($0, ["description": "Ignored."]) }
      return [
        "type": "object", "properties": .object(properties + own),
        "patternProperties": ["^x-": ["description": "For tools."]], "additionalProperties": false,
        "not": [
          "required": ["resource_type", "resource_types"],
          "properties": ["resource_type": ["type": "string"], "resource_types": ["type": "array"]],
        ],
      ]
    }
  }
#endif
