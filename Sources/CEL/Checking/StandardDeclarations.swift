/// What CEL itself declares: the standard library and the extension libraries.
enum StandardDeclarations {
  /// The signatures of all libraries.
  static let signatures: [[String]] = [
    StandardLibrary.signatures, StringLibrary.signatures, MathLibrary.signatures, ListLibrary.signatures,
    SetLibrary.signatures, EncoderLibrary.signatures, OptionalLibrary.signatures, MacroLibrary.signatures,
    NetworkLibrary.signatures, RegexLibrary.signatures,
  ]

  /// The overloads, in the order of the libraries.
  static let overloads: [Overload] = signatures.joined().compactMap { signature in
    let overload = Signature.overload(signature)
    assert(overload != nil, "not a signature: \(signature)")
    return overload
  }

  /// The functions, each with the overloads of all libraries.
  static let functions = FunctionDeclaration.grouped(overloads)
}
