/// What a node refers to, as far as that can be told before anything is evaluated (cel-spec, "Name Resolution").
package enum Reference: Sendable, Equatable {
  /// Nothing, or nothing that is declared.
  case none
  /// A loop variable or accumulator of a macro in scope: that of the innermost comprehension which declares the name.
  case local
  /// A variable, by its place in the environment's variables; on a select node the whole selection is its name.
  case variable(Int)
  /// A member of the variable whose members are known, by its place among them; stands on the select node, also of one
  /// with `?` or `has`.
  case member(Int)
  /// A function or method of any style, by its place in the checker's functions; stands on calls, also on those whose
  /// arguments fit no overload.
  case function(Int)
  /// The name of a type; the node's own type is `type(T)`. On a select node the whole selection is the name.
  case typeName
  /// A constant, by its place in the environment's constants; on a select node the whole selection is its name.
  case constant(Int)
  /// An attribute that a schema describes; stands on the select or index node that names it, also on one with `?` or `has`.
  case attribute(AttributeID)
}

/// A reference in four bytes, one for each node of a tree.
struct ReferenceEntry: Sendable, Equatable {
  private let rawValue: UInt32

  private enum Tag: UInt32 {
    case none, local, variable, member, typeName, constant
    /// Functions of which no single overload was chosen, and functions of which one was.
    case function, namespacedFunction, overload, namespacedOverload
    /// A record type, on its literals.
    case record
    case attribute
  }

  private static let indexBits: UInt32 = 28

  private init(_ tag: Tag, _ index: Int = 0) {
    rawValue = tag.rawValue << Self.indexBits | UInt32(truncatingIfNeeded: index) & (1 << Self.indexBits - 1)
  }

  private var tag: Tag { Tag(rawValue: rawValue >> Self.indexBits) ?? .none }

  private var index: Int { Int(rawValue & (1 << Self.indexBits - 1)) }

  static let none = ReferenceEntry(.none)
  static let local = ReferenceEntry(.local)
  static let typeName = ReferenceEntry(.typeName)

  static func variable(_ index: Int) -> ReferenceEntry { ReferenceEntry(.variable, index) }

  static func member(_ index: Int) -> ReferenceEntry { ReferenceEntry(.member, index) }

  static func constant(_ index: Int) -> ReferenceEntry { ReferenceEntry(.constant, index) }

  static func function(_ index: Int, isNamespaced: Bool) -> ReferenceEntry {
    ReferenceEntry(isNamespaced ? .namespacedFunction : .function, index)
  }

  static func overload(_ index: Int, isNamespaced: Bool) -> ReferenceEntry {
    ReferenceEntry(isNamespaced ? .namespacedOverload : .overload, index)
  }

  static func record(_ index: Int) -> ReferenceEntry { ReferenceEntry(.record, index) }

  static func attribute(_ id: AttributeID) -> ReferenceEntry { ReferenceEntry(.attribute, Int(id.rawValue)) }

  /// The attribute that a selection or an index names.
  var attribute: AttributeID? {
    tag == .attribute ? AttributeID(rawValue: UInt32(truncatingIfNeeded: index)) : nil
  }

  /// The place of a literal's record type.
  var record: Int? { tag == .record ? index : nil }

  /// The place of the only overload that fits.
  var overload: Int? {
    switch tag {
    case .overload, .namespacedOverload: index
    case .none, .local, .variable, .member, .typeName, .constant, .function, .namespacedFunction, .record, .attribute:
      nil
    }
  }

  /// Whether it is a function that is called without receiver.
  var isNamespaced: Bool {
    switch tag {
    case .namespacedFunction, .namespacedOverload: true
    case .none, .local, .variable, .member, .typeName, .constant, .function, .overload, .record, .attribute: false
    }
  }

  func reference(in functions: FunctionTable) -> Reference {
    switch tag {
    case .none, .record: .none
    case .local: .local
    case .variable: .variable(index)
    case .member: .member(index)
    case .typeName: .typeName
    case .constant: .constant(index)
    case .attribute: .attribute(AttributeID(rawValue: UInt32(truncatingIfNeeded: index)))
    case .function, .namespacedFunction: .function(index)
    case .overload, .namespacedOverload: .function(functions.candidates[index].function)
    }
  }
}

extension Stack<ReferenceEntry> {
  /// What a node refers to.
  @inline(__always)
  func reference(of id: ExpressionID, in functions: FunctionTable) -> Reference {
    id.index < count ? self[id.index].reference(in: functions) : .none
  }

  /// The attribute that a selection or an index names.
  @inline(__always)
  func attribute(of id: ExpressionID) -> AttributeID? { id.index < count ? self[id.index].attribute : nil }

  /// Whether a call has no receiver.
  @inline(__always)
  func isNamespaced(_ id: ExpressionID) -> Bool { id.index < count && self[id.index].isNamespaced }
}

// MARK: - What the last tree's nodes refer to

extension Checker {
  /// What a node of the last tree refers to.
  package func reference(of id: ExpressionID) -> Reference {
    references.reference(of: id, in: functions)
  }

  /// The overload that a call of the last tree takes, by its place among all overloads; `nil` when none fits or several
  /// do, so that evaluation has to choose by the values it meets.
  ///
  /// Even a single one may not fit the values in the end: `dyn` fits everywhere before they are known.
  package func overload(of id: ExpressionID) -> Int? {
    id.index < references.count ? references[id.index].overload : nil
  }

  /// Whether a call of the last tree has no receiver: of `math.abs(x)`, a member call, the first of its list is part of
  /// the name and no argument.
  package func isNamespaced(_ id: ExpressionID) -> Bool {
    references.isNamespaced(id)
  }

  /// Whether a selection of the last tree is one name with dots, whose operand has neither type nor value.
  package func isQualifiedName(_ id: ExpressionID) -> Bool {
    switch reference(of: id) {
    case .variable, .typeName, .constant: true
    case .none, .local, .member, .function, .attribute: false
    }
  }

  /// The places of a function's overloads among all overloads.
  package func overloads(ofFunction index: Int) -> Range<Int> { functions.functions[index] }

  /// The overload at a place.
  package func overload(at index: Int) -> Overload { functions.overloads[index] }

  /// A function's name, with its namespace.
  package func name(ofFunction index: Int) -> String { functions.overloads[functions.functions[index].lowerBound].name }

  /// How many functions there are, and how many overloads all of them have.
  package var functionCount: Int { functions.functions.count }
  package var overloadCount: Int { functions.overloads.count }
}
