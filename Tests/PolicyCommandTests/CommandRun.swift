import Foundation

/// One run of the built `policycortex`, and what it answered.
struct CommandRun {
  let status: Int32
  let output: String
  let error: String

  /// The executable, which stands beside the test bundle.
  static let executable: String = {
    let bundle =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("policycortex").path
  }()

  /// Runs `policycortex` to its end.
  ///
  /// - Parameters:
  ///   - arguments: The command and its options.
  ///   - input: The standard input; empty unless given.
  ///   - folder: The working directory.
  ///   - environment: Environment variables besides `PATH`.
  /// - Throws: When it could not be started.
  init(
    _ arguments: [String], input: String = "", in folder: TemporaryFolder, environment: [String: String] = [:]
  ) throws {
    try self.init(
      executable: CommandRun.executable, arguments, input: input, in: folder, environment: environment)
  }

  /// Runs a line of `bash`, in which `$policycortex` is the executable.
  init(script: String, in folder: TemporaryFolder) throws {
    try self.init(
      executable: "/bin/bash", ["-c", script], input: "", in: folder,
      environment: ["policycortex": CommandRun.executable])
  }

  private init(
    executable: String, _ arguments: [String], input: String, in folder: TemporaryFolder, environment: [String: String]
  ) throws {
    // Files rather than pipes: nothing blocks, whatever is written first.
    let streams = try TemporaryFolder()
    try streams.write("input", input)
    try streams.write("output", "")
    try streams.write("error", "")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { given, _ in given }
    process.standardInput = FileHandle(forReadingAtPath: streams.path("input"))
    process.standardOutput = FileHandle(forWritingAtPath: streams.path("output"))
    process.standardError = FileHandle(forWritingAtPath: streams.path("error"))
    try process.run()
    process.waitUntilExit()
    // A signal is no exit status.
    status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    output = try streams.read("output")
    error = try streams.read("error")
  }
}

/// A folder that goes with the value.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "policycortex-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(_ name: String) -> String { path + "/" + name }

  /// Writes a file, and the folders it stands in.
  func write(_ name: String, _ text: String) throws {
    let file = path(name)
    try FileManager.default.createDirectory(
      atPath: URL(fileURLWithPath: file).deletingLastPathComponent().path, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
  }
}
