import CEL
import Glibc
import PolicyCortex
import Testing

/// What may be shared between threads is; run with `--sanitize=thread`.
@Suite("Eight threads")
struct ConcurrencyTests {
  static let policy = """
    name: shared
    rules:
      - condition: resource.name.matches('^[a-z]+(-[a-z0-9]+)*$') && size(resource.tags) > 3
        action: deny
      - condition: now.getHours('Europe/London') > 18 || resource.when < timestamp('2024-02-30T00:00:00Z')
        action: warn
      - condition: resource.name.matches('(a') || resorce.name == 'x' || startWith('a')
        action: allow
      - condition: resource.list.exists(x, x.name == 'a' && [1, 2].all(y, y < x.count)) and not resource.off
        action: deny
        message: "{{resource.name}} of {{resource.}}"
    """

  @Test("validate with one validator, and report the same", arguments: [1, 2])
  func validator(workers: Int) {
    let validator = PolicyValidator(workers: workers)
    let bytes = Array(Self.policy.utf8)
    let expected = Self.report(validator.validate(bytes, name: "shared.yaml"))
    let reports = onEightThreads {
      (0..<10).map { _ in Self.report(validator.validate(bytes, name: "shared.yaml")) }
    }
    #expect(reports.count == 8)
    #expect(reports.allSatisfy { $0 == [String](repeating: expected, count: 10) })
    #expect(expected.contains("invalid"))
  }

  static let schemas = [
    #"""
    [{"typeName": "T::Disk", "properties": {
       "type": {"type": "string"}, "name": {"type": "string"}, "size": {"$ref": "#/definitions/Size"},
       "kind": {"enum": ["fast", "slow"], "type": "string"}},
      "definitions": {"Size": {"type": "object", "properties": {"bytes": {"type": "integer"}}}}},
     {"typeName": "T::Net", "properties": {"type": {"type": "string"}, "open": {"type": "boolean"}}}]
    """#
  ]

  static let typedPolicy = """
    - name: disks
      resource_type: T::Disk
      rules:
        - {condition: resource.size.bytes > 5 && resource.kind == 'fast', action: deny}
        - {condition: resource.size.byte > 5 || resource.kind == 'fats', action: warn}
        - {condition: resource.open, action: warn, message: "{{resource.size.bytes}} of {{principal.name}}"}
    - name: both
      resource_types: [T::Disk, T::Net]
      rules:
        - {condition: resource.open == true || resource.name == principal.nam, action: warn}
    """

  @Test("validate and evaluate with one validator of resource types that nobody has used yet, and say the same")
  func resourceTypes() throws {
    let policy = Array(Self.typedPolicy.utf8)
    let input = Array(
      #"{"resource": {"type": "T::Disk", "name": "a", "size": {"bytes": 7.0}, "kind": "fast"}}"#.utf8)
    var answers: Set<String> = []
    for _ in 0..<20 {
      let catalogue = try ResourceTypeCatalogue(
        Self.schemas.map { SourceText(name: "schemas.json", text: $0) })
      var inputs = InputSchemas()
      let principal = #"{"type": "object", "properties": {"name": {"type": "string"}}, "additionalProperties": false}"#
      try inputs.describe(.principal, by: SourceText(name: "principal.json", text: principal))
      let validator = PolicyValidator(resourceTypes: catalogue, inputs: inputs)
      let results = onEightThreads {
        let report = validator.validate(policy, name: "typed.yaml")
        let body = String(decoding: report.responseBody(), as: UTF8.self)
        let answer = try? PolicyEvaluator(report.policies, validatedBy: validator).evaluate(input)
        let rules = answer?.rules.map { "\($0.outcome) \($0.error ?? "") \($0.message ?? "")" } ?? []
        return ([body, answer?.decision.rawValue ?? "none"] + rules).joined(separator: "\n")
      }
      #expect(results.count == 8)
      answers.formUnion(results)
    }
    let answer = try #require(answers.first)
    #expect(answers.count == 1, "\(answers)")
    for code in ["unknown-attribute", "unknown-enum-value", "attribute-of-other-type"] {
      #expect(answer.contains("\"code\":\"\(code)\""), "\(code): \(answer)")
    }
    #expect(answer.contains("\ndeny\napplies"), "\(answer)")
  }

  @Test("a validator says the same whatever it has validated before")
  func order() throws {
    let catalogue = try ResourceTypeCatalogue(Self.schemas.map { SourceText(name: "types.json", text: $0) })
    let policies = [
      Self.policy, Self.typedPolicy,
      "name: n\nvariables: {open: resource.open}\nrules: [{condition: 'variables.open && variables.opne', action: warn}]",
      "name: d\nresource_type: T::Disk\nrules: [{condition: 'resource.size.bites > 1 || resource.nam', action: warn}]",
      "name: u\nrules: [{condition: 'resource.size.bites > 1 || variables.x', action: warn}]",
      "name: e\nrules: [{condition: 'a ==', action: warn}, {condition: '', action: warn}]",
    ].map { Array($0.utf8) }
    let expected = policies.map {
      Self.report(PolicyValidator(resourceTypes: catalogue).validate($0, name: "policy.yaml"))
    }
    #expect(Set(expected).count == expected.count)
    let validator = PolicyValidator(resourceTypes: catalogue)
    for first in policies.indices {
      for second in policies.indices {
        for index in [first, second] {
          #expect(Self.report(validator.validate(policies[index], name: "policy.yaml")) == expected[index])
        }
      }
    }
  }

  private static func report(_ report: ValidationReport) -> String {
    report.diagnostics.map { "\($0.code) \($0.span): \($0.message)" }.joined(separator: "\n")
  }

  /// A literal, a pattern for PCRE2, two for the linear matcher, and one that is known only during the evaluation.
  static let expressions = [
    "m.name.matches('web')", "m.name.matches('^[a-z]+-[0-9]{2,}$')", "m.name.matches('(w+e*)+b-(1|12)+$')",
    "m.names.exists(n, n.matches(m.pattern))", "m.names.map(n, regex.replace(n, '(a*)*b', '<\\\\1>'))",
    "['Europe/London', 'Asia/Tokyo', 'Nowhere/Land', '+01:30'].map(z, optional.of(1).optMap(i, t.getHours(z)))",
    "m.names.map(n, n + m.name).filter(n, size(n) > 3).join('%s'.format([m.name]))",
    "m.count / 0 == 1 || m.names[m.count] == 'cab'",
  ]

  @Test("evaluate one program over one activation, and get the same", arguments: expressions)
  func program(text: String) throws {
    let environment = Environment([VariableDeclaration("m"), VariableDeclaration("t", type: .timestamp)])
    let activation = Activation(environment)
    let value = CELValue.map([
      CELValue.Entry(.string("name"), .string("web-12")), CELValue.Entry(.string("count"), .int(2)),
      CELValue.Entry(.string("names"), .list([.string("aab"), .string(""), .string("cab")])),
      CELValue.Entry(.string("pattern"), .string("^(a|b|aa)+$")),
    ])
    activation.set(0, to: try activation.arena.value(value))
    activation.set(1, to: .timestamp(try #require(Timestamp(seconds: 1_709_251_199))))

    // Each time with a program that nobody has run yet: its patterns are prepared at the first match.
    for _ in 0..<20 {
      let program = Self.program(text, environment)
      let results = onEightThreads {
        let evaluator = Evaluator()
        return (0..<3).map { _ in Self.outcome(program, evaluator, activation) }
      }
      let expected = Self.outcome(program, Evaluator(), activation)
      #expect(results.count == 8)
      #expect(results.allSatisfy { $0 == [expected, expected, expected] }, "\(text): \(expected), \(results)")
    }
  }

  private static func program(_ text: String, _ environment: Environment) -> Program {
    var parser = Parser(options: .cel)
    var checker = Checker(environment)
    let bytes = Array(text.utf8)
    unsafe bytes.withUnsafeBufferPointer { unsafe parser.parse($0) }
    var diagnostics = parser.diagnostics
    unsafe bytes.withUnsafeBufferPointer {
      unsafe checker.check(parser.tree, text: $0, expectsBool: false, into: &diagnostics)
    }
    #expect(diagnostics.isEmpty, "\(text)")
    var builder = ProgramBuilder()
    return builder.program(parser.tree, &checker)
  }

  private static func outcome(_ program: Program, _ evaluator: Evaluator, _ activation: Activation) -> String {
    do { return "\(try evaluator.result(of: program, activation))" } catch { return "\(error)" }
  }
}

/// What a thread does, and what came of it.
private final class Work<Result: Sendable>: @unchecked Sendable {
  // INVARIANT: only the thread writes `result`, and who asks for it has waited for the thread.
  private(set) var result: Result?
  private let body: @Sendable () -> Result

  init(_ body: @escaping @Sendable () -> Result) { self.body = body }

  func run() { result = body() }
}

/// What a thread starts with: C's entry point knows nothing of the result's type.
private final class Entry: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// Does the same on eight threads at once, however many cores there are.
///
/// No `Mutex` is used, since the thread sanitizer does not see through it.
private func onEightThreads<Result: Sendable>(_ body: @escaping @Sendable () -> Result) -> [Result] {
  var threads: [(thread: pthread_t, work: Work<Result>)] = []
  for _ in 0..<8 {
    let work = Work(body)
    let context = unsafe Unmanaged.passRetained(Entry { work.run() }).toOpaque()
    var thread = pthread_t()
    let failure = unsafe pthread_create(
      &thread, nil,
      { context in
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<Entry>.fromOpaque(context).takeRetainedValue().body()
        return nil
      }, context)
    if failure == 0 { threads.append((thread, work)) }
  }
  return threads.compactMap { thread, work in
    pthread_join(thread, nil)
    return work.result
  }
}
