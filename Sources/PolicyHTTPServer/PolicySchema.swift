#if Server
  /// What `grammar/policy.schema.json` says of policies, as components of the OpenAPI document.
  ///
  /// Written by a test, which also sees that it is current.
  enum PolicySchema {
    static let members: [JSONMember] = {
      if case .object(let members) = JSONValue(reading: Array(text.utf8)) { members } else { [] }
    }()

    private static let text = #"""
      {
      "Action": {
        "anyOf": [
          {
            "enum": [
              "allow",
              "deny",
              "warn",
              "audit"
            ]
          },
          {
            "pattern": "^(?:[Aa][Ll][Ll][Oo][Ww]|[Dd][Ee][Nn][Yy]|[Ww][Aa][Rr][Nn]|[Aa][Uu][Dd][Ii][Tt])(?![\\s\\S])"
          }
        ],
        "type": "string"
      },
      "PolicyDocument": {
        "description": "A policy, or a wrapper: an object with `policy`, and nothing beside it but `$schema` and `x-\u2026`.",
        "else": {
          "$ref": "#/components/schemas/Policy"
        },
        "if": {
          "propertyNames": {
            "pattern": "^(?:(?:policy|\\$schema)(?![\\s\\S])|x-)"
          },
          "required": [
            "policy"
          ],
          "type": "object"
        },
        "then": {
          "$ref": "#/components/schemas/Wrapper"
        }
      },
      "Expression": {
        "pattern": "^(?:[\\u0000-\\u0020\\u007f-\\u00a0\\u00ad\\u034f\\u061c\\u115f-\\u1160\\u1680\\u17b4-\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufff8\udb40\udc00-\udb43\udfff]|//[^\\n\\r]*(?:[\\n\\r]|(?![\\s\\S])))*(?:[^\\u0000-\\u0020\\u007f-\\u00a0\\u00ad\\u034f\\u061c\\u115f-\\u1160\\u1680\\u17b4-\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufff8\udb40\udc00-\udb43\udfff/]|/(?!/))",
        "type": "string"
      },
      "Policy": {
        "additionalProperties": false,
        "description": "A name, and rules that each pair a condition with an action.",
        "not": {
          "required": [
            "resource_type",
            "resource_types"
          ]
        },
        "patternProperties": {
          "^x-": {
            "description": "For tools; ignored, but for `x-policycortex`."
          }
        },
        "properties": {
          "$schema": {
            "description": "The schema for editors; ignored."
          },
          "author": {
            "description": "Who wrote the policy.",
            "type": "string"
          },
          "auto_remediation": {
            "default": false,
            "description": "Whether violations may be mended without a person.",
            "type": "boolean"
          },
          "category": {
            "description": "The area the policy belongs to.",
            "type": "string"
          },
          "compliance_frameworks": {
            "description": "The frameworks the policy helps to comply with.",
            "items": {
              "type": "string"
            },
            "type": "array"
          },
          "compliance_mapping": {
            "description": "The controls of frameworks that the policy implements.",
            "items": {
              "additionalProperties": false,
              "patternProperties": {
                "^x-": {
                  "description": "For tools; ignored, but for `x-policycortex`."
                }
              },
              "properties": {
                "control": {
                  "description": "The control's number or name in the framework.",
                  "type": "string"
                },
                "framework": {
                  "description": "The framework, such as `SOC2`.",
                  "type": "string"
                }
              },
              "required": [
                "framework",
                "control"
              ],
              "type": "object"
            },
            "type": "array"
          },
          "default_action": {
            "anyOf": [
              {
                "enum": [
                  "allow",
                  "deny"
                ]
              },
              {
                "pattern": "^(?:[Aa][Ll][Ll][Oo][Ww]|[Dd][Ee][Nn][Yy])(?![\\s\\S])"
              }
            ],
            "default": "allow",
            "description": "What is decided where no rule decides; any letter case.",
            "type": "string"
          },
          "description": {
            "description": "What the policy is for.",
            "type": "string"
          },
          "enabled": {
            "default": true,
            "description": "Whether the policy counts at all.",
            "type": "boolean"
          },
          "id": {
            "description": "Identifies the policy.",
            "type": "string"
          },
          "metadata": {
            "description": "Anything; never checked.",
            "type": "object"
          },
          "name": {
            "description": "What people call the policy: 1 to 128 characters, not blank.",
            "maxLength": 128,
            "minLength": 1,
            "pattern": "[^\\u0000-\\u0020\\u007f-\\u00a0\\u00ad\\u034f\\u061c\\u115f-\\u1160\\u1680\\u17b4-\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufff8\udb40\udc00-\udb43\udfff]",
            "type": "string"
          },
          "remediation": {
            "additionalProperties": false,
            "description": "How violations are mended.",
            "patternProperties": {
              "^x-": {
                "description": "For tools; ignored, but for `x-policycortex`."
              }
            },
            "properties": {
              "actions": {
                "description": "What is done, in order.",
                "items": {
                  "type": "string"
                },
                "type": "array"
              },
              "auto_fix": {
                "default": false,
                "description": "Whether it is done without a person.",
                "type": "boolean"
              }
            },
            "type": "object"
          },
          "resource_type": {
            "description": "The type of resource the policy applies to, such as `AWS::S3::Bucket`; without one it applies to all.",
            "type": "string"
          },
          "resource_types": {
            "description": "The types of resource the policy applies to; not beside `resource_type`.",
            "items": {
              "type": "string"
            },
            "type": "array"
          },
          "rules": {
            "description": "The rules. All are evaluated; their order decides nothing.",
            "items": {
              "$ref": "#/components/schemas/Rule"
            },
            "minItems": 1,
            "type": "array"
          },
          "severity": {
            "$ref": "#/components/schemas/Severity",
            "description": "How much the policy matters; any letter case."
          },
          "tags": {
            "description": "Words to find the policy by.",
            "items": {
              "type": "string"
            },
            "type": "array"
          },
          "variables": {
            "additionalProperties": {
              "$ref": "#/components/schemas/Expression"
            },
            "description": "Named CEL expressions, used as `variables.name`; later ones may use earlier ones.",
            "type": "object"
          },
          "version": {
            "description": "The policy's version, in whatever scheme its author uses; quote it in YAML.",
            "type": "string"
          }
        },
        "required": [
          "name",
          "rules"
        ],
        "type": "object"
      },
      "Rule": {
        "additionalProperties": false,
        "description": "A condition, and the action it asks for where the condition is true.",
        "oneOf": [
          {
            "required": [
              "action"
            ]
          },
          {
            "required": [
              "effect"
            ]
          }
        ],
        "patternProperties": {
          "^x-": {
            "description": "For tools; ignored, but for `x-policycortex`."
          }
        },
        "properties": {
          "action": {
            "$ref": "#/components/schemas/Action",
            "description": "What the rule asks for; any letter case."
          },
          "condition": {
            "$ref": "#/components/schemas/Expression",
            "description": "A CEL expression that says to which requests the rule applies, such as `resource.encryption.enabled != true`."
          },
          "description": {
            "description": "What the rule is for.",
            "type": "string"
          },
          "effect": {
            "$ref": "#/components/schemas/Action",
            "description": "Another name for `action`; only one of the two may be given."
          },
          "enabled": {
            "default": true,
            "description": "Whether the rule counts at all.",
            "type": "boolean"
          },
          "id": {
            "description": "Identifies the rule; unique in the policy.",
            "type": "string"
          },
          "message": {
            "description": "What to tell the user; `{{ expression }}` is replaced by the expression's value.",
            "type": "string"
          },
          "name": {
            "description": "What people call the rule.",
            "type": "string"
          },
          "severity": {
            "$ref": "#/components/schemas/Severity",
            "description": "How much the rule matters; any letter case."
          },
          "tags": {
            "description": "Words to find the rule by.",
            "items": {
              "type": "string"
            },
            "type": "array"
          }
        },
        "required": [
          "condition"
        ],
        "type": "object"
      },
      "Severity": {
        "anyOf": [
          {
            "enum": [
              "low",
              "medium",
              "high",
              "critical",
              "info"
            ]
          },
          {
            "pattern": "^(?:[Ll][Oo][Ww]|[Mm][Ee][Dd][Ii][Uu][Mm]|[Hh][Ii][Gg][Hh]|[Cc][Rr][Ii][Tt][Ii][Cc][Aa][Ll]|[Ii][Nn][Ff][Oo])(?![\\s\\S])"
          }
        ],
        "type": "string"
      },
      "Wrapper": {
        "additionalProperties": false,
        "description": "A policy under the key `policy`.",
        "patternProperties": {
          "^x-": {
            "description": "For tools; ignored, but for `x-policycortex`."
          }
        },
        "properties": {
          "$schema": {
            "description": "The schema for editors; ignored."
          },
          "policy": {
            "$ref": "#/components/schemas/Policy"
          }
        },
        "required": [
          "policy"
        ],
        "type": "object"
      }
      }
      """#
  }
#endif
