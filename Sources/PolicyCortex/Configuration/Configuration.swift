public import Diagnostics
public import PolicyModel
public import Source
import DocumentTree

/// What a `.policycortex.yaml` says.
///
/// ```yaml
/// resource_types: schemas/
/// inputs:
///   principal: schemas/principal.json
/// ignore: [missing-message]
/// severity:
///   word-operator: warning
/// fail_level: warning
/// exclude: [generated/, "*.draft.yaml"]
/// ```
public struct Configuration: Sendable {
  /// What the file is called, wherever it is looked for.
  public static let fileName = ".policycortex.yaml"

  /// The directory that paths and patterns are relative to, as an absolute path.
  public let directory: String
  /// The file or directory with resource types, as an absolute path.
  public package(set) var resourceTypes: String?
  /// The files with the JSON Schemas of inputs, as absolute paths.
  public package(set) var inputs: [InputSchemas.Input: String] = [:]
  /// Which warnings and hints are reported.
  public package(set) var advice = AdviceSelection()
  /// The least that makes a run fail; `nil` when nothing is said.
  public package(set) var failLevel: Severity?
  /// What is left out of directories.
  package var exclusions: [PathPattern] = []

  package init(directory: String) { self.directory = directory }

  /// Reads a configuration.
  ///
  /// - Parameters:
  ///   - text: The file's content, in YAML or JSON.
  ///   - directory: The directory that its paths are relative to, as an absolute path.
  /// - Returns: What could be read, and what is wrong; errors are to be taken as such, hints say what has no effect.
  public static func read(
    _ text: SourceText, directory: String
  ) -> (configuration: Configuration, diagnostics: [Diagnostic]) {
    var decoder = ConfigurationDecoder(text, directory: directory)
    decoder.decode()
    return (decoder.configuration, decoder.diagnostics.inDocumentOrder())
  }

  /// Whether a file or directory, by its absolute path, is left out of the directories that hold it.
  package func excludes(_ path: [UInt8]) -> Bool {
    guard !exclusions.isEmpty, let relative = relative(path) else { return false }
    return exclusions.contains { $0.matches(relative) }
  }

  /// Whether a file or directory, by its absolute path, is the one of resource types.
  package func holdsResourceTypes(_ path: [UInt8]) -> Bool {
    resourceTypes.map { $0.utf8.elementsEqual(path) } ?? false
  }

  private func relative(_ path: [UInt8]) -> ArraySlice<UInt8>? {
    let prefix = directory == "/" ? [UInt8(ascii: "/")] : Array(directory.utf8) + [UInt8(ascii: "/")]
    return path.starts(with: prefix) ? path.dropFirst(prefix.count) : nil
  }
}
