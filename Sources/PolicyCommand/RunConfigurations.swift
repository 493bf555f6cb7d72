internal import DiagnosticRendering
internal import Diagnostics
internal import PolicyCortex

/// The configuration files of one run.
struct RunConfigurations {
  /// Where configurations come from.
  enum Source: Hashable {
    /// The nearest file, walking up from each policy.
    case nearest
    /// One file for all: `--config`.
    case file(String)
    /// `--isolated`.
    case nowhere
  }

  /// A directory, and what is configured there.
  struct Place {
    /// `nil` where the directory is not there.
    var absolute: [UInt8]?
    /// The number of its configuration.
    var configuration: Int?
  }

  /// Each file once.
  private(set) var files: [ConfigurationFile] = []
  /// What could not be read, a line each.
  private(set) var problems: [String] = []
  private let source: Source
  private var search = ConfigurationSearch()
  private var known: [[UInt8]: Place] = [:]
  /// The directory of resource types that the command line names.
  private let resourceTypes: [UInt8]?

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - source: Where configurations come from.
  ///   - resourceTypes: The file or directory of resource types that the command line names.
  init(_ source: Source, resourceTypes: String?) {
    self.source = source
    self.resourceTypes = resourceTypes.flatMap { ConfigurationSearch.absolute(Array($0.utf8)) }
    guard case .file(let path) = source else { return }
    let directory = ConfigurationSearch.absolute(RunConfigurations.directory(of: Array(path.utf8)))
    switch ConfigurationFile.read(path, directory: String(decoding: directory ?? [UInt8(ascii: "/")], as: UTF8.self)) {
    case .success(let file): files = [file]
    case .failure(let error): problems = ["cannot read `\(path)`: \(errorText(error.code))"]
    }
  }

  /// The directory part of a path, `.` where it has none.
  static func directory(of path: [UInt8]) -> [UInt8] {
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return [UInt8(ascii: ".")] }
    return slash == 0 ? [UInt8(ascii: "/")] : Array(path[..<slash])
  }

  /// What is configured in a directory; each is looked into once.
  mutating func place(_ directory: [UInt8]) -> Place {
    if let place = known[directory] { return place }
    var place = Place(absolute: ConfigurationSearch.absolute(directory))
    switch source {
    case .nowhere: break
    case .file: place.configuration = files.isEmpty ? nil : 0
    case .nearest:
      if let absolute = place.absolute, let file = search.configuration(of: absolute) {
        files = search.files
        place.configuration = files.firstIndex { $0 === file }
      }
      problems = search.unreadable.map { "cannot read `\($0.path)`: \(errorText($0.error.code))" }
    }
    known[directory] = place
    return place
  }

  /// Whether a file or directory is left out of the directory that holds it.
  func excludes(_ name: [UInt8], in place: Place) -> Bool {
    guard place.configuration != nil || resourceTypes != nil, let directory = place.absolute else { return false }
    let path = (directory.count > 1 ? directory : []) + [UInt8(ascii: "/")] + name
    if path == resourceTypes { return true }
    guard let number = place.configuration else { return false }
    let configuration = files[number].configuration
    return configuration.excludes(path) || configuration.holdsResourceTypes(path)
  }

  /// Says on the standard error what is wrong with the files, which ends the run if it is an error.
  func report(_ color: ColorChoice) throws {
    let style = TerminalStyle(color, isTerminal: StandardStream.error.isTerminal, environment: environmentVariable)
    let faults = faults(style)
    _ = StandardStream.error.write([faults.output])
    for problem in problems { StandardStream.error.write("error: \(displayText(problem))\n") }
    if faults.isFatal || !problems.isEmpty { throw ExitStatus.failure }
  }

  /// What is wrong with the files, as it is shown; and whether anything is that makes them unusable.
  func faults(_ style: TerminalStyle) -> (output: [UInt8], isFatal: Bool) {
    let faulty = files.filter { !$0.diagnostics.isEmpty }
    guard !faulty.isEmpty else { return ([], false) }
    let findings = faulty.map {
      FileFindings(source: $0.source, status: 0, policyCount: 0, diagnostics: $0.diagnostics)
    }
    return (
      TextRenderer(style: style, showsSummary: false).renderAll(findings),
      faulty.contains { $0.diagnostics.contains { $0.severity == .error } }
    )
  }
}
