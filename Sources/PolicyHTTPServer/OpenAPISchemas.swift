#if Server
  internal import HTTPTypes
  internal import PolicyModel

  /// The shapes of bodies, in JSON Schema 2020-12.
  enum OpenAPISchemas {
    static let all: JSONValue = [
      "Policy": [
        "type": "object", "required": ["name", "rules"],
        "properties": [
          "name": ["type": "string", "minLength": .integer(1), "maxLength": .integer(128)],
          "rules": ["type": "array", "minItems": .integer(1), "items": reference("Rule")],
          "resource_type": ["type": "string"], "resource_types": ["type": "array", "items": ["type": "string"]],
          "enabled": ["type": "boolean"], "description": ["type": "string"],
        ],
      ],
      "Rule": [
        "type": "object", "required": ["condition"],
        "properties": [
          "condition": ["type": "string", "description": "An expression in CEL."], "action": ["type": "string"],
          "id": ["type": "string"], "message": ["type": "string"],
        ],
      ],
      "StoredPolicy": [
        "allOf": [reference("Policy")], "required": ["id", "revision", "created_at", "updated_at"],
        "properties": [
          "id": ["type": "string", "readOnly": true], "revision": ["type": "integer", "readOnly": true],
          "policy_id": ["type": "string", "description": "The `id` that the document itself has."],
          "created_at": time, "updated_at": time,
        ],
      ],
      "PolicyList": list("policies", reference("StoredPolicy")),
      "VersionList": list(
        "versions", ["type": "object", "required": ["revision", "created_at", "created_by", "policy"]]),
      "KeyList": list("api_keys", reference("APIKey")),
      "Pagination": [
        "type": "object", "required": ["total", "limit", "has_more", "next_cursor"],
        "properties": [
          "total": ["type": "integer"], "limit": ["type": "integer"], "offset": ["type": "integer"],
          "has_more": ["type": "boolean"], "next_cursor": ["type": ["string", "null"]],
        ],
      ],
      "Validation": [
        "type": "object", "required": ["valid", "status", "diagnostics"],
        "properties": [
          "valid": ["type": "boolean"], "status": ["enum": [.integer(200), .integer(400), .integer(422)]],
          "diagnostics": ["type": "array", "items": ["type": "object"]],
        ],
      ],
      "BulkResult": [
        "type": "object", "required": ["results", "summary"],
        "properties": ["results": ["type": "array", "items": ["type": "object"]], "summary": ["type": "object"]],
      ],
      "Decision": [
        "type": "object", "required": ["decision", "rules", "diagnostics"],
        "properties": [
          "decision": ["enum": ["allow", "audit", "warn", "deny"]],
          "rules": ["type": "array", "items": ["type": "object"]],
          "trace": ["type": "array", "items": ["type": "object"]],
          "diagnostics": ["type": "array", "items": ["type": "object"]],
        ],
      ],
      "Evaluation": [
        "type": "object", "required": ["policy", "resource"],
        "properties": [
          "policy": ["anyOf": [reference("Policy"), ["type": "string"]]], "resource": ["type": "object"],
        ],
      ],
      "APIKey": [
        "type": "object", "required": ["id", "name", "workspace", "scopes", "tier", "created_at"],
        "properties": ["id": ["type": "string"], "key": ["type": "string"]],
      ],
      "APIKeyDraft": [
        "type": "object", "required": ["name", "scopes"], "additionalProperties": false,
        "properties": [
          "name": ["type": "string", "minLength": .integer(1), "maxLength": .integer(128)],
          "scopes": [
            "type": "array", "minItems": .integer(1), "items": ["enum": .strings(Scope.allCases.map(\.rawValue))],
          ],
          "tier": ["enum": .strings(Tier.allCases.map(\.rawValue))],
          "resource_types": ["type": "array", "items": ["type": "string"], "minItems": .integer(1)],
          "max_concurrent_requests": ["type": "integer", "minimum": .integer(1), "maximum": .integer(10_000)],
          "expires_in": ["type": "string", "pattern": "^[0-9]+[dhms]$"], "expires_at": time,
        ],
      ],
      "Rotation": [
        "type": "object", "additionalProperties": false,
        "properties": ["overlap": ["type": "string", "pattern": "^[0-9]+[dhms]$"]],
      ],
      "Maintenance": [
        "type": "object", "required": ["start", "end"],
        "properties": ["start": time, "end": time, "message": ["type": ["string", "null"]]],
      ],
      "Error": [
        "type": "object", "required": ["error", "message", "code"],
        "properties": [
          "error": ["type": "string"], "message": ["type": "string"], "code": ["type": "integer"],
          "details": ["type": "object"],
        ],
      ],
      "Problem": [
        "type": "object", "required": ["type", "title", "status", "detail"],
        "properties": ["status": ["type": "integer"], "detail": ["type": "string"]],
      ],
      "Anything": ["type": "object"],
    ]

    private static let time: JSONValue = ["type": "string", "format": "date-time"]

    private static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    private static func list(_ name: String, _ element: JSONValue) -> JSONValue {
      let array: JSONValue = ["type": "array", "items": element]
      return [
        "type": "object", "required": [.string(name), "pagination"],
        "properties": .object([JSONMember(name, array), JSONMember("pagination", reference("Pagination"))]),
      ]
    }

    static func body(_ route: Route) -> JSONValue {
      switch route.path {
      case "/policies", "/policies/validate": reference("Policy")
      case "/policies/bulk": ["type": "array", "items": reference("Policy")]
      case "/sandbox/evaluate": reference("Evaluation")
      case "/auth/api-keys": reference("APIKeyDraft")
      case "/auth/api-keys/{id}/rotate": reference("Rotation")
      case "/maintenance": reference("Maintenance")
      default: reference("Anything")
      }
    }

    static func answer(_ route: Route) -> JSONValue {
      switch route.path {
      case "/policies" where route.method == .get: reference("PolicyList")
      case "/policies", "/policies/{id}": reference("StoredPolicy")
      case "/policies/{id}/versions": reference("VersionList")
      case "/policies/validate": reference("Validation")
      case "/policies/bulk": reference("BulkResult")
      case "/sandbox/evaluate": reference("Decision")
      case "/auth/api-keys" where route.method == .get: reference("KeyList")
      case "/auth/api-keys", "/auth/api-keys/{id}/rotate": reference("APIKey")
      case "/maintenance": reference("Maintenance")
      case "/metrics": ["type": "string"]
      default: reference("Anything")
      }
    }

    static func parameter(_ name: String) -> JSONValue {
      switch name {
      case "limit": ["type": "integer", "minimum": .integer(1), "maximum": .integer(200)]
      case "offset": ["type": "integer", "minimum": .integer(0), "maximum": .integer(Int32.max)]
      case "enabled": ["type": "boolean"]
      case "severity": ["enum": .strings(RuleSeverity.allCases.map(\.rawValue))]
      case "cursor": ["type": "string", "pattern": "^cur_[0-9a-z]+$"]
      default: ["type": "string"]
      }
    }
  }
#endif
