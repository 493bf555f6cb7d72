/// How large a document may be; each limit has its diagnostic, `limit-exceeded`.
package enum DocumentLimits {
  /// The longest document, in bytes: 64 MiB.
  package static let byteCount = 64 << 20
  /// How deep objects and arrays may nest.
  package static let nesting = 256
  /// How many nodes the aliases of a YAML document may stand for in all.
  package static let aliasNodes = 100_000
}
