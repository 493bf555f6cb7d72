#if Server
  extension JSONValue {
    /// The value after a merge patch (RFC 7396): null takes away, objects are merged, all else replaces.
    func merged(with patch: JSONValue) -> JSONValue {
      guard case .object(let changes) = patch else { return patch }
      var members: [JSONMember] = []
      if case .object(let own) = self { members = own }
      for change in changes {
        let place = members.firstIndex { $0.key.utf8.elementsEqual(change.key.utf8) }
        if case .null = change.value {
          if let place { members.remove(at: place) }
        } else if let place {
          members[place].value = members[place].value.merged(with: change.value)
        } else {
          members.append(JSONMember(change.key, JSONValue.null.merged(with: change.value)))
        }
      }
      return .object(members)
    }

    /// The value with some members set, each as a whole.
    func setting(_ changes: [JSONMember]) -> JSONValue {
      var members: [JSONMember] = []
      if case .object(let own) = self { members = own }
      for change in changes {
        if let place = members.firstIndex(where: { $0.key.utf8.elementsEqual(change.key.utf8) }) {
          members[place].value = change.value
        } else {
          members.append(change)
        }
      }
      return .object(members)
    }

    /// The value without some members.
    func removing(_ keys: Set<String>) -> JSONValue {
      guard case .object(let members) = self else { return self }
      return .object(members.filter { !keys.contains($0.key) })
    }
  }
#endif
