/// The encoders extension (cel-go, `ext/encoders.go`).
enum EncoderLibrary {
  static let signatures = [
    "function base64.decode(string) -> bytes",
    "function base64.encode(bytes) -> string",
  ]
}
