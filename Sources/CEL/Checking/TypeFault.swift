/// Something whose types do not fit, to be put in words when the walk is over and all types are known.
struct TypeFault: Sendable {
  enum Kind: UInt8, Sendable {
    /// No function or method has the call's name.
    case unknownFunction
    /// No candidate takes so many arguments.
    case argumentCount
    /// No candidate takes arguments of these types.
    case noOverload
    /// A binary operator cannot take its operands.
    case operands
    /// Two things are compared that can never be equal.
    case incomparable
    /// An operand that must be a `bool` is none.
    case notBooleanOperand
    /// `-` before something that is no number.
    case negation
    /// The branches of `?:` have different types.
    case branches
    /// Something is selected from a value that has no members.
    case selection
    /// A record has no field of that name: in a selection, or in a literal (the operand is the field's name).
    case unknownField
    /// A literal of a type that nothing declares.
    case unknownType
    /// A field of a literal (the operand is its value) is given something of another type.
    case fieldValue
    /// Something is looked up by index in a value that has no elements, or by an index of the wrong type.
    case indexing
    /// A macro loops over something that is neither list nor map.
    case range
    /// `?` before an entry that is no optional.
    case optionalEntry
    /// An object of an input has no attribute of that name.
    case unknownAttribute
    /// A literal (the operand) is compared with an attribute whose schema lists other values.
    case unknownChoice
    /// The condition is no `bool`.
    case notBoolean
  }

  var kind: Kind
  /// The expression at fault.
  var node: UInt32
  /// The operand at fault, where there is one.
  var operand: UInt32
  /// The function that was called; -1 when there is none.
  var function: Int
  /// Whether the call's receiver is a namespace or there is none.
  var isNamespaced: Bool

  /// Where the field's name is in the tree's lists, of `fieldValue`.
  var entry: Int
  /// The attribute whose values a schema lists, of `unknownChoice`.
  var attribute: AttributeID

  init(
    _ kind: Kind, _ node: UInt32, operand: UInt32 = 0, function: Int = -1, isNamespaced: Bool = false, entry: Int = 0,
    attribute: AttributeID = .some
  ) {
    self.kind = kind
    self.node = node
    self.operand = operand
    self.function = function
    self.isNamespaced = isNamespaced
    self.entry = entry
    self.attribute = attribute
  }
}
