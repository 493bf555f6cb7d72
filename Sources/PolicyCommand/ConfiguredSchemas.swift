internal import DiagnosticRendering
internal import PolicyCortex

/// The schemas that configurations name, each loaded once.
struct ConfiguredSchemas {
  /// What the command line names, for all files.
  private let given: ResourceTypeCatalogue?
  private var loaded: [String: ResourceTypeCatalogue] = [:]

  /// Loads what the command line names.
  ///
  /// - Parameter resourceTypes: A file or a directory; `nil` for what each configuration says.
  /// - Throws: `ExitStatus.failure` when they cannot be read, which was told on the standard error.
  init(resourceTypes: String?) throws { given = try loadedResourceTypes(resourceTypes) }

  mutating func resourceTypes(of configuration: Configuration?) throws -> ResourceTypeCatalogue? {
    if let given { return given }
    guard let path = configuration?.resourceTypes else { return nil }
    if let known = loaded[path] { return known }
    let catalogue = try loadedResourceTypes(path)
    loaded[path] = catalogue
    return catalogue
  }

  func inputs(of configuration: Configuration?) throws -> InputSchemas {
    do throws(SchemaLoadingError) { return try InputSchemas.load(configuration?.inputs ?? [:]) } catch {
      StandardStream.error.write("error: \(displayText("cannot read the schema of an input: \(error)"))\n")
      throw ExitStatus.failure
    }
  }
}
