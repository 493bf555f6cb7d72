internal import Diagnostics
internal import Source

/// What a merge key brings to an object (`<<: *defaults`), kept aside until the object ends.
struct YAMLMerge {
  static let innerAlias = "an alias inside merged members cannot stand for one of them"

  /// The object that the members come to.
  var object: Int
  /// The object that an alias stands for; `nil` for one that is written in place.
  var target: Int?
  var span: SourceSpan
  /// The members of an object written in place; their links count from its first member.
  var members: [DocumentNode] = []
}

/// Merge keys (https://yaml.org/type/merge.html): members that the object does not have itself; of several objects that
/// bring the same key, the first counts.
extension YAMLReader {
  /// Takes a merge key and its value, the last nodes, out of the tree.
  mutating func takeMerge(key: Int, value: Int) {
    guard let object = frames.last?.node else { return }
    switch document.nodes[value].kind {
    case .array:
      var element = value + 1
      while element < document.nodes.count {
        takeMerged(element, into: object, outOf: key)
        element = document.next(after: element)
      }
    case .null, .true, .false, .integer, .float, .string, .object, .alias, .invalid:
      takeMerged(value, into: object, outOf: key)
    }
    removeNodes(from: key)
  }

  /// Takes one object that is merged; from the merge key on all nodes are going to be removed, so nothing may lead to them.
  private mutating func takeMerged(_ index: Int, into object: Int, outOf removed: Int) {
    let node = document.nodes[index]
    switch node.kind {
    case .invalid: return
    case .alias where Int(node.link) >= removed: report(YAMLMerge.innerAlias, node.span)
    case .alias where document.nodes[Int(node.link)].kind == .invalid: return
    case .alias where document.nodes[Int(node.link)].kind == .object:
      merges.append(YAMLMerge(object: object, target: Int(node.link), span: node.span))
    case .object:
      let first = index + 1
      guard spendAliasNodes(Int(node.link) - first, at: node.span) else { return }
      var members = Array(document.nodes[first..<Int(node.link)])
      for member in members.indices { rebase(&members[member], first, outOf: removed) }
      for member in members.indices where members[member].kind == .object { keepKeys(ofObject: member, in: &members) }
      merges.append(YAMLMerge(object: object, target: nil, span: node.span, members: members))
    case .null, .true, .false, .integer, .float, .string, .array, .alias:
      report("`<<` takes an alias of an object, an object, or an array of them", node.span)
    }
  }

  /// Makes the link of a node count from the first member of what is merged.
  private mutating func rebase(_ node: inout DocumentNode, _ first: Int, outOf removed: Int) {
    switch node.kind {
    case .array, .object: node.link -= UInt32(truncatingIfNeeded: first)
    case .alias where Int(node.link) >= removed:
      report(YAMLMerge.innerAlias, node.span)
      node.kind = .invalid
    case .null, .true, .false, .integer, .float, .string, .alias, .invalid: break
    }
  }

  /// Makes strings of an object's keys that were aliases of merged nodes, since every key is one.
  private func keepKeys(ofObject object: Int, in members: inout [DocumentNode]) {
    var key = object + 1
    while key < Int(members[object].link) {
      if members[key].kind == .invalid {
        members[key] = DocumentNode(span: members[key].span, kind: .string, style: .plain)
      }
      key = next(next(key, in: members), in: members)
    }
  }

  /// The index of the next sibling among merged nodes.
  private func next(_ index: Int, in members: [DocumentNode]) -> Int {
    switch members[index].kind {
    case .array, .object: Int(members[index].link)
    case .null, .true, .false, .integer, .float, .string, .alias, .invalid: index + 1
    }
  }

  /// Appends the members that merge keys bring and the object does not have.
  mutating func appendMerges(of object: Int, explicit seen: inout YAMLKeySet) {
    var start = merges.count
    while start > 0, merges[start - 1].object == object { start -= 1 }
    let taken = Array(merges[start...])
    merges.removeSubrange(start...)
    for merge in taken {
      if let target = merge.target {
        appendAliases(of: target, merge.span, &seen)
      } else {
        appendMembers(merge.members, &seen)
      }
    }
  }

  private mutating func appendAliases(of target: Int, _ span: SourceSpan, _ seen: inout YAMLKeySet) {
    // What was merged may have been taken out of the tree since, as a part of something that was reported.
    guard target < document.nodes.count, document.nodes[target].kind == .object else { return }
    let end = Int(document.nodes[target].link)
    guard end <= document.nodes.count else { return }
    var key = target + 1
    while key < end {
      let value = document.next(after: key)
      if seen.insert(keyBytes(key), document.nodes.count) == nil {
        for node in [key, value] {
          let link = document.resolved(NodeID(node)).rawValue
          append(DocumentNode(span: span, link: link, kind: .alias, style: .plain))
        }
      }
      key = document.next(after: value)
    }
  }

  private mutating func appendMembers(_ members: [DocumentNode], _ seen: inout YAMLKeySet) {
    var key = 0
    while key < members.count {
      let end = next(next(key, in: members), in: members)
      // A key that was an alias of another merged node is reported already.
      guard members[key].kind != .invalid else {
        key = end
        continue
      }
      // The key is appended to be looked at, and taken back when the object has it already.
      let place = append(members[key])
      if seen.insert(keyBytes(place), place) != nil {
        document.nodes.removeLast()
      } else {
        for var node in members[(key + 1)..<end] {
          if node.kind == .array || node.kind == .object {
            node.link = UInt32(truncatingIfNeeded: Int(node.link) + place - key)
          }
          append(node)
        }
      }
      key = end
    }
  }
}
