/// The elements of a list or the entries of a map that is being built.
struct ValueBuilder {
  var values: [Value] = []
  private(set) var entries: [MapView.Entry] = []

  mutating func reset() {
    values.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
  }

  mutating func insert(_ key: Value, _ value: Value) throws(EvaluationError) {
    entries.append(MapView.Entry(key: key, value: value))
  }

  /// All entries of a map, or the one of an entry that a macro made.
  mutating func insertAll(_ map: Value) throws(EvaluationError) {
    guard map.kind == .map else { throw .noOverload }
    let view = map.entries
    for index in 0..<view.count { entries.append(view[index]) }
  }
}
