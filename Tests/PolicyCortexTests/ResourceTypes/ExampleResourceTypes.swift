import PolicyCortex

/// The resource types that the diagnostics' examples are about.
enum ExampleResourceTypes {
  static let catalogue = try? ResourceTypeCatalogue([SourceText(name: "examples.json", text: schemas)])

  private static let schemas = """
    [
      {
        "typeName": "AWS::S3::Bucket",
        "properties": {
          "BucketName": {"type": "string"},
          "AccessControl": {"type": "string", "deprecated": true},
          "VersioningConfiguration": {"$ref": "#/definitions/VersioningConfiguration"}
        },
        "definitions": {
          "VersioningConfiguration": {
            "type": "object",
            "properties": {"Status": {"type": "string", "enum": ["Enabled", "Suspended"]}},
            "required": ["Status"],
            "additionalProperties": false
          }
        },
        "additionalProperties": false
      },
      {
        "typeName": "AWS::IAM::Role",
        "properties": {"RoleName": {"type": "string"}, "MaxSessionDuration": {"type": "integer"}},
        "additionalProperties": false
      }
    ]
    """
}
