"""The TextMate grammars colour what the language server says that words are, and call nothing that is right invalid."""

import json

import pytest

import samples
import textmate
from conftest import BINARY
from marked import Marked
from session import Session

# Each mark and the scope of its first character, innermost.
LINES = [
    (
        "⟦resource⟧⟦.⟧⟦size⟧ ⟦>=⟧ ⟦100⟧",
        "variable.language punctuation.accessor variable.other.property "
        "keyword.operator.comparison constant.numeric.integer",
    ),
    (
        "⟦0x1Fu⟧ ⟦+⟧ ⟦1.5e3⟧ - ⟦.5⟧ * ⟦7u⟧",
        "constant.numeric.hex keyword.operator.arithmetic constant.numeric.float "
        "constant.numeric.float constant.numeric.integer",
    ),
    (
        "a[0]⟦.⟧b ⟦in⟧ ⟦[⟧1⟦,⟧ 2]",
        "punctuation.accessor keyword.operator.word punctuation.section.brackets punctuation.separator.comma",
    ),
    (
        "⟦true⟧ ⟦and⟧ ⟦not⟧ ⟦null⟧ ⟦or⟧ ⟦other⟧",
        "constant.language.boolean keyword.operator.logical.word "
        "keyword.operator.logical.word constant.language.null keyword.operator.logical.word variable.other.readwrite",
    ),
    (
        "a.⟦or⟧(b).⟦in_use⟧ ⟦&&⟧ ⟦!⟧⟦android⟧",
        "entity.name.function.member variable.other.property keyword.operator.logical "
        "keyword.operator.logical variable.other.readwrite",
    ),
    (
        "⟦has⟧(a.b) ? a.⟦exists⟧(x, ⟦size⟧(x) > 1) ⟦:⟧ ⟦math⟧.⟦greatest⟧(1, 2)",
        "support.function.macro "
        "support.function.macro entity.name.function punctuation.separator.colon support.class entity.name.function",
    ),
    (
        "a.⟦?⟧b ⟦?⟧ {⟦?⟧'k': v} : cel.⟦bind⟧(x, 1, x)",
        "keyword.operator.optional keyword.operator.ternary keyword.operator.optional support.function.macro",
    ),
    (
        "'a⟦\\n⟧😀⟦'⟧ + ⟦\"⟧b⟦\\\"⟧\" + ⟦r⟧'⟦\\d⟧'",
        "constant.character.escape punctuation.definition.string.end "
        "punctuation.definition.string.begin constant.character.escape storage.type.string string.quoted.single",
    ),
    (
        '"""a "b" ⟦c⟧\n ⟦d⟧""" ⟦+⟧ b⟦"⟧\\x41"',
        "string.quoted.triple string.quoted.triple keyword.operator.arithmetic punctuation.definition.string.begin",
    ),
    ("a ⟦//⟧ b ⟦&&⟧ c\n⟦d⟧", "punctuation.definition.comment comment.line.double-slash variable.other.readwrite"),
    (
        "a ⟦=⟧ 'x⟦\\q⟧' ⟦while⟧ a ⟦&⟧ b ⟦<>⟧ c",
        "invalid.illegal.operator invalid.illegal.escape "
        "invalid.illegal.reserved-word invalid.illegal.operator invalid.illegal.operator",
    ),
    ("a.⟦while⟧ && a.⟦`b-c`⟧", "variable.other.property variable.other.property"),
]


@pytest.fixture(scope="session")
def cel():
    return textmate.Tokenizer("cel")


@pytest.mark.parametrize("marked, expected", LINES)
def test_words_of_a_condition(cel, marked, expected):
    text = Marked(marked)
    scopes = cel.scopes(text.text)
    assert [scopes[start][-1] for start, _ in text.spans] == [f"{scope}.cel" for scope in expected.split()]


HOSTS = [
    (
        "yaml",
        "- condition: ⟦a⟧ == 'b' ⟦# c⟧\n  ⟦action⟧: deny\n",
        "variable.other.readwrite.cel comment.line.number-sign.yaml entity.name.tag.yaml",
    ),
    (
        "yaml",
        "- id: x\n  condition: >-\n    ⟦a⟧ &&\n\n    ⟦b⟧\n  ⟦action⟧: deny\n",
        "variable.other.readwrite.cel variable.other.readwrite.cel entity.name.tag.yaml",
    ),
    (
        "yaml",
        "- condition: |2\n    ⟦a⟧\n  ⟦condition⟧: b\n- ⟦c⟧: d\n",
        "variable.other.readwrite.cel entity.name.tag.yaml entity.name.tag.yaml",
    ),
    (
        "yaml",
        "- {condition: 'a == ⟦''⟧b⟦''⟧ && ⟦\"⟧c\"⟦'⟧, ⟦action⟧: deny}\n",
        "punctuation.definition.string.begin.cel "
        "punctuation.definition.string.end.cel punctuation.definition.string.begin.cel punctuation.definition.string.end.yaml "
        "entity.name.tag.yaml",
    ),
    (
        "yaml",
        'condition: "a == ⟦\\"⟧b⟦\\\\n⟧\\" ⟦&&⟧ c ⟦// d⟧"\n⟦e⟧: f\n',
        "punctuation.definition.string.begin.cel "
        "constant.character.escape.cel keyword.operator.logical.cel comment.line.double-slash.cel entity.name.tag.yaml",
    ),
    (
        "yaml",
        'variables:\n  # ⟦c⟧\n  a: ⟦b⟧ + 1\n  d: "⟦e⟧"\n⟦rules⟧: []\n',
        "comment.line.number-sign.yaml variable.other.readwrite.cel variable.other.readwrite.cel entity.name.tag.yaml",
    ),
    (
        "yaml",
        'message: "⟦a⟧ ⟦{{⟧ ⟦b⟧ }} ⟦{{{{⟧ c"\ndescription: ⟦{{ d }}⟧\n',
        "string.quoted.double.yaml "
        "punctuation.section.embedded.begin.cel variable.other.readwrite.cel constant.character.escape.yaml "
        "punctuation.definition.mapping.begin.yaml",
    ),
    (
        "yaml",
        'description: "condition: ⟦a⟧"\n# condition: ⟦b⟧\n',
        "string.quoted.double.yaml comment.line.number-sign.yaml",
    ),
    (
        "json",
        '{"condition": "⟦a⟧ == ⟦\\"⟧b⟦\\\\\\"⟧\\"⟦"⟧⟦,⟧ "⟦action⟧": "deny"}',
        "variable.other.readwrite.cel "
        "punctuation.definition.string.begin.cel constant.character.escape.cel punctuation.definition.string.end.json "
        "punctuation.separator.dictionary.pair.json support.type.property-name.json",
    ),
    (
        "json",
        '{"variables": {\n  "a": "⟦b⟧"⟦,⟧\n  "c": "⟦d⟧"\n},\n "⟦e⟧": {"f": "⟦g⟧"}}',
        "variable.other.readwrite.cel "
        "punctuation.separator.dictionary.pair.json variable.other.readwrite.cel support.type.property-name.json "
        "string.quoted.double.json",
    ),
    (
        "json",
        '{"message": "a ⟦{{⟧ ⟦b⟧ ⟦}}⟧ ⟦\\n⟧ c", "d": ⟦true⟧}',
        "punctuation.section.embedded.begin.cel "
        "variable.other.readwrite.cel punctuation.section.embedded.end.cel constant.character.escape.json "
        "constant.language.json",
    ),
    ("json", '{"a": "\\"condition\\": \\"⟦b⟧"}', "string.quoted.double.json"),
]


@pytest.fixture(scope="session")
def hosts():
    return {language: textmate.Tokenizer(language) for language in ("json", "yaml")}


@pytest.mark.parametrize("language, marked, expected", HOSTS)
def test_conditions_inside_of_documents(hosts, language, marked, expected):
    text = Marked(marked)
    scopes = hosts[language].scopes(text.text)
    assert [scopes[start][-1] for start, _ in text.spans] == expected.split()


VALID = sorted(file for file in (samples.ROOT / "samples" / "valid").glob("*/policy.*") if ".test." not in file.name)


@pytest.fixture(scope="session")
def session():
    with Session(BINARY) as started:
        yield started


# What the server calls a word, and the scopes that are right for it.
AGREED = {
    "variable": ("variable.", "support.class."),
    "property": ("variable.other.property.",),
    "function": ("entity.name.function.",),
    "method": ("entity.name.function.",),
    "macro": ("support.function.macro.",),
    "keyword": ("constant.language.", "keyword.operator.word."),
    "string": ("string.quoted.",),
    "number": ("constant.numeric.", "keyword.operator.arithmetic."),
    "operator": ("keyword.operator.", "punctuation.separator.colon."),
    "comment": ("comment.",),
}


@pytest.mark.parametrize("file", VALID, ids=lambda file: file.parent.name)
def test_the_words_of_valid_samples_are_what_the_server_says(hosts, session, file):
    text = file.read_text()
    language = file.suffix[1:]
    scopes = hosts[language].scopes(text)
    assert not [scope for of in scopes for scope in of if scope.startswith("invalid.")]
    found = 0
    for start, kind in session.semantic_tokens(file.as_uri(), language, text):
        cel = [scope for scope in scopes[start] if scope.endswith(".cel")]
        assert any(scope.startswith(AGREED[kind]) for scope in cel), (text[start : start + 20], kind, scopes[start])
        found += 1
    assert found


REAL = samples.ROOT.parent / "shared" / "conformance" / "realworld" / "expressions.jsonl"


def test_nothing_that_others_have_written_is_invalid(cel):
    if not REAL.exists():
        pytest.skip("the expressions of other projects are not here")
    wrong = []
    for line in REAL.read_text().splitlines():
        record = json.loads(line)
        if record["parses"]:
            scopes = cel.scopes(record["expr"] + "\n")
            if any(scope.startswith("invalid.") for of in scopes for scope in of):
                wrong.append(record["expr"])
    assert wrong == []
