#if Server
  /// In what a body is written, by its `Content-Type`.
  enum BodyFormat: Sendable {
    case json, yaml
    /// JSON, a value a line.
    case lines
    /// Not said: the body's first byte tells.
    case unknown

    /// A name for the engine, which tells it the format.
    var documentName: String {
      switch self {
      case .json, .lines: "policy.json"
      case .yaml: "policy.yaml"
      case .unknown: "policy"
      }
    }

    static let jsonTypes = ["application/json"]
    static let yamlTypes = ["application/yaml", "application/x-yaml", "text/yaml"]
    static let lineTypes = ["application/x-ndjson"]
    static let mergePatchTypes = ["application/merge-patch+json"]

    /// The format that a header names.
    ///
    /// - Throws: 415 for a type that is not among the supported, or another character set than UTF-8.
    init(_ contentType: String?, supported: [String]) throws(ErrorResponse) {
      guard let contentType else {
        self = .unknown
        return
      }
      let parts = contentType.lowercased().split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
      let isUTF8 = parts.dropFirst().allSatisfy { parameter in
        !parameter.hasPrefix("charset=") || ["charset=utf-8", "charset=\"utf-8\""].contains(parameter)
      }
      guard let type = parts.first, supported.contains(type), isUTF8 else {
        throw .unsupportedMediaType(supported: supported)
      }
      self = Self.yamlTypes.contains(type) ? .yaml : Self.lineTypes.contains(type) ? .lines : .json
    }
  }
#endif
