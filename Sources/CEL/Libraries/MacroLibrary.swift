/// What the expansions of macros call (cel-go, `operators.go`, `ext/comprehensions.go`), and `cel.block`, which only
/// optimised expressions have.
enum MacroLibrary {
  static let functions = signatures.map { LibraryFunction(compiledAway: $0) }

  static let signatures = [
    "function @not_strictly_false(bool) -> bool",
    "function cel.@mapInsert(map(K, V), K, V) -> map(K, V)",
    "function cel.@mapInsert(map(K, V), map(K, V)) -> map(K, V)",
    "function cel.block(list(dyn), T) -> T",
  ]
}
