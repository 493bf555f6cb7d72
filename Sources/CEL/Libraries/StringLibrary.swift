/// The strings extension (cel-go, `ext/strings.go`).
enum StringLibrary {
  static let functions = signatures.map { LibraryFunction(unimplemented: $0) }

  static let signatures = [
    "method string.charAt(int) -> string",
    "method string.format(list(dyn)) -> string",
    "method string.indexOf(string) -> int",
    "method string.indexOf(string, int) -> int",
    "method string.lastIndexOf(string) -> int",
    "method string.lastIndexOf(string, int) -> int",
    "method list(string).join() -> string",
    "method list(string).join(string) -> string",
    "method string.lowerAscii() -> string",
    "method string.upperAscii() -> string",
    "method string.replace(string, string) -> string",
    "method string.replace(string, string, int) -> string",
    "method string.reverse() -> string",
    "method string.split(string) -> list(string)",
    "method string.split(string, int) -> list(string)",
    "method string.substring(int) -> string",
    "method string.substring(int, int) -> string",
    "method string.trim() -> string",
    "function strings.quote(string) -> string",
  ]
}
