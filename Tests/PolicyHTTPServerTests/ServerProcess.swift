#if Server
  import Foundation
  import Testing

  /// A run of the built `policycortex-server`, on a port of its own.
  final class ServerProcess {
    private let process = Process()
    private let streams = TemporaryFolder()
    let port: Int

    private static let executable: String = {
      let bundle =
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
      return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("policycortex-server").path
    }()

    struct NotListening: Error { let log: String }

    /// Starts `serve`, and waits until it says where it listens.
    ///
    /// - Parameters:
    ///   - database: The path of its database.
    ///   - options: Its other options.
    /// - Throws: `NotListening` after half a minute.
    init(database: String, _ options: [String] = []) async throws {
      let log = streams.path + "/error"
      for name in ["output", "error"] { try Data().write(to: URL(fileURLWithPath: streams.path + "/" + name)) }
      process.executableURL = URL(fileURLWithPath: Self.executable)
      process.arguments = ["serve", "--port", "0", "--database", database] + options
      process.environment = ["PATH": "/usr/bin:/bin"]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle(forWritingAtPath: streams.path + "/output")
      process.standardError = FileHandle(forWritingAtPath: log)
      try process.run()
      for _ in 0..<300 where process.isRunning {
        let text = try String(contentsOfFile: log, encoding: .utf8)
        if let match = text.firstMatch(of: /listening on http:\/\/127\.0\.0\.1:(\d+)/), let port = Int(match.1) {
          self.port = port
          return
        }
        try await Task.sleep(for: .milliseconds(100))
      }
      process.terminate()
      throw NotListening(log: try String(contentsOfFile: log, encoding: .utf8))
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    var output: String { get throws { try String(contentsOfFile: streams.path + "/output", encoding: .utf8) } }
    var log: String { get throws { try String(contentsOfFile: streams.path + "/error", encoding: .utf8) } }

    /// Sends a signal, and waits for the end.
    ///
    /// - Returns: The exit status, or a signal's number below zero.
    func end(_ signal: Int32) -> Int32 {
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// Sends bytes, and returns all that comes back until the server closes.
    func exchange(_ request: String) throws -> String {
      let bash = Process()
      let input = Pipe()
      let output = Pipe()
      bash.executableURL = URL(fileURLWithPath: "/bin/bash")
      bash.arguments = ["-c", "exec 3<>/dev/tcp/127.0.0.1/\(port); cat >&3; timeout 60 cat <&3"]
      bash.standardInput = input
      bash.standardOutput = output
      try bash.run()
      try input.fileHandleForWriting.write(contentsOf: Data(request.utf8))
      try input.fileHandleForWriting.close()
      let answer = try output.fileHandleForReading.readToEnd() ?? Data()
      bash.waitUntilExit()
      return String(decoding: answer, as: UTF8.self)
    }

    /// Sends a request, and returns the whole answer.
    func send(_ method: String, _ path: String, key: String?, _ body: String = "") throws -> String {
      let authorization = key.map { "Authorization: Bearer \($0)\r\n" } ?? ""
      return try exchange(
        "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
          + "\(authorization)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// Runs another command of the executable.
    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> (
      status: Int32, output: String, error: String
    ) {
      let process = Process()
      let output = Pipe()
      let error = Pipe()
      process.executableURL = URL(fileURLWithPath: executable)
      process.arguments = arguments
      process.environment = environment
      process.standardOutput = output
      process.standardError = error
      try process.run()
      let texts = try [output, error].map {
        String(decoding: try $0.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
      }
      process.waitUntilExit()
      return (process.terminationStatus, texts[0], texts[1])
    }
  }
#endif
