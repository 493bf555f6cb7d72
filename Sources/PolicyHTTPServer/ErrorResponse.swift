#if Server
  internal import HTTPTypes
  internal import DocumentTree
  internal import PolicyCortex
  internal import Source

  /// Every failure that the server answers with: the envelope of the published API.
  ///
  /// The one place that knows how failures look; whatever is thrown elsewhere becomes one of these.
  struct ErrorResponse: Error {
    var status: HTTPResponse.Status
    /// What follows `error` and `code`: one sentence without a full stop.
    var message: String
    var details: JSONValue?
    /// Members of the envelope besides the four.
    var members: [JSONMember] = []
    var headers = HTTPFields()

    init(
      _ status: HTTPResponse.Status, _ message: String, details: JSONValue? = nil, members: [JSONMember] = [],
      headers: HTTPFields = HTTPFields()
    ) {
      self.status = status
      self.message = message
      self.details = details
      self.members = members
      self.headers = headers
    }

    /// What the engine says of a document that is not valid, word for word.
    init(_ report: ValidationReport) {
      let body = JSONValue(reading: report.responseBody())
      var message = ""
      if case .string(let text)? = body["message"] { message = text }
      let status: HTTPResponse.Status =
        switch report.status {
        case .valid: .ok
        case .malformed: .badRequest
        case .unprocessable: .unprocessableContent
        }
      self.init(status, message, details: body["details"])
    }

    /// The body in the published shape.
    var envelope: JSONValue {
      var all = [
        JSONMember("error", .string(title)), JSONMember("message", .string(message)),
        JSONMember("code", .integer(status.code)),
      ]
      if let details { all.append(JSONMember("details", details)) }
      return .object(all + members)
    }

    /// The body as RFC 9457 has it, with the same facts.
    var problem: JSONValue {
      var all = [
        JSONMember("type", .string("about:blank")), JSONMember("title", .string(title)),
        JSONMember("status", .integer(status.code)), JSONMember("detail", .string(message)),
      ]
      if let details { all.append(JSONMember("details", details)) }
      return .object(all + members)
    }

    /// The status in words.
    private var title: String {
      switch status.code {
      case 413: "Payload Too Large"
      case 422: "Unprocessable Entity"
      default: status.reasonPhrase
      }
    }
  }

  // What is wrong with a request.
  extension ErrorResponse {
    /// A member of a body or a query that is not as it must be.
    static func invalid(_ field: String, _ type: String, _ message: String) -> ErrorResponse {
      ErrorResponse(.badRequest, message, details: ["field": .string(field), "type": .string(type)])
    }

    static func missing(_ field: String) -> ErrorResponse {
      .invalid(field, "required", "Missing required field: \(field)")
    }

    static func unknown(_ field: String) -> ErrorResponse { .invalid(field, "unknown", "Unknown field: \(field)") }

    static func wrongType(_ field: String) -> ErrorResponse {
      .invalid(field, "type", "Invalid type for field: \(field)")
    }

    static func wrongValue(_ field: String, allowed: [String]) -> ErrorResponse {
      var error = ErrorResponse.invalid(field, "enum", "Invalid value for field: \(field)")
      error.details = ["field": .string(field), "type": "enum", "allowed": .strings(allowed)]
      return error
    }

    static func wrongLength(_ field: String) -> ErrorResponse {
      .invalid(field, "length", "Invalid length of field: \(field)")
    }

    static func wrongFormat(_ field: String, expected: String) -> ErrorResponse {
      var error = ErrorResponse.invalid(field, "format", "Invalid format of field: \(field)")
      error.details = ["field": .string(field), "type": "format", "expected": .string(expected)]
      return error
    }

    static let unknownRoute = ErrorResponse(.notFound, "Route not found")

    static func notFound(_ resource: String, _ name: String, id: String) -> ErrorResponse {
      ErrorResponse(
        .notFound, "\(name) not found",
        members: [JSONMember("resource", .string(resource)), JSONMember("id", .string(id))])
    }

    static func wrongMethod(allowed: [HTTPRequest.Method]) -> ErrorResponse {
      let names = allowed.map(\.rawValue)
      return ErrorResponse(
        .methodNotAllowed, "Method not allowed", details: ["allowed_methods": .strings(names)],
        headers: [.allow: names.joined(separator: ", ")])
    }

    static func notAcceptable(offered: [String]) -> ErrorResponse {
      ErrorResponse(.notAcceptable, "Not acceptable", details: ["supported_types": .strings(offered)])
    }

    static func unsupportedMediaType(supported: [String]) -> ErrorResponse {
      ErrorResponse(
        .unsupportedMediaType, "Unsupported media type", details: ["supported_types": .strings(supported)],
        headers: [.accept: supported.joined(separator: ", ")])
    }

    static func tooLarge(limit: Int) -> ErrorResponse {
      ErrorResponse(
        .contentTooLarge, "Request body too large", details: ["limit": .integer(limit)],
        headers: [.connection: "close"])
    }

    static func headTooLarge(limit: Int) -> ErrorResponse {
      ErrorResponse(
        .requestHeaderFieldsTooLarge, "Request header fields too large", details: ["limit": .integer(limit)],
        headers: [.connection: "close"])
    }

    static func tooSlow(limit: Lifetime) -> ErrorResponse {
      ErrorResponse(
        .requestTimeout, "Request timeout", details: ["limit": .string(limit.text)], headers: [.connection: "close"])
    }

    static func changed(current revision: Int) -> ErrorResponse {
      ErrorResponse(
        .preconditionFailed, "Policy was changed meanwhile",
        details: ["current_etag": .string(EntityTag.of(revision: revision))],
        headers: [.eTag: EntityTag.of(revision: revision)])
    }

    /// A request that can be read, and that asks for what cannot be.
    static func unprocessable(_ field: String, _ error: String) -> ErrorResponse {
      ErrorResponse(
        .unprocessableContent, "Request cannot be processed",
        details: ["field": .string(field), "error": .string(error)])
    }

    /// A resource that cannot be as it would have to be.
    static func conflictingState(_ field: String) -> ErrorResponse {
      ErrorResponse(
        .unprocessableContent, "Policy validation failed",
        details: ["field": .string(field), "error": "Conflicting resource state"])
    }
  }

  // Who may do what, and when.
  extension ErrorResponse {
    static func unauthorized(_ message: String, details: JSONValue? = nil) -> ErrorResponse {
      ErrorResponse(.unauthorized, message, details: details, headers: [.wwwAuthenticate: "Bearer"])
    }

    static func forbidden(_ required: String, held: [String], resourceType: String? = nil) -> ErrorResponse {
      var details = [
        JSONMember("required_permission", .string(required)), JSONMember("user_permissions", .strings(held)),
      ]
      if let resourceType { details.append(JSONMember("resource_type", .string(resourceType))) }
      return ErrorResponse(.forbidden, "Insufficient permissions", details: .object(details))
    }

    static func unavailable(
      _ message: String, retryAfter seconds: Int64, members: [JSONMember] = []
    ) -> ErrorResponse {
      ErrorResponse(
        .serviceUnavailable, message, members: [JSONMember("retry_after", .integer(seconds))] + members,
        headers: [.retryAfter: String(seconds)])
    }

    /// What is nobody's business outside.
    static func unexpected(requestID: String) -> ErrorResponse {
      ErrorResponse(
        .internalServerError, "Service temporarily unavailable",
        members: [JSONMember("request_id", .string(requestID))])
    }
  }

  extension JSONValue {
    /// Reads JSON that this program wrote.
    init(reading bytes: [UInt8]) {
      let (document, _) = readDocument(SourceText(name: "body.json", bytes: bytes))
      self = document.roots.first.map { JSONValue(document, at: $0) } ?? .null
    }
  }
#endif
