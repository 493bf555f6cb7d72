import Testing

@testable import PolicyServer

struct PolicyHandlerTests {
  private let handler: PolicyHandler

  init() throws {
    let directory = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    handler = try PolicyHandler(resourceTypes: "/\(directory)/ResourceTypes")
  }

  private static func policy(_ condition: String) -> [UInt8] {
    Array(
      """
      name: Disks
      resource_type: Example::Compute::Disk
      rules:
      - condition: \(condition)
        action: deny
        message: "{{ resource.size }} GiB that are not encrypted"
      """.utf8)
  }

  @Test("a good policy is valid")
  func good() {
    let (status, body) = handler.validate(Self.policy("resource.encrypted != true"))
    #expect(status == 200)
    #expect(String(decoding: body, as: UTF8.self) == #"{"valid":true,"diagnostics":[]}"#)
  }

  @Test("a bad policy is answered with all that is wrong, each with its status")
  func bad() {
    let (status, body) = handler.validate(Self.policy("resource.encrypted != 1 || resource.sise > 3"))
    let text = String(decoding: body, as: UTF8.self)
    #expect(status == 422)
    #expect(text.hasPrefix(#"{"error":"Unprocessable Entity","message":"Policy validation failed","code":422"#))
    #expect(text.contains(#""code":"unknown-attribute""#))
    #expect(text.contains("did you mean `size`?"))

    let (malformed, envelope) = handler.validate(Array(#"{"name": "Disks"}"#.utf8))
    #expect(malformed == 400)
    #expect(
      String(decoding: envelope, as: UTF8.self)
        .hasPrefix(#"{"error":"Bad Request","message":"Missing required field: rules","code":400"#))
  }

  @Test("a policy decides on an input")
  func decision() {
    let policy = Self.policy("resource.encrypted != true")
    func answer(_ input: String) -> String {
      let (status, body) = handler.evaluate(policy, on: Array(input.utf8))
      return "\(status) \(String(decoding: body, as: UTF8.self))"
    }
    #expect(
      answer(#"{"resource": {"type": "Example::Compute::Disk", "size": 1}}"#) == #"200 {"decision":"deny"}"#)
    #expect(
      answer(#"{"resource": {"type": "Example::Compute::Disk", "encrypted": true}}"#)
        == #"200 {"decision":"allow"}"#)
    #expect(answer("{}").hasPrefix("400 input.json:1:1: "))
    #expect(handler.evaluate(Array("name: p".utf8), on: []).status == 400)
  }
}
