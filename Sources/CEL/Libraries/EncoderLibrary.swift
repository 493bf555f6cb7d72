/// The encoders extension (cel-go, `ext/encoders.go`).
enum EncoderLibrary {
  static let functions = signatures.map { LibraryFunction(unimplemented: $0) }

  static let signatures = [
    "function base64.decode(string) -> bytes",
    "function base64.encode(bytes) -> string",
  ]
}
