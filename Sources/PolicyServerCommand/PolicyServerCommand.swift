#if Server
  internal import ArgumentParser
  internal import Glibc

  /// The command line of the server.
  @main
  struct PolicyServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "policycortex-server",
      abstract: "Validates governance policies over HTTP, and keeps them.",
      discussion: "Exit status: 0 done, 2 wrong usage, or a database or an address that could not be opened.",
      subcommands: [ServeCommand.self, KeysCommand.self])

    static func main() async {
      _ = signal(SIGPIPE, SIG_IGN)
      do {
        var command = try parseAsRoot()
        if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
      } catch {
        let message = fullMessage(for: error)
        guard exitCode(for: error).isSuccess else {
          StandardStreams.writeError(message.hasPrefix("Error:") ? message : "Error: \(message)")
          Glibc.exit(2)
        }
        if !message.isEmpty { StandardStreams.write(message) }
      }
    }
  }

  /// Lines on the standard streams.
  enum StandardStreams {
    static func write(_ line: String) { write(line, to: STDOUT_FILENO) }

    static func writeError(_ line: String) { write(line, to: STDERR_FILENO) }

    private static func write(_ line: String, to descriptor: Int32) {
      let bytes = Array((line + "\n").utf8)
      unsafe bytes.withUnsafeBytes { buffer in _ = unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count) }
    }
  }
#endif
