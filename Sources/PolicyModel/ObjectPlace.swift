internal import Diagnostics

/// The way to the object being read: spelt out only when something is wrong there.
struct ObjectPlace {
  /// The way to the object, or to the array it is an element of.
  let container: FieldPath
  let index: Int?

  init(_ path: FieldPath) {
    container = path
    index = nil
  }

  init(element index: Int, of array: FieldPath) {
    container = array
    self.index = index
  }

  var path: FieldPath { index.map { container.index($0) } ?? container }

  /// The path of a member.
  func member(_ key: String) -> FieldPath { path.key(key) }
}

/// What has been seen of the object being read.
struct SeenMembers {
  /// The fields that stand in the object, by `SchemaField.mask`.
  var fields: UInt32 = 0
  /// Members whose keys the schema does not have, by node.
  var unknown: [(key: Int, value: Int)] = []

  func contains(_ field: some SchemaField) -> Bool { fields & field.mask != 0 }
}
