internal import DiagnosticRendering
internal import PolicyCortex

/// Loads what `--resource-types` names.
///
/// - Parameter path: A file or a directory; `nil` when the option was not given.
/// - Returns: The types; `nil` for none.
/// - Throws: `ExitStatus.failure` when they cannot be read, which was told on the standard error.
func loadedResourceTypes(_ path: String?) throws -> ResourceTypeCatalogue? {
  guard let path else { return nil }
  do throws(SchemaLoadingError) { return try ResourceTypeCatalogue.load(from: path) } catch {
    StandardStream.error.write("error: \(displayText("cannot read resource types: \(error)"))\n")
    throw ExitStatus.failure
  }
}
