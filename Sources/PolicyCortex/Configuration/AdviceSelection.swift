public import Diagnostics

/// Which warnings and hints are reported, and how much each weighs.
///
/// Errors are reported whatever this says, as errors.
public struct AdviceSelection: Hashable, Sendable {
  /// The codes that are reported; `nil` for all.
  public var selected: Set<String>?
  /// The codes that are not reported.
  public var ignored: Set<String>
  /// What codes weigh that do not weigh what they usually do.
  public var severities: [String: Severity]

  /// Makes a selection; everything is reported unless something is said.
  public init(selected: Set<String>? = nil, ignored: Set<String> = [], severities: [String: Severity] = [:]) {
    self.selected = selected
    self.ignored = ignored
    self.severities = severities
  }

  /// Whether advice of a code is reported.
  public func isWanted(_ code: String) -> Bool { selected?.contains(code) ?? true && !ignored.contains(code) }

  /// What is left of what was found, each with its weight.
  package func applied(to diagnostics: [Diagnostic]) -> [Diagnostic] {
    if selected == nil, ignored.isEmpty, severities.isEmpty { return diagnostics }
    return diagnostics.compactMap { diagnostic in
      guard diagnostic.failure == nil else { return diagnostic }
      guard isWanted(diagnostic.code) else { return nil }
      guard let severity = severities[diagnostic.code] else { return diagnostic }
      var diagnostic = diagnostic
      diagnostic.severity = severity
      return diagnostic
    }
  }
}
