#if Server
  internal import HTTPTypes
  internal import PolicyStorage

  extension RateLimitVerdict {
    /// The headers of every answer to a key with a limit; they say the same as the body of a 429.
    func headers(now: Instant) -> HTTPFields {
      var fields = HTTPFields()
      fields[.rateLimitPolicy] = "\"default\";q=\(limit.count);w=\(limit.window.seconds)"
      fields[.rateLimit] = "\"default\";r=\(remaining);t=\(secondsToReset)"
      fields[.xRateLimitLimit] = String(limit.count)
      fields[.xRateLimitRemaining] = String(remaining)
      fields[.xRateLimitReset] = String(resetTime(now: now).milliseconds / 1000)
      if !isAllowed { fields[.retryAfter] = String(secondsToRetry) }
      return fields
    }

    /// The answer to a request that may not go on.
    func error(now: Instant) -> ErrorResponse {
      ErrorResponse(
        .tooManyRequests, "Rate limit exceeded",
        details: [
          "limit": .integer(limit.count), "window": .string(limit.window.text),
          "reset_time": .string(resetTime(now: now).text),
        ], headers: headers(now: now))
    }

    /// When the whole quota is back, on a full second.
    private func resetTime(now: Instant) -> Instant {
      let exact = now.milliseconds + (microsecondsToReset + 999) / 1000
      return Instant(milliseconds: (exact + 999) / 1000 * 1000)
    }
  }
#endif
