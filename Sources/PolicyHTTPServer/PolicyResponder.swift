#if Server
  internal import HTTPTypes
  package import Hummingbird
  package import Logging
  internal import NIOCore
  package import PolicyStorage

  /// Answers requests: finds the route, asks for the key, keeps limits, and turns whatever goes wrong into an envelope.
  ///
  /// The order matters: what costs least and tells least comes first.
  package struct PolicyResponder: HTTPResponder {
    package typealias Context = ConnectionContext

    let service: PolicyService
    private let routes = RouteTable()
    private let logger: Logger

    /// Makes a responder.
    ///
    /// - Parameters:
    ///   - store: What it keeps.
    ///   - configuration: How it behaves.
    ///   - logger: Where requests are logged.
    /// - Throws: When the store does not answer.
    package init(_ store: any PolicyStore, _ configuration: ServerConfiguration, logger: Logger) async throws {
      service = try await PolicyService(store, configuration)
      self.logger = logger
    }

    package func respond(to request: Request, context: Context) async throws -> Response {
      let start = service.configuration.ticks()
      let requestID = "req_" + Base62.random(count: 12)
      let negotiation = Negotiation(request.headers[values: .accept].joined(separator: ","))
      var trail = RequestTrail()
      var response: Response
      do {
        response = Self.response(try await answer(request, negotiation, context.address, &trail))
      } catch {
        response = Self.response(
          Self.errorResponse(error, requestID, logger, limit: service.configuration.bodyLimit), negotiation)
      }
      for field in trail.headers where !response.headers.contains(field.name) { response.headers.append(field) }
      response.headers[.requestID] = requestID
      if response.status.code >= 400, request.hasLongBody { response.headers[.connection] = "close" }
      if response.headers[.connection] == "close" { context.closeSoon() }
      let elapsed = service.configuration.ticks() - start
      service.metrics.count(request.method, trail.route, response.status, microseconds: elapsed)
      trail.log(request, response, requestID, microseconds: elapsed, logger)
      return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(
      _ request: Request, _ negotiation: Negotiation, _ address: String, _ trail: inout RequestTrail
    ) async throws -> Answer {
      guard request.headSize <= service.configuration.headLimit else {
        throw ErrorResponse.headTooLarge(limit: service.configuration.headLimit)
      }
      let target = Target(request.head.path ?? "/")
      let (route, id, base) = try routes.match(request.method, target)
      trail.route = base + route.path
      guard route.isAlwaysOpen else {
        var inner = trail
        defer { trail = inner }
        return try await service.concurrency.run {
          try await serve(request, negotiation, route, id, base, target, address, &inner)
        }
      }
      return try await serve(request, negotiation, route, id, base, target, address, &trail)
    }

    private func serve(
      _ request: Request, _ negotiation: Negotiation, _ route: Route, _ id: String, _ base: String, _ target: Target,
      _ address: String, _ trail: inout RequestTrail
    ) async throws -> Answer {
      let now = service.configuration.now()
      if !route.isAlwaysOpen { try service.maintenance.requireService(now: now) }
      guard let scope = route.scope else {
        return try await call(request, negotiation, route, id, base, target, key: nil, now)
      }
      let key = try await key(request, address, now)
      trail.key = key.id
      let tier = Tier(rawValue: key.tier) ?? .free
      if let limit = service.configuration.rateLimits[tier] {
        let verdict = service.limiter.ask(key.id, limit, now: service.configuration.ticks())
        guard verdict.isAllowed else { throw verdict.error(now: now) }
        trail.headers = verdict.headers(now: now)
      }
      return try await service.concurrency.run(
        for: key.id, limit: key.concurrency ?? service.configuration.concurrency
      ) {
        try key.require(scope)
        return try await call(request, negotiation, route, id, base, target, key: key, now)
      }
    }

    /// The key that a request bears.
    ///
    /// - Throws: 401, and 429 for an address from which too many came that were.
    private func key(_ request: Request, _ address: String, _ now: Instant) async throws -> APIKeyRecord {
      let ticks = service.configuration.ticks()
      try service.addresses.requireAttempt(address, ticks: ticks, now: now)
      do { return try await service.authentication.key(request.headers[.authorization], now: now) } catch {
        if (error as? ErrorResponse)?.status == .unauthorized { service.addresses.countFailure(address, ticks: ticks) }
        throw error
      }
    }

    /// Reads what the route takes, and lets it answer.
    private func call(
      _ request: Request, _ negotiation: Negotiation, _ route: Route, _ id: String, _ base: String, _ target: Target,
      key: APIKeyRecord?, _ now: Instant
    ) async throws -> Answer {
      guard negotiation.accepts(route.type) else { throw ErrorResponse.notAcceptable(offered: [route.type]) }
      let query = try QueryParameters(target.query, known: route.query)
      var format = BodyFormat.unknown
      var body: [UInt8] = []
      var stream: RequestBody?
      if !route.body.types.isEmpty {
        do throws(ErrorResponse) {
          format = try BodyFormat(request.headers[.contentType], supported: route.body.types)
        } catch {
          var error = error
          if route.method == .patch { error.headers[.acceptPatch] = route.body.types.joined(separator: ", ") }
          throw error
        }
        switch format {
        case .lines: stream = request.body
        case .json, .yaml, .unknown:
          let configuration = service.configuration
          let reading = BodyReading(
            limit: configuration.bodyLimit, timeout: configuration.bodyTimeout, ticks: configuration.ticks)
          body = try await reading.bytes(of: request.body, length: request.headers[.contentLength])
        }
      }
      let call = Call(
        service: service, id: id, query: query, headers: request.headers, format: format, body: body,
        stream: stream, key: key, now: now, base: base)
      return try await route.answer(call)
    }

    private static func response(_ answer: Answer) -> Response {
      var headers = answer.headers
      guard !answer.body.isEmpty else { return Response(status: answer.status, headers: headers) }
      headers[.contentType] = answer.type
      return Response(
        status: answer.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    private static func response(_ error: ErrorResponse, _ negotiation: Negotiation) -> Response {
      var headers = error.headers
      headers[.contentType] = negotiation.wantsProblem ? Negotiation.problem : Negotiation.json
      let body = (negotiation.wantsProblem ? error.problem : error.envelope).bytes
      return Response(
        status: error.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }

    /// What is answered to whatever was thrown; what nobody thought of is logged, and told nobody.
    private static func errorResponse(
      _ error: any Error, _ requestID: String, _ logger: Logger, limit: Int
    ) -> ErrorResponse {
      switch error {
      case let error as ErrorResponse: return error
      case is NIOTooManyBytesError: return .tooLarge(limit: limit)
      case let error as StoreError:
        switch error {
        case .nameTaken: return .conflictingState("name")
        case .revisionMismatch(let current): return .changed(current: current)
        case .notFound, .keyUnusable, .foreignSchema: break
        }
      default: break
      }
      logger.error("unexpected error", metadata: ["request_id": "\(requestID)", "error": "\(error)"])
      return .unexpected(requestID: requestID)
    }
  }
#endif
