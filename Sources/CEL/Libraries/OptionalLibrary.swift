/// The optionals extension (cel-go, `cel/library.go`); `optMap` and `optFlatMap` are macros.
enum OptionalLibrary {
  static let functions = signatures.map { LibraryFunction(unimplemented: $0) }

  static let signatures = [
    "function optional.of(A) -> optional(A)",
    "function optional.ofNonZeroValue(A) -> optional(A)",
    "function optional.none() -> optional(A)",
    "function optional.unwrap(list(optional(A))) -> list(A)",
    "method list(optional(A)).unwrapOpt() -> list(A)",
    "method optional(A).hasValue() -> bool",
    "method optional(A).or(optional(A)) -> optional(A)",
    "method optional(A).orValue(A) -> A",
    "method optional(A).value() -> A",
  ]
}
