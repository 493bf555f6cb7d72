/// The regex extension (cel-go, `ext/regex.go`).
enum RegexLibrary {
  static let functions = signatures.map { LibraryFunction(unimplemented: $0) }

  static let signatures = [
    "function regex.extract(string, string) -> optional(string)",
    "function regex.extractAll(string, string) -> list(string)",
    "function regex.replace(string, string, string) -> string",
    "function regex.replace(string, string, string, int) -> string",
  ]
}
