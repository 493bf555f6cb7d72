/// The standard functions (cel-spec, "List of Standard Definitions"); operators are the checker's own.
enum StandardLibrary {
  static let functions = conversions + texts + times
}
