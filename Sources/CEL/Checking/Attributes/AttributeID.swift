/// An attribute of an input that a schema describes: a property, an element of a list, a value of a map, or the whole
/// input.
package struct AttributeID: Hashable, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// An attribute of a variable.
  ///
  /// - Parameters:
  ///   - index: Its place in the variable's table.
  ///   - source: The variable's place among those of the environment; the first sixteen may have tables.
  init(_ index: Int, of source: Int) {
    rawValue = UInt32(truncatingIfNeeded: source) << Self.indexBits | UInt32(truncatingIfNeeded: index + 1)
  }

  /// How many attributes a table may have: the rest of the bits names its variable.
  static let indexBits: UInt32 = 24
  static let indexLimit = 1 << Int(indexBits) - 2
  static let sourceLimit = 16

  /// Some attribute, of which it is not known which: the result of `c ? resource.A : resource.B`.
  static let some = AttributeID(rawValue: .max)

  /// The place in its variable's table.
  package var index: Int { Int(rawValue & (1 << Self.indexBits - 1)) - 1 }
  /// The variable, by its place in the environment.
  package var source: Int { Int(rawValue >> Self.indexBits) }
}
