#if Server
  internal import HTTPTypes
  internal import PolicyModel
  internal import PolicyStorage

  /// The shapes of bodies, in JSON Schema 2020-12.
  enum OpenAPISchemas {
    static let all: [JSONMember] = PolicySchema.members + own

    private static let own: [JSONMember] = members([
      "StoredPolicy": [
        "type": "object", "required": ["name", "rules", "id", "revision", "created_at", "updated_at"],
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
          "policy": [
            "anyOf": [
              reference("PolicyDocument"),
              [
                "type": "string", "description": "A document, in JSON or YAML.", "contentMediaType": "application/yaml",
              ],
            ]
          ],
          "resource": ["description": "What the policy is asked about."], "principal": ["description": "Who asks."],
          "request": ["description": "What is asked for."], "context": ["description": "All else."], "now": time,
        ],
        "additionalProperties": false,
      ],
      "ScanDraft": [
        "type": "object", "required": ["resources"], "additionalProperties": false,
        "properties": [
          "resources": ["type": "array", "items": ["type": "object"]],
          "policy_ids": [
            "type": "array", "items": ["type": "string"], "minItems": .integer(1), "maxItems": .integer(1000),
            "description": "By default all that are enabled.",
          ],
        ],
      ],
      "Scan": scan(),
      "ScanFindings": scan([
        JSONMember("violations", ["type": "array", "items": reference("Violation")]),
        JSONMember("pagination", reference("Pagination")),
      ]),
      "ScanList": list("scans", reference("Scan")),
      "Violation": [
        "type": "object",
        "required": [
          "resource", "policy", "rule", "field", "action", "severity", "message", "error", "frameworks",
        ],
        "properties": [
          "resource": [
            "type": "object", "required": ["index", "id", "type"],
            "properties": [
              "index": ["type": "integer", "description": "From 0, in the order in which they were sent."],
              "id": ["type": ["string", "null"]], "type": ["type": ["string", "null"]],
            ],
          ],
          "policy": ["type": "object", "required": ["id", "name", "revision"]],
          "rule": [
            "type": ["object", "null"], "required": ["index", "id"],
            "description": "`null` for what no rule allows, where the policy's `default_action` is `deny`.",
          ],
          "field": ["type": "string", "description": "What is violated, as a place in the policy."],
          "action": ["enum": ["deny", "warn", "audit"]], "severity": ["type": ["string", "null"]],
          "message": ["type": ["string", "null"], "description": "The rule's message, rendered."],
          "error": ["type": ["string", "null"], "description": "Why the condition has no value."],
          "frameworks": ["type": "array", "items": ["type": "string"]],
        ],
      ],
      "APIKey": [
        "type": "object", "required": ["id", "name", "workspace", "scopes", "tier", "created_at"],
        "properties": ["id": ["type": "string"], "key": ["type": "string"]],
      ],
      "APIKeyDraft": [
        "type": "object", "required": ["name", "scopes"], "additionalProperties": false,
        "not": ["required": ["expires_in", "expires_at"]],
        "properties": [
          "name": ["type": "string", "minLength": .integer(1), "maxLength": .integer(128)],
          "scopes": [
            "type": "array", "minItems": .integer(1), "maxItems": .integer(1000),
            "items": ["enum": .strings(Scope.allCases.map(\.rawValue))],
          ],
          "tier": ["enum": .strings(Tier.allCases.map(\.rawValue))],
          "resource_types": [
            "type": "array", "items": ["type": "string"], "minItems": .integer(1), "maxItems": .integer(1000),
          ],
          "max_concurrent_requests": ["type": "integer", "minimum": .integer(1), "maximum": .integer(10_000)],
          "expires_in": ["type": "string", "pattern": "^[1-9][0-9]{0,3}[dhms]$"], "expires_at": time,
        ],
      ],
      "Rotation": [
        "type": "object", "additionalProperties": false,
        "properties": ["overlap": ["type": "string", "pattern": "^[0-9]{1,4}[dhms]$"]],
      ],
      "Maintenance": [
        "type": "object", "required": ["start", "end"],
        "properties": ["start": time, "end": time, "message": ["type": ["string", "null"]]],
      ],
      "MaintenanceDraft": [
        "type": "object", "required": ["start", "end"], "additionalProperties": false,
        "properties": [
          "start": time, "end": time, "message": ["type": "string", "maxLength": .integer(1000)],
        ],
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
    ])

    private static func members(_ value: JSONValue) -> [JSONMember] {
      if case .object(let members) = value { members } else { [] }
    }

    private static let time: JSONValue = ["type": "string", "format": "date-time"]

    private static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    private static func list(_ name: String, _ element: JSONValue) -> JSONValue {
      let array: JSONValue = ["type": "array", "items": element]
      return [
        "type": "object", "required": [.string(name), "pagination"],
        "properties": .object([JSONMember(name, array), JSONMember("pagination", reference("Pagination"))]),
      ]
    }

    private static func scan(_ more: [JSONMember] = []) -> JSONValue {
      let count: JSONValue = ["type": "integer", "minimum": .integer(0)]
      let counts: JSONValue = ["type": "object", "additionalProperties": count]
      let properties: [JSONMember] = [
        JSONMember("id", ["type": "string"]),
        JSONMember("status", ["enum": .strings(ScanStatus.allCases.map(\.rawValue))]),
        JSONMember("reason", ["type": ["string", "null"], "description": "Why it failed."]),
        JSONMember("created_at", time),
        JSONMember("finished_at", ["type": ["string", "null"], "format": "date-time"]),
        JSONMember(
          "policies",
          [
            "type": "array",
            "items": [
              "type": "object", "required": ["id", "name", "revision"],
              "properties": [
                "id": ["type": "string"], "name": ["type": "string"], "revision": ["type": "integer"],
              ],
            ],
          ]),
        JSONMember(
          "progress",
          [
            "type": "object", "required": ["resources", "total"],
            "properties": ["resources": count, "total": ["type": ["integer", "null"]]],
          ]),
        JSONMember(
          "summary",
          [
            "type": "object", "required": ["violations", "by_severity", "by_framework"],
            "properties": ["violations": count, "by_severity": counts, "by_framework": counts],
          ]),
        JSONMember("is_truncated", ["type": "boolean"]),
      ]
      let all = properties + more
      return ["type": "object", "required": .strings(all.map(\.key)), "properties": .object(all)]
    }

    static func body(_ route: Route, _ type: String) -> JSONValue {
      switch route.path {
      case "/policies": reference("PolicyDocument")
      case "/policies/{id}": PolicySchema.members(mayBeNull: route.method == .patch)
      // Whatever is sent is answered with what is wrong with it, here in all, there of each item.
      case "/policies/validate": ["description": "A policy, or several."]
      case "/policies/bulk":
        ["type": "array", "minItems": .integer(1), "maxItems": .integer(1000), "items": ["description": "A policy."]]
      case "/sandbox/evaluate": reference("Evaluation")
      case "/scans" where BodyFormat.lineTypes.contains(type):
        ["type": "string", "description": "A resource a line, of which there may be any number."]
      case "/scans": reference("ScanDraft")
      case "/auth/api-keys": reference("APIKeyDraft")
      case "/auth/api-keys/{id}/rotate": reference("Rotation")
      case "/maintenance": reference("MaintenanceDraft")
      default: reference("Anything")
      }
    }

    /// A body that does something, where chance finds none.
    static func example(_ route: Route, _ type: String) -> JSONValue? {
      guard BodyFormat.jsonTypes.contains(type) else { return nil }
      let policy: JSONValue = [
        "name": "encrypted-buckets", "resource_type": "AWS::S3::Bucket",
        "rules": [
          ["condition": "resource.encrypted != true", "action": "deny", "message": "{{resource.id}} is not encrypted"]
        ],
      ]
      let resource: JSONValue = ["type": "AWS::S3::Bucket", "id": "logs", "encrypted": false]
      return switch route.path {
      case "/policies", "/policies/validate": policy
      case "/policies/bulk": [policy]
      case "/sandbox/evaluate": ["policy": policy, "resource": resource]
      case "/scans": ["resources": [resource]]
      case "/auth/api-keys": ["name": "ci", "scopes": ["policies:read"], "expires_in": "90d"]
      default: nil
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
      case "/scans" where route.method == .get: reference("ScanList")
      case "/scans": reference("Scan")
      case "/scans/{id}": reference("ScanFindings")
      case "/auth/api-keys" where route.method == .get: reference("KeyList")
      case "/auth/api-keys", "/auth/api-keys/{id}/rotate": reference("APIKey")
      case "/maintenance": reference("Maintenance")
      case _ where route.type != Negotiation.json: ["type": "string"]
      default: reference("Anything")
      }
    }

    static func parameter(_ name: String) -> JSONValue {
      switch name {
      case "limit": ["type": "integer", "minimum": .integer(1), "maximum": .integer(200)]
      case "offset": ["type": "integer", "minimum": .integer(0), "maximum": .integer(Int32.max)]
      case "enabled": ["type": "boolean"]
      case "severity": ["enum": .strings(RuleSeverity.allCases.map(\.rawValue))]
      case "cursor": ["type": "string", "pattern": "^cur_(0|[1-9a-z][0-9a-z]{0,11})$"]
      default: ["type": "string"]
      }
    }
  }
#endif
