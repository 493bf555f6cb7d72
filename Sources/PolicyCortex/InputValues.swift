package import CEL
package import DocumentTree

/// Why a part of an input is no value.
package struct InputFault: Error {
  package let node: NodeID
  /// Lower case, without a full stop.
  package let message: String
}

/// What a schema says of a value of an input.
package struct DescribedAttribute {
  let table: AttributeTable
  let index: Int

  /// The input as a whole.
  package init(_ table: AttributeTable) { self.init(table: table, index: 0) }

  private init(table: AttributeTable, index: Int) {
    self.table = table
    self.index = index
  }

  var kind: AttributeKind { table.kind(of: index) }

  var element: DescribedAttribute? { table.element(of: index).map { DescribedAttribute(table: table, index: $0) } }

  /// The member that a key of a document names; `nil` when nothing is known of it.
  func member(_ key: NodeID, in document: Document) -> DescribedAttribute? {
    let name = unsafe document.withBytes(of: key) { unsafe Array($0) }
    switch table.member(name, in: name.indices, of: index) {
    case .attribute(let member): return DescribedAttribute(table: table, index: member)
    case .unknown, .none: return nil
    }
  }
}

extension Document {
  /// The value of a node, for an activation.
  ///
  /// Numbers without fraction and exponent are `int` where they fit, else `uint`; all others are `double`. Where a schema
  /// says that a number is an integer or that it is not, it is what the schema says, however it is written: `5.0` is an
  /// `int` there, or `5` a `double`.
  ///
  /// - Parameters:
  ///   - id: The node. Documents nest 256 deep at most, so the recursion is bounded.
  ///   - arena: Where the value is to lie.
  ///   - readsAbsentAsNull: Whether members that its objects lack read as null.
  ///   - attribute: What a schema says of the value.
  /// - Returns: The value.
  /// - Throws: `InputFault` for a number that no `double` can hold, and for what could not be read.
  package func value(
    of id: NodeID, in arena: Arena, readsAbsentAsNull: Bool, as attribute: DescribedAttribute? = nil
  ) throws(InputFault) -> Value {
    let id = resolved(id)
    switch self[id].kind {
    case .array: return try list(id, arena, readsAbsentAsNull, attribute)
    case .object: return try map(id, arena, readsAbsentAsNull, attribute)
    case .integer, .float: return try number(id, as: attribute?.kind)
    case .null, .true, .false, .string, .alias, .invalid: return try scalar(id, arena, readsAbsentAsNull)
    }
  }

  @inline(never)
  private func scalar(_ id: NodeID, _ arena: Arena, _ readsAbsentAsNull: Bool) throws(InputFault) -> Value {
    switch self[id].kind {
    case .null: return readsAbsentAsNull ? .absent : .null
    case .true: return .bool(true)
    case .false: return .bool(false)
    case .integer, .float: return try number(id, as: nil)
    case .string:
      return try made(id) { () throws(EvaluationError) in
        let result: Result<Value, EvaluationError> = unsafe withBytes(of: id) { bytes in
          do throws(EvaluationError) {
            return .success(unsafe try arena.string(bytes))
          } catch {
            return .failure(error)
          }
        }
        return try result.get()
      }
    case .array, .object, .alias, .invalid: throw InputFault(node: id, message: "the value could not be read")
    }
  }

  @inline(never)
  private func list(
    _ id: NodeID, _ arena: Arena, _ readsAbsentAsNull: Bool, _ attribute: DescribedAttribute?
  ) throws(InputFault) -> Value {
    let element = attribute?.element
    var elements: [Value] = []
    let end = Int(self[id].link)
    var child = id.index + 1
    while child < end {
      elements.append(try value(of: NodeID(child), in: arena, readsAbsentAsNull: readsAbsentAsNull, as: element))
      child = next(after: child)
    }
    return try made(id) { () throws(EvaluationError) in try arena.list(elements) }
  }

  @inline(never)
  private func map(
    _ id: NodeID, _ arena: Arena, _ readsAbsentAsNull: Bool, _ attribute: DescribedAttribute?
  ) throws(InputFault) -> Value {
    var entries: [MapView.Entry] = []
    let end = Int(self[id].link)
    var child = id.index + 1
    while child < end {
      let member = next(after: child)
      guard member < end else { break }
      let key = try scalar(resolved(NodeID(child)), arena, false)
      let described = attribute.flatMap { $0.member(NodeID(child), in: self) }
      let value = try value(of: NodeID(member), in: arena, readsAbsentAsNull: readsAbsentAsNull, as: described)
      entries.append(MapView.Entry(key: key, value: value))
      child = next(after: member)
    }
    let map = try made(id) { () throws(EvaluationError) in try arena.map(entries) }
    return readsAbsentAsNull ? map.readingAbsentAsNull : map
  }

  private func number(_ id: NodeID, as kind: AttributeKind?) throws(InputFault) -> Value {
    let text = text(of: id)
    if self[id].kind == .integer, kind != .double {
      if let value = Int64(text) { return .int(value) }
      if let value = UInt64(text) { return .uint(value) }
    }
    guard let value = Double(text), value.isFinite else {
      throw InputFault(node: id, message: "the number `\(text.prefix(40))` is out of range")
    }
    if kind == .int, let whole = Int64(exactly: value) { return .int(whole) }
    return .double(value)
  }

  private func made(_ id: NodeID, _ make: () throws(EvaluationError) -> Value) throws(InputFault) -> Value {
    do throws(EvaluationError) { return try make() } catch { throw InputFault(node: id, message: "\(error)") }
  }
}
