internal import ArgumentParser
internal import DiagnosticRendering
internal import PolicyCortex

/// How answers are written: `--format`.
enum AnswerFormat: String, CaseIterable, ExpressibleByArgument {
  case json, pretty
}

/// What decision makes a run fail: `--fail-on`.
enum FailingDecision: String, CaseIterable, ExpressibleByArgument {
  case deny, warn, audit

  var decision: Decision {
    switch self {
    case .deny: .deny
    case .warn: .warn
    case .audit: .audit
    }
  }
}

/// `evaluate`: what a policy decides on inputs.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Say what a policy decides on inputs.",
    discussion: """
      An input is a JSON object {"resource": …, "principal"?: …, "request"?: …, "context"?: …, "now"?: "2026-01-31T12:00:00Z"}. \
      A file may hold one, or many, one a line (NDJSON); each gets an answer of one line. An input that cannot be read \
      gets {"error": …}, the others are answered, and the exit status is 2.

      A policy with errors is not evaluated: they are written to the standard error, and the exit status is 1.
      """)

  @Argument(help: "The policy; - is the standard input.", completion: .file())
  var policy: String

  @Option(name: .shortAndLong, help: "The input; - is the standard input.", completion: .file())
  var input: String

  @Option(
    help: "JSON Schemas of the resource types that policies may name: a file, or a directory of them.",
    completion: .directory)
  var resourceTypes: String?

  @Flag(help: "Show the value of every part of the conditions.")
  var trace = false

  @Option(help: "The least decision that makes the exit status 1. (default: none)")
  var failOn: FailingDecision?

  @Option(help: "How answers are written.")
  var format = AnswerFormat.json

  @Option(help: "Whether pretty output is coloured.")
  var color = ColorChoice.auto

  func validate() throws {
    if policy == "-", input == "-" { throw ValidationError("policy and input cannot both be the standard input") }
  }

  func run() throws {
    try EvaluationRun(
      policy: policy, input: input, isTraced: trace, failOn: failOn?.decision, format: format, color: color,
      resourceTypes: resourceTypes
    ).run()
  }
}
