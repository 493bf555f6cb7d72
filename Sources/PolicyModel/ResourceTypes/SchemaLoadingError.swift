/// Why a file or directory gives no schemas.
public struct SchemaLoadingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file or directory.
  public let path: String
  /// What is wrong with it: lower case, without a full stop.
  public let reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// The path and the reason.
  public var description: String { "`\(path)`: \(reason)" }
}
