#if Server
  internal import HTTPTypes
  internal import PolicyModel

  /// The description of the API in OpenAPI 3.1, made from the route table.
  enum OpenAPIDocument {
    /// Made once: it never changes while the server runs.
    static let written = JSONValue.written(document.bytes)

    private static var document: JSONValue {
      [
        "openapi": "3.1.0",
        "info": [
          "title": "PolicyCortex", "version": "1",
          "description": "Validates governance policies, keeps them, and says what they decide.",
        ],
        "servers": [["url": "/"]],
        "paths": .object(paths),
        "components": [
          "securitySchemes": ["apiKey": ["type": "http", "scheme": "bearer", "bearerFormat": "pc_api_key_..."]],
          "schemas": .object(OpenAPISchemas.all),
        ],
      ]
    }

    /// The paths in the order of the table; the alias is not told apart.
    private static var paths: [JSONMember] {
      var paths: [(path: String, operations: [JSONMember])] = []
      for route in RouteTable.all {
        let path = (route.isAtRoot ? "" : RouteTable.bases[0]) + route.path
        let operation = JSONMember(route.method.rawValue.lowercased(), .object(operation(route)))
        if let place = paths.firstIndex(where: { $0.path == path }) {
          paths[place].operations.append(operation)
        } else {
          paths.append((path, [operation]))
        }
      }
      return paths.map { JSONMember($0.path, .object($0.operations)) }
    }

    private static func operation(_ route: Route) -> [JSONMember] {
      var members = [
        JSONMember("operationId", .string(operationID(route))), JSONMember("summary", .string(route.summary)),
      ]
      if let scope = route.scope {
        members.append(JSONMember("security", [["apiKey": []]]))
        members.append(JSONMember("description", .string("Needs the scope `\(scope.rawValue)`.")))
      }
      let parameters = parameters(route)
      if !parameters.isEmpty { members.append(JSONMember("parameters", .array(parameters))) }
      if !route.body.types.isEmpty {
        let content = route.body.types.map { type in
          var members = [JSONMember("schema", OpenAPISchemas.body(route, type))]
          if let example = OpenAPISchemas.example(route, type) { members.append(JSONMember("example", example)) }
          return JSONMember(type, .object(members))
        }
        members.append(
          JSONMember("requestBody", ["required": .boolean(!isBodyOptional(route)), "content": .object(content)]))
      }
      members.append(JSONMember("responses", .object(responses(route))))
      return members
    }

    /// Validation says of any body what is wrong with it, and so of none.
    private static func isBodyOptional(_ route: Route) -> Bool {
      route.path.hasSuffix("/rotate") || route.path == "/policies/validate"
    }

    private static func operationID(_ route: Route) -> String {
      let words = route.path.split { !$0.isLetter }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
      // A page may stand where an answer for programs does.
      return route.method.rawValue.lowercased() + words.joined() + (route.type == WebPage.type ? "Page" : "")
    }

    private static func parameters(_ route: Route) -> [JSONValue] {
      var parameters: [JSONValue] = []
      if route.path.contains("{id}") {
        parameters.append(["name": "id", "in": "path", "required": true, "schema": ["type": "string"]])
      }
      for name in route.query {
        parameters.append(["name": .string(name), "in": "query", "schema": OpenAPISchemas.parameter(name)])
      }
      let isPolicy = route.path == "/policies/{id}"
      if isPolicy, route.method != .get {
        parameters.append(["name": "If-Match", "in": "header", "schema": ["type": "string"]])
      }
      if isPolicy, route.method == .get {
        parameters.append(["name": "If-None-Match", "in": "header", "schema": ["type": "string"]])
      }
      return parameters
    }

    private static func responses(_ route: Route) -> [JSONMember] {
      var responses: [JSONMember] = []
      if route.success == .noContent {
        responses.append(JSONMember("204", ["description": "Done."]))
      } else {
        let schema = OpenAPISchemas.answer(route)
        var members = [
          JSONMember("description", "Done."),
          JSONMember("content", .object([JSONMember(route.type, ["schema": schema])])),
        ]
        let links = links(route)
        if !links.isEmpty { members.append(JSONMember("links", .object(links))) }
        responses.append(JSONMember(String(route.success.code), .object(members)))
      }
      if route.path == "/policies/{id}", route.method == .get {
        responses.append(JSONMember("304", ["description": "Not changed since."]))
      }
      for status in failures(route) {
        let envelope: JSONValue = ["schema": ["$ref": "#/components/schemas/Error"]]
        responses.append(
          JSONMember(
            String(status.code),
            [
              "description": .string(status.reasonPhrase.isEmpty ? "Failure" : status.reasonPhrase),
              "content": [
                Negotiation.json: envelope, Negotiation.problem: ["schema": ["$ref": "#/components/schemas/Problem"]],
              ],
            ]))
      }
      return responses
    }

    /// What can be done with what a route has made.
    private static func links(_ route: Route) -> [JSONMember] {
      guard route.method == .post else { return [] }
      return RouteTable.all.filter { $0.path.hasPrefix(route.path + "/{id}") }.map { next in
        let id = operationID(next)
        return JSONMember(id, ["operationId": .string(id), "parameters": ["id": "$response.body#/id"]])
      }
    }

    /// The ways in which a route can fail.
    private static func failures(_ route: Route) -> [HTTPResponse.Status] {
      // Every route refuses query parameters that it does not know.
      var statuses: [HTTPResponse.Status] = [
        .badRequest, .notAcceptable, .requestHeaderFieldsTooLarge, .internalServerError,
      ]
      if !route.isAlwaysOpen || route.path == "/readyz" { statuses.append(.serviceUnavailable) }
      if route.scope != nil { statuses += [.unauthorized, .forbidden, .tooManyRequests] }
      if route.path.contains("{id}") || route.path == "/maintenance" && route.method == .get {
        statuses.append(.notFound)
      }
      if !route.body.types.isEmpty { statuses += [.requestTimeout, .contentTooLarge, .unsupportedMediaType] }
      switch route.body {
      case .policies, .mergePatch: statuses.append(.unprocessableContent)
      case .object where !isBodyOptional(route): statuses.append(.unprocessableContent)
      case .scan: statuses += [.conflict, .unprocessableContent]
      case .object, .none: break
      }
      if route.path == "/policies/{id}", route.method != .get { statuses.append(.preconditionFailed) }
      if route.path == "/policies/{id}", route.method == .put || route.method == .patch { statuses.append(.conflict) }
      if route.path.hasSuffix("/rotate") { statuses.append(.conflict) }
      return statuses.sorted { $0.code < $1.code }
    }
  }
#endif
