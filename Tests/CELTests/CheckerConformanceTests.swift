import CEL
import Diagnostics
import Foundation
import MarkedSource
import Testing

/// One test of the published conformance suite, as far as checking is concerned.
struct ConformanceRecord: CustomTestStringConvertible {
  var id: String
  var expression: String
  var environment: Environment
  var isChecked: Bool
  var tier: String
  var expectedType: CELType?

  var testDescription: String { id }

  static let all: [ConformanceRecord] = {
    guard let root = SharedData.root else { return [] }
    let folder = "\(root)/conformance/cel"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().flatMap { name in
      (SharedData.bytes("conformance/cel/\(name)") ?? []).split(separator: 0x0A).compactMap { record($0) }
    }
  }()

  private static func record(_ line: ArraySlice<UInt8>) -> ConformanceRecord? {
    guard let fields = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any],
      let id = fields["id"] as? String, let expression = fields["expr"] as? String
    else { return nil }
    var variables: [VariableDeclaration] = []
    var functions: [FunctionDeclaration] = []
    for entry in fields["type_env"] as? [[String: Any]] ?? [] {
      guard let name = entry["name"] as? String else { continue }
      if let type = entry["type"] { variables.append(VariableDeclaration(name, type: celType(type))) }
      let overloads = (entry["overloads"] as? [[String: Any]] ?? []).map {
        Overload(
          name, isMember: $0["member"] as? Bool ?? false, ($0["params"] as? [Any] ?? []).map(celType),
          celType($0["result"] ?? "dyn"))
      }
      if !overloads.isEmpty { functions.append(FunctionDeclaration(name, overloads)) }
    }
    let expectation = (fields["expect"] as? [String: Any])?["typed"] as? [String: Any]
    return ConformanceRecord(
      id: id, expression: expression,
      environment: Environment(variables, functions: functions, container: fields["container"] as? String ?? ""),
      isChecked: fields["disable_check"] as? Bool == false, tier: fields["tier"] as? String ?? "",
      expectedType: (expectation?["type"]).map(celType))
  }

  private static func celType(_ value: Any) -> CELType {
    let simple: [String: CELType] = [
      "null": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string, "bytes": .bytes,
      "any": .any, "timestamp": .timestamp, "duration": .duration,
    ]
    if let name = value as? String { return simple[name] ?? .dyn }
    guard let (key, part) = (value as? [String: Any])?.first else { return .dyn }
    let parts = part as? [Any] ?? []
    switch key {
    case "list": return .list(celType(part))
    case "map": return parts.count == 2 ? .map(celType(parts[0]), celType(parts[1])) : .dyn
    case "type": return .type(celType(part))
    case "param": return .parameter(part as? String ?? "")
    case "message": return .message(part as? String ?? "")
    case "abstract": return .abstract(parts.first as? String ?? "", parts.dropFirst().map(celType))
    case "wrapper":
      return CELType.Primitive.allCases.first { "\($0)" == part as? String }.map { .wrapper($0) } ?? .dyn
    default: return .dyn
    }
  }
}

@Suite("The published conformance suite, checked")
struct CheckerConformanceTests {
  /// What the suite itself expects to fail.
  static let expectedFaults: Set<String> = [
    "network_ext/ip_type/is_ip_cidr_compile_error",
    // Enums as types of their own, which cel-go leaves out too.
    "enums/strong_proto3/convert_int_neg",
  ]

  @Test(
    "every expression that must check does", .enabled(if: SharedData.root != nil, "the shared data is not there"))
  func checks() {
    #expect(ConformanceRecord.all.count > 1_000)
    for record in ConformanceRecord.all where record.isChecked {
      let result = checked(record.expression, in: record.environment, options: .cel)
      let found = result.diagnostics.map { "\($0.code): \($0.message)" }
      #expect(
        found.isEmpty != Self.expectedFaults.contains(record.id), "\(record.id): \(record.expression): \(found)")
    }
  }

  @Test(
    "every expression has the type the suite says, unless user-defined messages are involved",
    .enabled(if: SharedData.root != nil, "the shared data is not there"))
  func deducedTypes() {
    var count = 0
    for record in ConformanceRecord.all where record.tier != "proto" {
      guard let expected = record.expectedType else { continue }
      count += 1
      let result = checked(record.expression, in: record.environment, options: .cel)
      #expect(result.type == expected, "\(record.id): \(record.expression)")
    }
    #expect(count >= 16 || SharedData.root == nil)
  }
}
