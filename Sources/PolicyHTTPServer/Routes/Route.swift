#if Server
  internal import HTTPTypes
  internal import Hummingbird
  internal import PolicyStorage

  /// A request as a route sees it: the key is known, and the body is read.
  struct Call: Sendable {
    let service: PolicyService
    /// What stands in the path for `{id}`.
    let id: String
    let query: QueryParameters
    let headers: HTTPFields
    let format: BodyFormat
    let body: [UInt8]
    /// The body where it is read as it comes; there is no other then.
    let stream: RequestBody?
    /// Whose request it is; routes without scope have none.
    let key: APIKeyRecord?
    let now: Instant
    /// `/api/v1` or `/v1`, whichever the request has.
    let base: String

    /// Whose request it is, for routes with a scope.
    func caller() throws(ErrorResponse) -> APIKeyRecord {
      guard let key else { throw .unauthorized("API key required") }
      return key
    }

    /// Who writes.
    func actor() throws(ErrorResponse) -> Actor {
      let key = try caller()
      return Actor(name: key.id, workspace: key.workspace, time: now)
    }
  }

  /// What a route answers when nothing is wrong.
  struct Answer: Sendable {
    var status: HTTPResponse.Status
    var headers = HTTPFields()
    var type = Negotiation.json
    var body: [UInt8]

    init(_ value: JSONValue, headers: HTTPFields = HTTPFields()) { self.init(.ok, value, headers: headers) }

    init(_ status: HTTPResponse.Status, _ value: JSONValue, headers: HTTPFields = HTTPFields()) {
      self.status = status
      self.headers = headers
      body = value.bytes
    }

    /// An answer that is no JSON.
    init(text: String, type: String) {
      status = .ok
      self.type = type
      body = Array(text.utf8)
    }

    /// An answer without a body.
    init(empty status: HTTPResponse.Status, headers: HTTPFields = HTTPFields()) {
      self.status = status
      self.headers = headers
      body = []
    }
  }

  /// One endpoint: all that is true of it before a request comes.
  ///
  /// Dispatch, authorization, `Allow`, the OpenAPI document and the test of every combination are made from these.
  struct Route: Sendable {
    /// What body it takes.
    enum Body: Sendable {
      case none
      /// A policy, or several, in JSON or YAML.
      case policies
      /// An object that is no policy.
      case object
      /// A merge patch of a policy.
      case mergePatch
      /// Resources: in an object, or a line each, of which there may be any number.
      case scan

      var types: [String] {
        switch self {
        case .none: []
        case .policies: BodyFormat.jsonTypes + BodyFormat.yamlTypes
        case .object: BodyFormat.jsonTypes
        case .mergePatch: BodyFormat.mergePatchTypes
        case .scan: BodyFormat.jsonTypes + BodyFormat.lineTypes
        }
      }
    }

    let method: HTTPRequest.Method
    /// Behind `/api/v1` or `/v1`; one segment may be `{id}`.
    let path: String
    /// `nil` for routes that need no key.
    let scope: Scope?
    let summary: String
    var body = Body.none
    var query: [String] = []
    /// What it answers when nothing is wrong.
    var success: HTTPResponse.Status = .ok
    /// Whether it stands at the root, and not behind `/api/v1`.
    var isAtRoot = false
    /// Whether it works while the server is under maintenance.
    var isAlwaysOpen = false
    /// The type of its answers.
    var type = Negotiation.json
    let answer: @Sendable (Call) async throws -> Answer

    var segments: [Substring] { path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) }
  }
#endif
