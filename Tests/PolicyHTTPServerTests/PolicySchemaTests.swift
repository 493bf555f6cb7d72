#if Server
  import Foundation
  import MarkedSource
  import Testing

  @testable import PolicyHTTPServer

  /// What the OpenAPI document says of policies.
  struct PolicySchemaTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    private static let source = folder.appendingPathComponent("Sources/PolicyHTTPServer/PolicySchema.swift")
    private static let schema = folder.appendingPathComponent("grammar/policy.schema.json")

    /// The definitions of the published schema, named as components.
    private func definitions() throws -> String {
      let value = try JSONSerialization.jsonObject(with: Data(contentsOf: Self.schema))
      let all = try #require((value as? [String: Any])?["$defs"] as? [String: Any])
      let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      var text = ""
      for name in all.keys.sorted() {
        let definition = try JSONSerialization.data(withJSONObject: all[name] as Any, options: options)
        text += "\(text.isEmpty ? "" : ",\n")\"\(component(name))\": \(String(decoding: definition, as: UTF8.self))"
      }
      let escaped = text.replacing(/#\/\$defs\/([a-z_]+)/) { "#/components/schemas/\(component(String($0.1)))" }
        .unicodeScalars.map { $0.isASCII ? String($0) : escape($0) }.joined()
      return "{\n\(escaped)\n}".replacing(" : ", with: ": ")
    }

    private func component(_ name: String) -> String {
      name == "document" ? "PolicyDocument" : name.prefix(1).uppercased() + name.dropFirst()
    }

    /// As JSON escapes a character, in halves where it must.
    private func escape(_ scalar: Unicode.Scalar) -> String {
      String(scalar).utf16.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined()
    }

    @Test("policies are described as their published schema describes them; RECORD=1 writes it anew")
    func isCurrent() throws {
      let definitions = try definitions()
      if SampleFolder.isRecording {
        let text = """
          #if Server
            /// What `grammar/policy.schema.json` says of policies, as components of the OpenAPI document.
            ///
            /// Written by a test, which also sees that it is current.
            enum PolicySchema {
              static let members: [JSONMember] = {
                if case .object(let members) = JSONValue(reading: Array(text.utf8)) { members } else { [] }
              }()

              private static let text = #\"\"\"
          \(definitions.split(separator: "\n").map { "      " + $0 }.joined(separator: "\n"))
                \"\"\"#
            }
          #endif

          """
        try text.write(to: Self.source, atomically: true, encoding: .utf8)
        return
      }
      let members = JSONValue.object(PolicySchema.members).bytes
      let found = try JSONSerialization.jsonObject(with: Data(members)) as? NSDictionary
      #expect(try found == JSONSerialization.jsonObject(with: Data(definitions.utf8)) as? NSDictionary)
      #expect(PolicySchema.members.map(\.key).contains("PolicyDocument"))
    }
  }
#endif
