import Diagnostics
import Testing

/// What is said of conditions, and what is not: each row a condition with markers, and the codes at them.
@Suite("Advice on conditions")
struct ConditionAdviceTests {
  @Test(
    "nothing is in an empty list",
    arguments: [
      ("1️⃣resource.a in []", 1), ("1️⃣resource.a in {}", 1), ("1️⃣[].exists(x, x == resource.a)", 1),
      ("resource.a && 1️⃣[].all(x, x)", 1), ("1️⃣[].map(x, x) == []", 1),
      ("resource.a in [1]", 0), ("resource.a == []", 0), ("resource.a.filter(x, x) == []", 0),
      ("cel.bind(x, resource.a, x == 1)", 0), ("resource.?a.optMap(x, x).hasValue()", 0),
      ("size([]) == resource.a", 0), ("(resource.a == 1 ? [] : [1]).exists(x, x == 2)", 0),
    ])
  func emptyMembership(marked: String, count: Int) {
    expectAdvice(marked, [String](repeating: "empty-membership", count: count))
  }

  @Test(
    "letter case that a function does not leave never matches",
    arguments: [
      ("resource.a.lowerAscii() == 1️⃣\"ABC\"", 1), ("resource.a.upperAscii() != 1️⃣'abc'", 1),
      ("resource.a.lowerAscii() in [\"a\", 1️⃣\"B\", 2️⃣\"cC\"]", 2),
      ("resource.a.lowerAscii().startsWith(1️⃣\"A\") || resource.a.upperAscii().endsWith(2️⃣\"x\")", 2),
      ("resource.a.lowerAscii().contains(1️⃣r\"A\")", 1), ("resource.a.lowerAscii() == 1️⃣\"\\x41\"", 1),
      ("resource.a.lowerAscii() == \"abc\"", 0), ("resource.a.upperAscii() == \"ABC-1\"", 0),
      ("resource.a.lowerAscii() == \"Ä\"", 0), ("resource.a.lowerAscii() == resource.a", 0),
      ("resource.a.lowerAscii().matches(\"A\")", 0), ("resource.a.trim() == \"ABC\"", 0),
      ("resource.a.lowerAscii() in resource.b", 0), ("resource.a.startsWith(\"A\")", 0),
    ])
  func caseMismatch(marked: String, count: Int) {
    expectAdvice(marked, [String](repeating: "case-mismatch", count: count))
  }

  @Test(
    "operators that bind otherwise than they read",
    arguments: [
      ("1️⃣!resource.a in resource.b", 1), ("1️⃣!resource.a == resource.b", 1),
      ("1️⃣!(resource.a) in resource.b", 1), ("true && 1️⃣!resource.a in resource.b", 1),
      ("1️⃣resource.a and resource.b or resource.c", 1), ("resource.c or 1️⃣resource.a and resource.b", 1),
      ("1️⃣resource.a && resource.b or resource.c", 1), ("1️⃣resource.a and resource.b || 2️⃣resource.c and resource.d", 2),
      ("!(resource.a in resource.b)", 0), ("(!resource.a) in resource.b", 0), ("not resource.a in resource.b", 0),
      ("not resource.a == \"x\"", 0), ("!resource.a == !resource.b", 0), ("!resource.a && resource.b in [1]", 0),
      ("(resource.a and resource.b) or resource.c", 0), ("resource.a && resource.b || resource.c", 0),
      ("resource.a and (resource.b or resource.c)", 0), ("resource.a or resource.b or resource.c", 0),
      ("resource.l.exists(x, x.a && x.b) or resource.c", 0),
    ])
  func suspiciousPrecedence(marked: String, count: Int) {
    expectAdvice(marked, [String](repeating: "suspicious-precedence", count: count))
  }

  @Test(
    "two attributes that may both be absent decide by that",
    arguments: [
      ("1️⃣resource.a == principal.b", 1), ("1️⃣resource.a != principal.b", 1), ("1️⃣resource.t[\"a\"] == context.b", 1),
      ("resource.a != \"x\" && 1️⃣resource.a == principal.b", 1), ("resource.c && 1️⃣resource.a == principal.b", 1),
      ("resource.l.exists(x, 1️⃣x.a == principal.b)", 1), ("has(resource.c) && 1️⃣resource.a == resource.b", 1),
      ("resource.a == \"x\" || 1️⃣resource.a == principal.b", 1), ("resource.c ? 1️⃣resource.a == resource.b : false", 1),
      ("has(resource.a) && resource.a == principal.b", 0), ("resource.a == principal.b && has(principal.b)", 0),
      ("resource.a != null && resource.a == principal.b", 0), ("resource.a == null || resource.a == principal.b", 0),
      ("!has(principal.b) || resource.a != principal.b", 0),
      ("resource.a.startsWith(\"x\") && resource.a == principal.b", 0),
      ("has(resource.a.c) && (resource.a == principal.b || resource.d)", 0),
      ("has(resource.a) ? resource.a == principal.b : false", 0), ("resource.a == \"x\"", 0),
      ("resource.a == resource.a", 0),
      ("resource.l.exists(x, has(x.a) && x.a == principal.b)", 0), ("resource.l.exists(x, x == principal.b)", 0),
      ("resource.l.filter(x, has(x.a)).exists(x, x.a == principal.b)", 0), ("resource.?a == principal.?b", 0),
      ("{\"a\": 1}.a == {\"b\": 1}.b", 0), ("resource.a < principal.b", 0),
    ])
  func absentDecides(marked: String, count: Int) {
    expectAdvice(marked, [String](repeating: "absent-decides", count: count))
  }

  @Test(
    "a loop variable hides a name in scope",
    arguments: [
      ("resource.l.exists(1️⃣context, context.a)", 1), ("resource.l.all(1️⃣now, now == 1)", 1),
      ("resource.l.exists(x, x.l.exists(1️⃣x, x == 1))", 1), ("cel.bind(1️⃣request, 1, request == resource.a)", 1),
      ("resource.m.all(k, 1️⃣variables, k == variables)", 1),
      ("resource.l.exists(x, x.a) && resource.m.exists(x, x.b)", 0), ("resource.l.exists(x, x.a.exists(y, y == x))", 0),
      ("resource.l.filter(x, x.a).exists(x, x.b)", 0), ("resource.l.exists(string, string == \"a\")", 0),
    ])
  func shadowedName(marked: String, count: Int) {
    expectAdvice(marked, [String](repeating: "shadowed-name", count: count))
  }

  @Test(
    "what time has settled stays as it is",
    arguments: [
      ("1️⃣now < timestamp(\"2026-01-01T00:00:00Z\")", 1), ("1️⃣now > timestamp(\"2026-01-01T00:00:00Z\")", 1),
      ("1️⃣timestamp(\"2026-01-01T00:00:00Z\") >= now", 1), ("1️⃣now == timestamp(0)", 1),
      ("1️⃣now - duration(\"24h\") > timestamp(\"2026-01-01T00:00:00Z\")", 1),
      ("1️⃣now - timestamp(\"2026-01-01T00:00:00Z\") > duration(\"24h\")", 1), ("1️⃣now.getFullYear() < 2026", 1),
      ("1️⃣now.getFullYear() >= 2026", 1), ("1️⃣now.getFullYear() == 2025", 1),
      ("now < timestamp(\"2027-01-01T00:00:00Z\")", 0), ("now > timestamp(\"2027-01-01T00:00:00Z\")", 0),
      ("now.getFullYear() == 2026", 0), ("now.getFullYear() > 2026", 0), ("now.getMonth() == 3", 0),
      ("now.getFullYear(\"Asia/Tokyo\") < 2026", 0), ("now > timestamp(resource.a)", 0), ("resource.a < now", 0),
      ("timestamp(resource.a) < timestamp(\"2020-01-01T00:00:00Z\")", 0),
      ("now - duration(\"9000h\") > timestamp(\"2026-11-01T00:00:00Z\")", 0),
    ])
  func expiredTimestamp(marked: String, count: Int) {
    expectAdvice(marked, [String](repeating: "expired-timestamp", count: count))
  }

  @Test(
    "a denial that does not look at the resource",
    arguments: [
      ("1️⃣true", "deny", 1), ("1️⃣principal.mfa != true", "deny", 1), ("(1️⃣context.a == 1)", "deny", 1),
      ("true", "warn", 0), ("principal.mfa != true", "allow", 0), ("resource.a", "deny", 0),
      ("size(resource) > 0", "deny", 0), ("principal.a in resource.b", "deny", 0),
      ("principal.l.exists(x, x == resource.a)", "deny", 0),
    ])
  func unconditionalRule(marked: String, action: String, count: Int) {
    expectAdvice(marked, [String](repeating: "unconditional-rule", count: count), action: action)
  }

  @Test(
    "what can be said more simply, and how",
    arguments: [
      ("(resource.a == 1) == true", "(resource.a == 1)"), ("has(resource.a) == false", "!has(resource.a)"),
      ("resource.a == 1 != true", "!(resource.a == 1)"),
      ("true == (resource.a && resource.b)", "(resource.a && resource.b)"),
      ("false != resource.a.startsWith(\"x\")", "resource.a.startsWith(\"x\")"),
      ("false == (resource.a in [1])", "!(resource.a in [1])"),
      ("!!(resource.a == 1)", "(resource.a == 1)"), ("!! has(resource.a)", "has(resource.a)"),
      ("resource.a == \"x\" || resource.a == \"y\"", "resource.a in [\"x\", \"y\"]"),
      (
        "resource.c || resource.a == 1 || resource.a == 2 || resource.b",
        "resource.c || resource.a in [1, 2] || resource.b"
      ),
      ("resource.t[\"k\"] == 'x' || resource.t[\"k\"] == 'y'", "resource.t[\"k\"] in ['x', 'y']"),
      ("\"x\" == resource.a", "resource.a == \"x\""), ("5 < size(resource.a)", "size(resource.a) > 5"),
      ("null != resource.a.b", "resource.a.b != null"),
      ("'x' == (resource.a + resource.b)", "(resource.a + resource.b) == 'x'"),
      // Nothing is simpler, or nothing is sure.
      ("resource.a == true", nil), ("resource.a != false", nil), ("!!resource.a", nil),
      ("resource.a == \"x\" || resource.b == \"x\"", nil),
      ("resource.a == \"x\" || resource.a == 1", nil), ("resource.a != \"x\" || resource.a != \"y\"", nil),
      ("resource.a == \"x\" && resource.a == \"y\"", nil), ("1 < resource.a && resource.a < 5", nil),
      ("\"x\" in resource.a", nil),
      ("resource.a == null || resource.a == \"x\"", nil),
      ("resource.a == \"x\" || resource.b || resource.a == \"y\"", nil),
      ("resource.versioning.status != \"Enabled\" || resource.versioning.status == null", nil),
    ] as [(String, String?)])
  func simplifiable(condition: String, meant: String?) {
    #expect(fixed(condition, "simplifiable-condition") == meant)
    if meant == nil { expectAdvice(condition, []) }
  }

  @Test("a comment is not lost to a fix-it: the hint is given without one")
  func commentStays() {
    let condition = "resource.a == \"x\" // the first\n|| resource.a == \"y\""
    #expect(advice(on: condition).map(\.code) == ["simplifiable-condition"])
    #expect(fixed(condition, "simplifiable-condition") == nil)
    #expect(fixed("resource.a == \"http://a\" || resource.a == \"http://b\"", "simplifiable-condition") != nil)
  }

  @Test(
    "what an operand before it has settled need not be asked",
    arguments: [
      ("resource.a.b == \"x\" && has(resource.a) && resource.c", "resource.a.b == \"x\" && resource.c"),
      ("resource.a != null && has(resource.a)", "resource.a != null"),
      ("has(resource.a) && has(resource.a)", "has(resource.a)"),
      ("has(resource.a.b) && resource.a != null && resource.c", "has(resource.a.b) && resource.c"),
      ("resource.a in [\"x\"] && resource.a != null", "resource.a in [\"x\"]"),
      ("!has(resource.a) || !has(resource.a) || resource.b", "!has(resource.a) || resource.b"),
      ("resource.a == null || !has(resource.a) || resource.b", "resource.a == null || resource.b"),
      ("resource.l.exists(x, x.a == 1 && has(x.a))", "resource.l.exists(x, x.a == 1)"),
      // The order in which people write it, and questions that are not settled.
      ("has(resource.a) && resource.a == \"x\"", nil), ("has(resource.a) && resource.a != null", nil),
      ("resource.a.startsWith(\"x\") && has(resource.a)", nil), ("resource.a != \"x\" && has(resource.a)", nil),
      ("resource.a != \"x\" || resource.a == null", nil), ("resource.a == null || resource.a == \"x\"", nil),
      ("has(resource.a) || has(resource.a)", nil), ("has(resource.a) && has(resource.b)", nil),
      ("has(resource.a) && has(resource.a.b)", nil), ("resource.a == null && has(resource.a)", nil),
      ("resource.a in [null] && resource.a != null", nil), ("resource.l[0].a == 1 && resource.l != null", nil),
    ] as [(String, String?)])
  func redundantExistenceCheck(condition: String, meant: String?) {
    #expect(fixed(condition, "redundant-existence-check") == meant)
    if meant == nil { expectAdvice(condition, []) }
  }

  @Test("what depends on an error is not judged, and the rest is")
  func errors() {
    let policy =
      #"{"name": "p", "rules": [{"condition": "resorce.a in [] && resource.b in []", "action": "warn"}]}"#
    let report = policyReport(policy)
    #expect(report == ["undeclared-reference 39", "empty-membership 58"])
  }
}
