/// The encoders extension (cel-go, `ext/encoders.go`).
enum EncoderLibrary {
  static let functions: [LibraryFunction] = [
    LibraryFunction("function base64.decode(string) -> bytes") { arguments, context throws(EvaluationError) in
      try context.charge(arguments[0].bytes.count)
      return try context.bytes(Base64.decoded(arguments[0].bytes))
    },
    LibraryFunction("function base64.encode(bytes) -> string") { arguments, context throws(EvaluationError) in
      let bytes = arguments[0].bytes
      try context.charge(bytes.count)
      try context.checkRoom(forBytes: bytes.count / 3 * 4)
      return try context.string(Base64.encoded(bytes))
    },
  ]
}
