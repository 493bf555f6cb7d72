package import CEL
package import DocumentTree
internal import Glibc
package import PolicyModel

/// What policies are evaluated against: `{"resource", "principal"?, "request"?, "context"?, "now"?}`.
///
/// Members that an object lacks read as null, and so do the absent roots' members (DESIGN §4).
package struct EvaluationInput {
  /// The members there are.
  package static let members = ["resource", "principal", "request", "context", "now"]

  /// The values of the first four members, in their order.
  let roots: [Value]
  let now: Timestamp
  /// `resource.type`, when it is a string.
  let resourceType: String?
  /// Members with other names, which mean nothing.
  package let unknownMembers: [String]
  /// Where the values lie.
  private let arena: Arena

  /// Reads an input.
  ///
  /// - Parameters:
  ///   - document: The document it stands in.
  ///   - root: The input's object.
  ///   - now: The current time, which counts where the input names none.
  ///   - resourceTypes: The types of which the resource's `type` may be one; numbers are read as its schema says.
  ///   - inputs: What is known of the other inputs.
  /// - Throws: `InputFault` for what is no input.
  package init(
    _ document: Document, at root: NodeID, now: Timestamp, resourceTypes: ResourceTypeCatalogue? = nil,
    inputs: InputSchemas = InputSchemas()
  ) throws(InputFault) {
    let root = document.resolved(root)
    guard document[root].kind == .object else {
      throw InputFault(node: root, message: "an input is an object with a `resource`")
    }
    if let duplicate = document.duplicateKeys.first {
      throw InputFault(node: duplicate.key, message: "duplicate key `\(document.text(of: duplicate.key))`")
    }
    var nodes: [String: NodeID] = [:]
    var unknown: [String] = []
    document.forEachMember(of: root) { key, value in
      let name = document.text(of: key)
      nodes[name] = value
      if !Self.members.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { unknown.append(name) }
    }
    guard let resource = nodes["resource"] else {
      throw InputFault(node: root, message: "the input has no `resource`: it is an object `{\"resource\": …}`")
    }
    let type = Self.type(of: document.resolved(resource), in: document)
    let arena = Arena()
    var roots: [Value] = []
    for name in Self.members.dropLast() {
      if let node = nodes[name] {
        let table = name == "resource" ? type.flatMap { resourceTypes?.attributes(of: $0) } : inputs.attributes[name]
        roots.append(
          try document.value(of: node, in: arena, readsAbsentAsNull: true, as: table.map { DescribedAttribute($0) }))
      } else {
        roots.append(try Self.empty(in: arena, for: root))
      }
    }
    self.arena = arena
    self.roots = roots
    self.now = try nodes["now"].map { (node) throws(InputFault) in try Self.timestamp(document, node) } ?? now
    resourceType = type
    unknownMembers = unknown
  }

  /// Makes an input of a resource alone.
  ///
  /// - Throws: `InputFault` for what is no value.
  package init(
    _ document: Document, resource: NodeID, now: Timestamp, resourceTypes: ResourceTypeCatalogue? = nil
  ) throws(InputFault) {
    let type = Self.type(of: document.resolved(resource), in: document)
    let table = type.flatMap { resourceTypes?.attributes(of: $0) }
    let arena = Arena()
    var roots = [
      try document.value(
        of: resource, in: arena, readsAbsentAsNull: true, as: table.map { DescribedAttribute($0) })
    ]
    for _ in Self.members.dropFirst().dropLast() { roots.append(try Self.empty(in: arena, for: resource)) }
    self.arena = arena
    self.roots = roots
    self.now = now
    resourceType = type
    unknownMembers = []
  }

  private static func empty(in arena: Arena, for root: NodeID) throws(InputFault) -> Value {
    do throws(EvaluationError) { return try arena.map([]).readingAbsentAsNull } catch {
      throw InputFault(node: root, message: "\(error)")
    }
  }

  private static func timestamp(_ document: Document, _ node: NodeID) throws(InputFault) -> Timestamp {
    guard document[document.resolved(node)].kind == .string else {
      throw InputFault(node: node, message: "`now` is a string such as `2026-01-31T12:00:00Z`")
    }
    let text = Array(document.text(of: node).utf8)
    do throws(ConversionFault) { return try Timestamp(parsing: text) } catch {
      throw InputFault(node: node, message: "`now` is no timestamp: \(error.message)")
    }
  }

  private static func type(of resource: NodeID, in document: Document) -> String? {
    var type: String?
    document.forEachMember(of: resource) { key, value in
      guard document[document.resolved(value)].kind == .string, document.text(of: key) == "type" else { return }
      type = document.text(of: value)
    }
    return type
  }

  /// The time by the system's clock.
  package static func currentTime() -> Timestamp {
    var time = timespec()
    guard unsafe clock_gettime(CLOCK_REALTIME, &time) == 0,
      let now = Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int32(truncatingIfNeeded: time.tv_nsec))
    else { return .least }
    return now
  }
}
