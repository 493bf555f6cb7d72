/// The bytes of one document and the name it goes by.
public struct SourceText: Sendable {
  /// The path or label used in output; its extension decides the format.
  public let name: String

  /// The document exactly as it was read.
  public let bytes: [UInt8]

  /// Makes a text of raw bytes, which need not be valid UTF-8.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// Makes a text of a string.
  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The bytes of a span as a string; bytes that are not UTF-8 become U+FFFD.
  package func string(_ span: SourceSpan) -> String {
    String(decoding: bytes[min(span.start, bytes.count)..<min(span.end, bytes.count)], as: UTF8.self)
  }
}
