#if Server
  internal import Diagnostics
  internal import Glibc
  package import Logging
  internal import PolicyStorage

  /// Writes log entries to the standard error, one JSON object a line.
  package struct JSONLogHandler: LogHandler {
    package var logLevel = Logger.Level.info
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?

    package init() {}

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
      var line = [
        JSONMember("time", .string(Instant.current().text)), JSONMember("level", .string(event.level.rawValue)),
        JSONMember("message", .string("\(event.message)")),
      ]
      let all = metadata.merging(event.metadata ?? [:]) { _, given in given }
      for (key, value) in all.sorted(by: { $0.key < $1.key }) where key != "hb.request.id" {
        line.append(JSONMember(key, .string("\(value)")))
      }
      var bytes = JSONValue.object(line).bytes
      bytes.append(UInt8(ascii: "\n"))
      Self.write(bytes)
    }

    /// Writes a line in one call, so that lines of several threads do not mix.
    private static func write(_ bytes: [UInt8]) {
      unsafe bytes.withUnsafeBytes { buffer in _ = unsafe Glibc.write(STDERR_FILENO, buffer.baseAddress, buffer.count) }
    }
  }
#endif
