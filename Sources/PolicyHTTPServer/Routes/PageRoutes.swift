#if Server
  internal import HTTPTypes
  internal import PolicyStorage

  /// Pages for people; they need no key.
  enum PageRoutes {
    static let all: [Route] = [
      page("/", "The sandbox") { _ in SandboxPage.answer },
      page("/docs/errors", "What each status means, and what to do") { _ in ErrorPage.answer },
      page("/docs/diagnostics", "What can be found in a policy") { _ in DiagnosticPages.index },
      page("/docs/diagnostics/{id}", "What a diagnostic means, and what to do") { call in
        guard let page = DiagnosticPages.page(call.id) else {
          throw ErrorResponse.notFound("diagnostic", "Diagnostic", id: call.id)
        }
        return page
      },
      page("/status", "Whether the service is up") { call in
        StatusPage.answer(call.service.maintenance.current, now: call.now)
      },
      page("/status.atom", "Feed of maintenance windows", type: StatusPage.feedType) { call in
        StatusPage.feed(call.service.maintenance.current, now: call.now)
      },
    ]

    private static func page(
      _ path: String, _ summary: String, type: String = WebPage.type,
      _ answer: @escaping @Sendable (Call) async throws -> Answer
    ) -> Route {
      Route(
        method: .get, path: path, scope: nil, summary: summary, isAtRoot: true, isAlwaysOpen: true, type: type,
        answer: answer)
    }
  }
#endif
