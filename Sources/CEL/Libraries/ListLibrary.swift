/// The lists extension (cel-go, `ext/lists.go`); `sortBy` is a macro that calls `@sortByAssociatedKeys`.
enum ListLibrary {
  static let functions = signatures.map { LibraryFunction(unimplemented: $0) }

  static let signatures = [
    "function lists.range(int) -> list(int)",
    "method list(A).distinct() -> list(A)",
    "method list(A).first() -> optional(A)",
    "method list(list(A)).flatten() -> list(A)",
    "method list(dyn).flatten(int) -> list(dyn)",
    "method list(A).last() -> optional(A)",
    "method list(A).reverse() -> list(A)",
    "method list(A).slice(int, int) -> list(A)",
    "method list(A).sort() -> list(A)",
    "method list(A).@sortByAssociatedKeys(list(B)) -> list(A)",
  ]
}
