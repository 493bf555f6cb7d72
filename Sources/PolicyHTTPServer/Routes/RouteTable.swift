#if Server
  internal import HTTPTypes

  /// All routes, and the way from a request to one.
  struct RouteTable: Sendable {
    static let all: [Route] =
      PolicyRoutes.all + ValidationRoutes.all + ScanRoutes.all + KeyRoutes.all + MaintenanceRoutes.all
      + OperationRoutes.all + PageRoutes.all

    /// Where the API stands; the second is an alias.
    static let bases = ["/api/v1", "/v1"]

    /// A route, what stands for `{id}`, and the base.
    typealias Match = (route: Route, id: String, base: String)

    /// The way to each path: routes by method.
    private var paths: [(base: String, segments: [Substring], routes: [Route])] = []

    init(_ routes: [Route] = all) {
      for route in routes {
        for base in route.isAtRoot ? [""] : Self.bases {
          let segments = base.dropFirst().split(separator: "/") + route.segments
          if let place = paths.firstIndex(where: { $0.segments == segments }) {
            paths[place].routes.append(route)
          } else {
            paths.append((base, segments, [route]))
          }
        }
      }
      // Words go before `{id}`: no policy is called `validate`.
      paths.sort { !$0.segments.contains("{id}") && $1.segments.contains("{id}") }
    }

    /// The route of a request; `HEAD` is `GET` without the body.
    ///
    /// - Throws: 404, or 405 where other methods are known.
    func match(_ method: HTTPRequest.Method, _ target: Target) throws(ErrorResponse) -> Match {
      guard let segments = target.segments else { throw .unknownRoute }
      var allowed: [HTTPRequest.Method] = []
      for path in paths {
        guard let id = Self.identifier(path.segments, segments) else { continue }
        let wanted = method == .head ? .get : method
        if let route = path.routes.first(where: { $0.method == wanted }) { return (route, id, path.base) }
        allowed = path.routes.map(\.method)
        // What `{id}` stands for elsewhere does not count: nothing is called as this path is.
        break
      }
      guard !allowed.isEmpty else { throw .unknownRoute }
      if allowed.contains(.get) { allowed.append(.head) }
      throw .wrongMethod(allowed: allowed.sorted { $0.rawValue < $1.rawValue })
    }

    /// What stands for `{id}`, empty if nothing does; `nil` unless the path fits.
    private static func identifier(_ pattern: [Substring], _ segments: [String]) -> String? {
      guard pattern.count == segments.count else { return nil }
      var id = ""
      for (wanted, given) in zip(pattern, segments) {
        if wanted == "{id}" {
          guard !given.isEmpty else { return nil }
          id = given
        } else if !wanted.utf8.elementsEqual(given.utf8) {
          return nil
        }
      }
      return id
    }
  }
#endif
