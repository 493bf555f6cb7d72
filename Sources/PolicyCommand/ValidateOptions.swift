internal import ArgumentParser

/// The options of `validate` that say what is reported.
struct ReportingOptions: ParsableArguments {
  @Option(help: "The least that makes the exit status 1. (default: error)")
  var failLevel: FailLevel?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Report only these warnings and hints; codes with commas between them.", valueName: "codes"))
  var select: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Do not report these warnings and hints; codes with commas between them.", valueName: "codes"))
  var ignore: [String] = []

  @Option(help: "Use this configuration for all files.", completion: .file())
  var config: String?

  @Flag(help: "Use no configuration.")
  var isolated = false

  @Option(
    help: ArgumentHelp("Do not report the warnings and hints that this file knows.", valueName: "file"),
    completion: .file())
  var baseline: String?

  @Option(
    help: ArgumentHelp("Write the warnings and hints that there are to this file.", valueName: "file"),
    completion: .file())
  var writeBaseline: String?

  @Option(
    help: ArgumentHelp("Validate only files that differ from this revision, as git has it.", valueName: "revision"))
  var changedSince: String?

  @Flag(help: "Count the findings of each code instead of showing them.")
  var statistics = false

  /// Where configurations come from.
  var configurationSource: RunConfigurations.Source {
    if isolated { return .nowhere }
    return config.map { .file($0) } ?? .nearest
  }

  func validate() throws {
    if isolated, config != nil { throw ValidationError("--config and --isolated exclude each other") }
  }
}

/// The options of `validate` that mend files.
struct FixingOptions: ParsableArguments {
  @Flag(help: "Apply the fixes that keep or restore the meaning beyond doubt.")
  var fix = false

  @Flag(help: "Apply also the fixes that a person should look at; implies --fix.")
  var unsafeFixes = false

  @Flag(help: "Show what would be fixed, and write nothing.")
  var diff = false

  /// What happens to files that have fix-its.
  var fixing: FilePlan.Fixing { diff ? .shown : fix || unsafeFixes ? .inPlace : .none }
}
