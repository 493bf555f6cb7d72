/// A name that stands for one value in every evaluation, such as a value of an enum.
package struct ConstantDeclaration: Sendable {
  /// The name, with its namespace: `google.protobuf.NullValue.NULL_VALUE`.
  package let name: String
  package let type: CELType
  package let value: CELValue

  package init(_ name: String, type: CELType, value: CELValue = .null) {
    self.name = name
    self.type = type
    self.value = value
  }
}
