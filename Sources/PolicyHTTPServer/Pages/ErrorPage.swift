#if Server
  internal import HTTPTypes
  internal import PolicyStorage

  /// The reference of errors: each with what it means, what to do, and an answer as the server writes it.
  enum ErrorPage {
    private struct Entry {
      let error: ErrorResponse
      let request: String
      let meaning: String
      let remedy: String
    }

    /// Answers are made by what makes them for requests, so that they cannot differ.
    private static let entries: [Entry] = [
      Entry(
        error: .missing("policy"), request: #"POST /v1/sandbox/evaluate  {"resource": {}}"#,
        meaning: "The body or the query is not as the schema has it; `details.field` says where.",
        remedy: "Mend the field. For policies, `details.diagnostics` has places and fixes."),
      Entry(
        error: .unauthorized("API key required"), request: "GET /v1/policies",
        meaning: "There is no key, or it is of a wrong form, unknown, revoked or expired; the message says which.",
        remedy: "Send `Authorization: Bearer pc_api_key_...`; have a new key made in place of an expired one."),
      Entry(
        error: .forbidden(Scope.deletePolicies.rawValue, held: [Scope.readPolicies.rawValue]),
        request: "DELETE /v1/policies/{id}",
        meaning: "The key lacks a scope, or may not have to do with a resource type.",
        remedy: "Use a key that has `details.required_permission`."),
      Entry(
        error: .notFound("policy", "Policy", id: "pol_nonexistent"), request: "GET /v1/policies/pol_nonexistent",
        meaning: "There is no such thing in the key's workspace, or no such route.",
        remedy: "Look the id up in the list; mind the workspace of the key."),
      Entry(
        error: .wrongMethod(allowed: [.get, .head, .post]), request: "DELETE /v1/policies",
        meaning: "The route is there, and takes other methods.", remedy: "Use one that `Allow` names."),
      Entry(
        error: .notAcceptable(offered: [Negotiation.json]), request: "GET /v1/policies  Accept: text/csv",
        meaning: "The answer is of no type that `Accept` names.", remedy: "Ask for one of `details.supported_types`."),
      Entry(
        error: .tooSlow(limit: ServerConfiguration().bodyTimeout), request: "POST /v1/policies, a byte now and then",
        meaning: "The body did not come in time.", remedy: "Send it faster, or in smaller requests."),
      Entry(
        error: ErrorResponse(.conflict, "Policy is being changed by others"), request: "PUT /v1/policies/{id}",
        meaning: "Others change the same thing all the time.", remedy: "Try again, best with `If-Match`."),
      Entry(
        error: .changed(current: 2), request: #"PUT /v1/policies/{id}  If-Match: "1""#,
        meaning: "The policy is not at the revision that `If-Match` names.",
        remedy: "Read it again, make the change again, send the new `ETag`."),
      Entry(
        error: .tooLarge(limit: ServerConfiguration().bodyLimit), request: "POST /v1/policies",
        meaning: "The body is larger than `details.limit` bytes.",
        remedy: "Send several requests; resources to scan may come a line each, in any number."),
      Entry(
        error: .unsupportedMediaType(supported: BodyFormat.jsonTypes + BodyFormat.yamlTypes),
        request: "POST /v1/policies  Content-Type: text/csv",
        meaning: "The body is of a type that the route does not take.",
        remedy: "Use one that `Accept` of the answer names."),
      Entry(
        error: .conflictingState("name"), request: "POST /v1/policies, a second one of the name",
        meaning: "It can be read, and cannot be: a condition does not hold up, a name is taken.",
        remedy: "Mend what `details` names; for policies, `details.diagnostics` has places and fixes."),
      Entry(
        error: RateLimiter().ask("example", RateLimit(count: 1, window: Lifetime(seconds: 3600)), now: 0)
          .error(now: Instant(milliseconds: 1_726_410_600_000)), request: "GET /v1/policies, once too often",
        meaning:
          "The key's quota is used up, or it has too many requests at once, or too many bad keys came from the address.",
        remedy: "Wait for as many seconds as `Retry-After` says; `RateLimit` tells what remains."),
      Entry(
        error: .headTooLarge(limit: ServerConfiguration().headLimit),
        request: "GET /v1/policies, with much in its head",
        meaning: "The header fields are larger than `details.limit` bytes.", remedy: "Send fewer or shorter fields."),
      Entry(
        error: .unexpected(requestID: "req_abc123def456"), request: "any", meaning: "The server has a fault.",
        remedy: "Try again later; tell who runs it the `request_id`, which is in its log."),
      Entry(
        error: .unavailable("Service temporarily overloaded", retryAfter: 1), request: "any",
        meaning: "The server is under maintenance, or has too much to do.",
        remedy: "Wait for `retry_after` seconds; `/status` tells of maintenance."),
    ]

    static let answer: Answer = {
      var content = """
        <p>Every failure is one object, also of unknown routes and wrong methods. With <code>Accept:
        application/problem+json</code> it is a problem as RFC 9457 has it.</p>
        """
      for entry in entries {
        let body = String(decoding: entry.error.envelope.bytes, as: UTF8.self)
        guard case .string(let title)? = entry.error.envelope["error"] else { continue }
        content += """
          <h2 id="\(entry.error.status.code)">\(entry.error.status.code) \(HTMLText.escaped(title))</h2>
          \(HTMLText.paragraphs(entry.meaning))
          <pre><code>\(HTMLText.escaped(entry.request))</code></pre>
          <pre><code>\(HTMLText.escaped(body))</code></pre>
          \(HTMLText.paragraphs(entry.remedy))
          """
      }
      return WebPage(title: "Errors", content: content).answer
    }()
  }
#endif
