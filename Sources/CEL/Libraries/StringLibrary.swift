/// The strings extension (cel-go, `ext/strings.go`), which counts in code points throughout.
enum StringLibrary {
  static let functions = places + rewritings + pieces + formatting

  private static let formatting: [LibraryFunction] = [
    LibraryFunction("method string.format(list(dyn)) -> string") { arguments, context throws(EvaluationError) in
      var format = StringFormat(arguments[0].bytes, arguments[1].elements, context)
      return try format.result()
    }
  ]
}
