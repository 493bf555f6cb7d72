/// What CEL itself declares: the standard library and the extension libraries.
package enum StandardDeclarations {
  /// The functions of all libraries, one for each signature.
  static let library: [LibraryFunction] =
    StandardLibrary.functions + StringLibrary.functions + MathLibrary.functions + ListLibrary.functions
    + SetLibrary.functions + EncoderLibrary.functions + OptionalLibrary.functions + MacroLibrary.functions
    + NetworkLibrary.functions + RegexLibrary.functions

  /// The functions, each with the overloads of all libraries.
  package static let functions = FunctionDeclaration.grouped(library.map { FunctionDeclaration($0) })
}
