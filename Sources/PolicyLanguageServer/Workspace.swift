internal import Diagnostics
internal import PolicyCortex
internal import Source

/// What validates a document, and what its configuration says.
struct ConfiguredValidator {
  let validator: PolicyValidator
  let configuration: Configuration?
}

/// The configurations and schemas that documents are validated with: those that `policycortex validate` would take.
struct Workspace {
  /// The folders that the editor has open; documents that are in none, or in no file, belong to the first.
  var folders: [String] = []
  /// The resource types that the editor's settings name, which replace those of configurations; a relative path is meant
  /// from a document's folder.
  var resourceTypes: String? { didSet { reload() } }
  /// What could not be read, to be shown once.
  private(set) var problems: [String] = []
  private var search = ConfigurationSearch()
  /// By the directories of configurations and the paths of resource types.
  private var validators: [[String?]: ConfiguredValidator] = [:]

  /// Forgets what was read from files.
  mutating func reload() {
    search = ConfigurationSearch()
    validators = [:]
  }

  /// The problems that have not been shown yet.
  mutating func takeProblems() -> [String] {
    defer { problems = [] }
    return problems
  }

  /// The files of configurations that were read.
  var configurations: [ConfigurationFile] { search.files }

  /// What validates a file.
  ///
  /// - Parameter path: The file; `nil` for a document that is in none.
  /// - Returns: The validator, and the configuration that it was made from.
  mutating func validator(for path: String?) -> ConfiguredValidator {
    let folder = folder(of: path)
    guard let directory = path.map(DocumentURI.directory) ?? folder,
      let absolute = ConfigurationSearch.absolute(Array(directory.utf8))
    else { return validator(nil, in: folder) }
    let unreadable = search.unreadable.count
    let file = search.configuration(of: absolute)
    for entry in search.unreadable[unreadable...] { problems.append("cannot read `\(entry.path)`") }
    return validator(file, in: folder)
  }

  /// The innermost folder that a document is in.
  private func folder(of path: String?) -> String? {
    guard let path else { return folders.first }
    let around = folders.filter { path.hasPrefix($0 == "/" ? $0 : $0 + "/") }
    return around.max { $0.utf8.count < $1.utf8.count } ?? folders.first
  }

  private mutating func validator(_ file: ConfigurationFile?, in folder: String?) -> ConfiguredValidator {
    let configuration = file?.configuration
    let types = resourceTypes.map { absolute($0, in: folder) }
    let key = [configuration?.directory, types]
    if let known = validators[key] { return known }
    if let file, let fault = file.diagnostics.first(where: { $0.severity == .error }) {
      let line = LineTable(file.source).position(of: fault.span.start).line
      problems.append("`\(file.source.name)`, line \(line): \(fault.message)")
    }
    let made = ConfiguredValidator(
      validator: PolicyValidator(
        resourceTypes: loadedResourceTypes(types ?? configuration?.resourceTypes), inputs: loadedInputs(configuration),
        advice: configuration?.advice ?? AdviceSelection()),
      configuration: configuration)
    validators[key] = made
    return made
  }

  private mutating func loadedResourceTypes(_ path: String?) -> ResourceTypeCatalogue? {
    guard let path else { return nil }
    do throws(SchemaLoadingError) { return try ResourceTypeCatalogue.load(from: path) } catch {
      problems.append("cannot read resource types: \(error)")
      return nil
    }
  }

  private mutating func loadedInputs(_ configuration: Configuration?) -> InputSchemas {
    do throws(SchemaLoadingError) { return try InputSchemas.load(configuration?.inputs ?? [:]) } catch {
      problems.append("cannot read the schema of an input: \(error)")
      return InputSchemas()
    }
  }

  private func absolute(_ path: String, in folder: String?) -> String {
    guard !path.hasPrefix("/"), let folder else { return path }
    return folder + "/" + path
  }

  /// Whether the documents are to be validated anew when a file has changed.
  func dependsOn(_ path: String) -> Bool {
    let path = DocumentURI.resolved(path)
    if DocumentURI.lastPart(of: path) == Configuration.fileName { return true }
    var schemas: [String] = []
    if let resourceTypes { schemas = (folders + [""]).map { absolute(resourceTypes, in: $0) } }
    for known in validators.values {
      schemas += known.configuration?.resourceTypes.map { [$0] } ?? []
      schemas += known.configuration?.inputs.values.map { $0 } ?? []
    }
    return schemas.contains { path == $0 || path.hasPrefix($0 + "/") }
  }
}
