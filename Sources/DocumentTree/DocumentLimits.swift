/// What a document may reach; beyond that it is hostile or broken.
package enum DocumentLimits {
  /// The largest document, in bytes; 32-bit spans rely on it.
  package static let byteCount = 64 << 20
  /// How deep objects and arrays may nest.
  package static let nesting = 256
  /// How many nodes YAML aliases may stand for in all.
  package static let aliasNodes = 100_000
  /// How many faults of the text itself are reported; reading ends there, so that a broken document costs bounded memory.
  package static let faults = 10_000
}
