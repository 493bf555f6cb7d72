/// The sets extension (cel-go, `ext/sets.go`).
enum SetLibrary {
  static let functions = signatures.map { LibraryFunction(unimplemented: $0) }

  static let signatures = [
    "function sets.contains(list(A), list(A)) -> bool",
    "function sets.equivalent(list(A), list(A)) -> bool",
    "function sets.intersects(list(A), list(A)) -> bool",
  ]
}
