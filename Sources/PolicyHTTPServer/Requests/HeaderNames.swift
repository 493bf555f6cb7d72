#if Server
  internal import HTTPTypes

  extension HTTPField.Name {
    private static func named(_ text: String) -> HTTPField.Name {
      guard let name = HTTPField.Name(text) else { preconditionFailure("`\(text)` is no name of a header") }
      return name
    }

    static let requestID = named("X-Request-Id")
    static let traceParent = named("traceparent")
    static let referrerPolicy = named("Referrer-Policy")
    static let acceptPatch = named("Accept-Patch")
    static let rateLimit = named("RateLimit")
    static let rateLimitPolicy = named("RateLimit-Policy")
    static let xRateLimitLimit = named("X-RateLimit-Limit")
    static let xRateLimitRemaining = named("X-RateLimit-Remaining")
    static let xRateLimitReset = named("X-RateLimit-Reset")
  }
#endif
