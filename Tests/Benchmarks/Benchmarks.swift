import Glibc

/// Measures the engine: `swift run -c release Benchmarks NAME --data DIR` prints one JSON line per result.
@main
struct Benchmarks {
  /// What can be measured, in the order of `all`.
  ///
  /// The processes come first: the kernel counts what the starting process holds into the started one's peak memory.
  private static let benchmarks: [(name: String, run: @Sendable (BenchmarkOptions) throws(BenchmarkFailure) -> Void)] =
    [
      ("process-start", measureProcessStart),
      ("peak-memory", measurePeakMemory),
      ("json-read", measureJSONReading),
      ("yaml-read", measureYAMLReading),
      ("condition-parse", measureConditionParsing),
      ("condition-compile", measureConditionCompiling),
      ("condition-evaluate", measureConditionEvaluation),
      ("condition-growth", measureGrowth),
      ("validate-document", measureDocumentValidation),
    ]

  private static let usage = """
    usage: Benchmarks NAME --data DIR [--rounds N] [--class CLASS] [--binary FILE] [--floor FILE]

      NAME      \(benchmarks.map(\.name).joined(separator: ", ")), or all
      --data    a folder written by shared/bench/generate.py
      --rounds  how many times each is measured; the median counts (default 9)
      --class   only these conditions: short, medium, long, all or nomatches
      --binary  the command line, for process-start and peak-memory (default .build/release/policycortex)
      --floor   an executable that does nothing, linked the same way, for process-start

    """

  static func main() {
    do throws(BenchmarkFailure) {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      write("\(error.message)\n", to: STDERR_FILENO)
      exit(2)
    }
  }

  private static func run(_ arguments: [String]) throws(BenchmarkFailure) {
    guard let name = arguments.first, !name.hasPrefix("-") else { throw BenchmarkFailure(usage) }
    let options = try BenchmarkOptions(arguments.dropFirst(), usage: usage)
    let chosen = benchmarks.filter { name == "all" || $0.name == name }
    guard !chosen.isEmpty else { throw BenchmarkFailure("no benchmark `\(name)`\n\(usage)") }
    for benchmark in chosen {
      do {
        try benchmark.run(options)
      } catch {
        // One that cannot run must not hide the others.
        guard name == "all" else { throw error }
        write("\(benchmark.name): \(error.message)\n", to: STDERR_FILENO)
      }
    }
  }
}

/// What the command line asks for.
struct BenchmarkOptions {
  /// The folder that `shared/bench/generate.py` wrote.
  private(set) var data = ""
  /// How many times each benchmark is measured.
  private(set) var rounds = 9
  /// The only class of conditions that is measured.
  private(set) var onlyClass: String?
  /// The command line under measurement.
  private(set) var binary = ".build/release/policycortex"
  /// An executable that does nothing.
  private(set) var floor: String?

  init(_ arguments: ArraySlice<String>, usage: String) throws(BenchmarkFailure) {
    var arguments = arguments
    while let flag = arguments.popFirst() {
      guard let value = arguments.popFirst() else { throw BenchmarkFailure("\(flag) lacks its value\n\(usage)") }
      switch flag {
      case "--data": data = value
      case "--class": onlyClass = value
      case "--binary": binary = value
      case "--floor": floor = value
      case "--rounds":
        guard let count = Int(value), count > 0 else {
          throw BenchmarkFailure("--rounds takes a number, and at least 1")
        }
        rounds = count
      default: throw BenchmarkFailure("unknown flag `\(flag)`\n\(usage)")
      }
    }
    if data.isEmpty { throw BenchmarkFailure("--data is required\n\(usage)") }
  }

  /// The bytes of one of the data folder's files.
  func bytes(_ file: String) throws(BenchmarkFailure) -> [UInt8] { try contents(of: "\(data)/\(file)") }
}

/// Why a benchmark could not run.
struct BenchmarkFailure: Error {
  let message: String

  init(_ message: String) { self.message = message }
}

/// How many bytes a file has.
func fileSize(_ path: String) throws(BenchmarkFailure) -> Int {
  var information = stat()
  guard unsafe stat(path, &information) == 0 else { throw BenchmarkFailure("cannot read \(path)") }
  return Int(information.st_size)
}

/// The bytes of a file.
func contents(of path: String) throws(BenchmarkFailure) -> [UInt8] {
  guard let file = unsafe fopen(path, "rb") else { throw BenchmarkFailure("cannot read \(path)") }
  defer { unsafe fclose(file) }
  let count = try fileSize(path)
  return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
    read = unsafe fread(buffer.baseAddress, 1, count, file)
  }
}

/// Writes a text to a file descriptor.
func write(_ text: String, to descriptor: Int32) {
  var text = text
  text.withUTF8 { bytes in _ = unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count) }
}
