import CEL
import Diagnostics
import MarkedSource
import Source
import Testing

@Suite("Record types")
struct CheckerRecordTests {
  static let account = RecordType(
    "my.pkg.Account",
    [
      RecordType.Field("owner", .string), RecordType.Field("age", .int), RecordType.Field("ratio", .double),
      RecordType.Field("limit", .wrapper(.int), hasPresence: true), RecordType.Field("tags", .list(.string)),
      RecordType.Field("extra", .map(.string, .dyn)), RecordType.Field("parent", .message("my.pkg.Account")),
      RecordType.Field("any", .any), RecordType.Field("kind", .int), RecordType.Field("since", .timestamp),
      RecordType.Field("wait", .duration), RecordType.Field("a-b", .bool),
      RecordType.Field("stranger", .message("other.Stranger")),
    ])

  static let environment = Environment(
    [
      VariableDeclaration("account", type: .message("my.pkg.Account")),
      VariableDeclaration("stranger", type: .message("other.Stranger")),
      VariableDeclaration("maybe", type: .optional(.message("my.pkg.Account"))), VariableDeclaration("d"),
    ], container: "my.pkg", types: [account, RecordType("Top", [])],
    constants: [ConstantDeclaration("my.pkg.Kind.OPEN", type: .int)])

  private func check(_ text: String) -> CheckedCondition { checked(text, in: Self.environment, options: .cel) }

  @Test(
    "fields, literals and names of record types have their types",
    arguments: [
      ("account.owner", "string"), ("account.limit", "wrapper(int)"), ("account.parent.parent.age", "int"),
      ("account.any.whatever", "dyn"), ("account.extra.x", "dyn"), ("has(account.parent.age)", "bool"),
      ("account.?owner", "optional(string)"), ("maybe.parent.age", "optional(int)"),
      ("maybe.?parent.?age", "optional(int)"), ("account.`a-b`", "bool"), ("stranger.anything", "dyn"),
      ("account.stranger.anything", "dyn"), ("account.tags.map(t, t.size())", "list(int)"),
      ("Account{}", "my.pkg.Account"), ("my.pkg.Account{}", "my.pkg.Account"), (".my.pkg.Account{}", "my.pkg.Account"),
      ("pkg.Account{}", "my.pkg.Account"), ("my.Account{}", "error"), ("Top{}", "Top"), (".Top{}", "Top"),
      ("Account{owner: 'a', age: 1, ratio: 1.5, limit: 2, tags: ['x'], extra: {'a': 1}}", "my.pkg.Account"),
      (
        "Account{limit: null, parent: null, any: 1, kind: Kind.OPEN, since: null, tags: [], extra: {}}",
        "my.pkg.Account"
      ),
      ("Account{owner: d, tags: d, parent: Account{age: d}, any: account, `a-b`: true}.parent.owner", "string"),
      ("Account{?owner: account.?owner, ?limit: optional.of(1)}", "my.pkg.Account"),
      ("Account", "type(my.pkg.Account)"), ("type(account) == Account", "bool"),
      (".my.pkg.Account", "type(my.pkg.Account)"),
      ("Kind.OPEN", "int"), ("my.pkg.Kind.OPEN + 1", "int"), ("[account, null][0]", "my.pkg.Account"),
      ("[Account{}].map(Account, Account.age)", "list(int)"),
    ])
  func types(text: String, type: String) {
    let result = check(text)
    #expect(result.type.description == type)
    #expect(result.diagnostics.isEmpty == (type != "error"), "\(result.diagnostics.map(\.message))")
  }

  @Test(
    "what a record type does not have or take is reported at its place",
    arguments: [
      ("account.1️⃣onwer", "no such field `onwer` on `my.pkg.Account`; did you mean `owner`?"),
      ("account.1️⃣nothing + 1", "no such field `nothing` on `my.pkg.Account`"),
      ("has(account.parent . 1️⃣nothing)", "no such field `nothing` on `my.pkg.Account`"),
      ("account.?1️⃣nothing", "no such field `nothing` on `my.pkg.Account`"),
      ("maybe.1️⃣nothing", "no such field `nothing` on `my.pkg.Account`"),
      ("account.1️⃣`a-c`", "no such field `a-c` on `my.pkg.Account`; did you mean `a-b`?"),
      ("Account{1️⃣nothing: 1}", "no such field `nothing` on `my.pkg.Account`"),
      ("Account{1️⃣agee: 1}.owner", "no such field `agee` on `my.pkg.Account`; did you mean `age`?"),
      ("Account{owner: 1️⃣1}", "`owner` of `my.pkg.Account` is `string`, and this is `int`"),
      ("Account{age: 1️⃣null}", "`age` of `my.pkg.Account` is `int`, and this is `null`"),
      ("Account{tags: 1️⃣[1]}", "`tags` of `my.pkg.Account` is `list(string)`, and this is `list(int)`"),
      ("Account{limit: 1️⃣'a'}", "`limit` of `my.pkg.Account` is `wrapper(int)`, and this is `string`"),
      ("Account{parent: 1️⃣Top{}}", "`parent` of `my.pkg.Account` is `my.pkg.Account`, and this is `Top`"),
      ("Account{ratio: 1️⃣1}", "`ratio` of `my.pkg.Account` is `double`, and this is `int`"),
      ("Account{?owner: 1️⃣'a'}", "an entry with `?` must be `optional`, and this is `string`"),
      ("1️⃣Acount{owner: 1}.age", "undeclared reference `Acount`"),
      (
        "[1, 1️⃣my . pkg // why\n .Acount {}]",
        "undeclared reference `my.pkg.Acount`; did you mean `my.pkg.Account`?"
      ),
      (
        "google.protobuf.Int64Value{value: 1️⃣'a'}",
        "`value` of `google.protobuf.Int64Value` is `int`, and this is `string`"
      ),
      (
        "google.protobuf.Struct{1️⃣field: {}}",
        "no such field `field` on `google.protobuf.Struct`; did you mean `fields`?"
      ),
      (
        "google.protobuf.Struct{fields: 1️⃣{1: 2}}",
        "`fields` of `google.protobuf.Struct` is `map(string, dyn)`, and this is `map(int, int)`"
      ),
      (
        "1️⃣google.protobuf.Int46Value{}",
        "undeclared reference `google.protobuf.Int46Value`; did you mean `google.protobuf.Int64Value`?"
      ),
      ("google.protobuf.Empty{1️⃣a: 1}", "no such field `a` on `google.protobuf.Empty`"),
    ])
  func faults(marked: String, message: String) {
    let source = MarkedSource(marked)
    let result = check(source.text)
    #expect(result.syntaxErrors.map(\.message) == [])
    #expect(result.diagnostics.map(\.message) == [message])
    #expect(result.diagnostics.first?.span.start == source.offset("1️⃣"))
  }

  @Test(
    "literals of the well-known messages are values of CEL's own types",
    arguments: [
      ("google.protobuf.Int64Value{value: 1}", "wrapper(int)"), ("google.protobuf.UInt32Value{}", "wrapper(uint)"),
      ("google.protobuf.BoolValue{value: true}", "wrapper(bool)"),
      ("google.protobuf.FloatValue{value: 1.5}", "wrapper(double)"),
      ("google.protobuf.Struct{fields: {'a': 1, 'b': [true]}}", "map(string, dyn)"),
      ("google.protobuf.Value{struct_value: {'a': 1}}", "dyn"), ("google.protobuf.Value{null_value: null}", "dyn"),
      ("google.protobuf.Value{null_value: google.protobuf.NullValue.NULL_VALUE}", "dyn"),
      ("google.protobuf.Value{list_value: [1, 'a'], number_value: 1.0, string_value: 'a', bool_value: true}", "dyn"),
      ("google.protobuf.ListValue{values: [1, 'a']}", "list(dyn)"),
      ("google.protobuf.Timestamp{seconds: 1, nanos: 2}", "timestamp"),
      ("google.protobuf.Duration{seconds: 1}", "duration"), ("google.protobuf.Any{type_url: 'a', value: b'b'}", "any"),
      ("google.protobuf.FieldMask{paths: ['a']}", "google.protobuf.FieldMask"),
      ("google.protobuf.Empty{}", "google.protobuf.Empty"),
    ])
  func wellKnown(text: String, type: String) {
    let result = checked(text, in: Environment([]), options: .cel)
    #expect(result.diagnostics.map(\.message) == [])
    #expect(result.type.description == type)
  }

  @Test("a literal says which record type it is of")
  func literals() {
    let text = "[Account{}, google.protobuf.Int32Value{value: 1}]"
    let (tree, _) = parseExpression(text, options: .cel)
    var checker = Checker(Self.environment)
    var diagnostics: [Diagnostic] = []
    var copy = text
    copy.withUTF8 { unsafe checker.check(tree, text: $0, expectsBool: false, into: &diagnostics) }
    let names = tree.nodes.indices.compactMap { checker.recordType(of: ExpressionID($0)) }
      .map { checker.recordTypes[$0].name }
    #expect(names == ["my.pkg.Account", "google.protobuf.Int32Value"])
  }
}
