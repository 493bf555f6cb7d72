internal import Source

// What identifiers, selections and calls refer to (cel-spec, "Name Resolution").
extension Checker {
  mutating func identifierType(_ id: UInt32, _ node: Node, _ tree: SyntaxTree) -> TypeID {
    let name = NameID(rawValue: node.first)
    let isAbsolute = node.flags.contains(.isAbsolute)
    if !isAbsolute, let type = scope.value(of: name) {
      references[Int(id)] = .local
      return type
    }
    if isAbsolute, !names.containers.isEmpty {
      let name = tree.nameBytes[tree.names[Int(name.rawValue)].range]
      guard let found = declaration(name, isAbsolute: true) else { return .error }
      references[Int(id)] = found.reference
      return found.type
    }
    let facts = facts(name, tree)
    references[Int(id)] = facts.reference
    return facts.type == .unknown ? .error : facts.type
  }

  /// What is known of a name; each name of a tree is looked up once.
  @inline(__always)
  mutating func facts(_ name: NameID, _ tree: SyntaxTree) -> NameFacts {
    let known = nameFacts[Int(name.rawValue)]
    return known.isKnown ? known : foundFacts(name, tree)
  }

  @inline(never)
  private mutating func foundFacts(_ name: NameID, _ tree: SyntaxTree) -> NameFacts {
    let index = Int(name.rawValue)
    let range = tree.names[index].range
    var facts = names.facts(tree.nameBytes, in: range)
    facts.function = nameFacts[index].function
    if !environment.functions.isEmpty {
      facts.isNamespace = functions.namespaces.index(of: tree.nameBytes, in: range) != nil
    }
    if !names.containers.isEmpty {
      let found = declaration(tree.nameBytes[range], isAbsolute: false)
      facts.type = found?.type ?? .unknown
      facts.reference = found?.reference ?? .none
      facts.isQualifier = true
      facts.isNamespace = true
    }
    nameFacts[index] = facts
    return facts
  }

  /// What a name with or without dots refers to, from the innermost namespace outwards.
  private func declaration(
    _ name: some Collection<UInt8>, isAbsolute: Bool
  ) -> (type: TypeID, reference: ReferenceEntry)? {
    let name = Array(name)
    if !isAbsolute {
      for container in names.containers {
        if let found = names.declaration(of: container + name) { return found }
      }
    }
    return names.declaration(of: name)
  }

  /// The identifier that a chain of plain selections starts with; `nil` when it is none or has too many parts.
  private func firstIdentifier(of id: UInt32, _ tree: SyntaxTree, limit: Int) -> Node? {
    var node = tree.nodes[Int(id)]
    var count = 1
    while node.kind == .select, node.flags.isEmpty, count < limit {
      node = tree.nodes[Int(node.first)]
      count += 1
    }
    return node.kind == .identifier ? node : nil
  }

  /// Whether a selection or a part of it may be one name with dots.
  mutating func mayBeQualified(_ id: UInt32, _ tree: SyntaxTree) -> Bool {
    guard let first = firstIdentifier(of: id, tree, limit: names.partLimit) else { return true }
    return facts(NameID(rawValue: first.first), tree).isQualifier
  }

  /// The type of a selection that is one name with dots; `nil` when it is a selection.
  mutating func qualifiedType(_ id: UInt32, _ tree: SyntaxTree) -> TypeID? {
    guard let first = firstIdentifier(of: id, tree, limit: names.partLimit) else { return nil }
    let name = NameID(rawValue: first.first)
    let isAbsolute = first.flags.contains(.isAbsolute)
    guard facts(name, tree).isQualifier, isAbsolute || scope.value(of: name) == nil,
      tree.nodes[Int(id)].flags.isEmpty
    else { return nil }
    spell(id, tree)
    guard let found = declaration(scratch, isAbsolute: isAbsolute) else { return nil }
    references[Int(id)] = found.reference
    return found.type
  }

  /// Puts the name that a chain of selections spells into `scratch`.
  func spelling(_ id: UInt32, _ tree: SyntaxTree) -> [UInt8] {
    var parts: [Range<Int>] = []
    var node = tree.nodes[Int(id)]
    while node.kind == .select {
      parts.append(tree.names[Int(node.second)].range)
      node = tree.nodes[Int(node.first)]
    }
    var text = Array(tree.nameBytes[tree.names[Int(node.first)].range])
    for part in parts.reversed() {
      text.append(UInt8(ascii: "."))
      text += tree.nameBytes[part]
    }
    return text
  }

  private mutating func spell(_ id: UInt32, _ tree: SyntaxTree) { scratch = spelling(id, tree) }

  /// The type of a member of the variable whose members are known; `dyn` for any other's.
  mutating func knownMemberType(_ id: UInt32, _ node: Node, _ tree: SyntaxTree) -> TypeID {
    guard let source = names.memberSource, references[Int(node.first)] == .variable(source),
      let members = names.members
    else { return .dyn }
    guard let index = members.index(of: tree.nameBytes, in: tree.names[Int(node.second)].range) else { return .error }
    references[Int(id)] = .member(index)
    return names.memberType(at: index)
  }
}

// MARK: - Functions

extension Checker {
  /// The function that a global call names; -1 when there is none.
  mutating func function(named name: NameID, _ node: Node, _ tree: SyntaxTree) -> Int {
    if names.containers.isEmpty || node.flags.contains(.isAbsolute) { return function(named: name, tree) }
    return function(spelled: Array(tree.nameBytes[tree.names[Int(name.rawValue)].range]))
  }

  /// The function of a plain name, which is looked up once a tree; -1 when there is none.
  mutating func function(named name: NameID, _ tree: SyntaxTree) -> Int {
    let index = Int(name.rawValue)
    var facts = nameFacts[index]
    if facts.function == -2 {
      let found = functions.names.index(of: tree.nameBytes, in: tree.names[index].range) ?? -1
      facts.function = Int32(truncatingIfNeeded: found)
      nameFacts[index] = facts
    }
    return Int(facts.function)
  }

  /// The function of a name with its namespace, from the innermost container outwards; -1 when there is none.
  private func function(spelled name: [UInt8]) -> Int {
    for container in names.containers {
      let qualified = container + name
      if let index = functions.names.index(of: qualified, in: qualified.indices) { return index }
    }
    return functions.names.index(of: name, in: name.indices) ?? -1
  }

  /// The function with a namespace that a call of the form `a.b.f(x)` names; `nil` when it is a method call.
  ///
  /// - Returns: -1 when `a.b` is a namespace and no value, and has no such function.
  mutating func namespacedFunction(_ id: UInt32, _ tree: SyntaxTree) -> Int? {
    let node = tree.nodes[Int(id)]
    let receiver = tree.lists[Int(node.second) + 1]
    guard let first = firstIdentifier(of: receiver, tree, limit: names.partLimit) else { return nil }
    let name = NameID(rawValue: first.first)
    let facts = facts(name, tree)
    guard facts.isNamespace else { return nil }
    scratch = spelling(receiver, tree)
    scratch.append(UInt8(ascii: "."))
    scratch += tree.nameBytes[tree.names[Int(node.first)].range]
    let function: Int
    if first.flags.contains(.isAbsolute) {
      function = functions.names.index(of: scratch, in: scratch.indices) ?? -1
    } else {
      function = self.function(spelled: scratch)
    }
    if function >= 0 { return function }
    let isValue = scope.value(of: name) != nil || facts.type != .unknown
    return isValue || tree.nodes[Int(receiver)].kind != .identifier || !names.containers.isEmpty ? nil : -1
  }
}
