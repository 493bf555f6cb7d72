internal import ArgumentParser
internal import DiagnosticRendering
internal import PolicyCortex

/// `format`: lays out conditions.
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "format",
    abstract: "Lay out the conditions of policies.",
    discussion: """
      Conditions and variables are laid out in place; everything around them stays as it is, byte for byte. The standard \
      input is written to the standard output.

      A condition with a syntax error is left as it is and named on the standard error; the exit status is 1 then.
      """,
    aliases: ["fmt"])

  @Argument(help: "Files and directories; - is the standard input.", completion: .file())
  var paths: [String] = []

  @Flag(help: "Write nothing: name the files that would change; the exit status is 1 where there is one.")
  var check = false

  @Flag(help: "Write nothing: print what would change; the exit status is 1 where there is something.")
  var diff = false

  @Option(help: "How long lines are, where that is possible.")
  var lineLength = PolicyFormatter.defaultLineLength

  @Option(help: "What the standard input is called; .json, .yaml or .yml tells its format.")
  var stdinFilename = ValidationRun.standardInputName

  @Option(help: "How many files are laid out at once. (default: the number of processors)")
  var jobs: Int?

  @Flag(name: .shortAndLong, help: "Leave out the summary line.")
  var quiet = false

  @Option(help: "Whether messages are coloured.")
  var color = ColorChoice.auto

  func validate() throws {
    if check, diff { throw ValidationError("--check and --diff cannot both be given") }
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
    if lineLength < 20 || lineLength > 1_000 { throw ValidationError("--line-length must be from 20 to 1000") }
    if paths.isEmpty, StandardStream.input.isTerminal {
      throw ValidationError("name a file or directory, or give a policy on the standard input")
    }
  }

  func run() throws {
    try FormattingRun(
      paths: paths, mode: check ? .check : diff ? .diff : .write, formatter: PolicyFormatter(lineLength: lineLength),
      standardInputName: stdinFilename, jobs: jobs, showsSummary: !quiet, color: color
    ).run()
  }
}
