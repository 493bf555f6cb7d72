/// A value of an enum that is a type of its own; by `FieldForm.enumeration`, enums are ints.
package struct EnumValue: OpaqueValue, Hashable {
  package let typeName: String
  /// The number that stands for it in messages, which need not have a name.
  package let number: Int32

  package init(_ typeName: String, _ number: Int32) {
    self.typeName = typeName
    self.number = number
  }

  package func isEqual(to other: any OpaqueValue) -> Bool { other as? EnumValue == self }
}
