"""What is found is what `policycortex validate` finds, in the places that the editor counts."""

import random

import pytest
from lsprotocol import types

import samples
from conftest import clients, range_of
from forms import in_each_form, in_each_line_end
from marked import Marked, Text

SEVERITIES = {"error": 1, "warning": 2, "hint": 4}

SAMPLES = [
    pytest.param(file, id=f"{file.parent.name}-{file.suffix[1:]}")
    for kind in ("invalid", "valid")
    for file in sorted((samples.ROOT / "samples" / kind).glob("*/policy.*"))
    if ".test." not in file.name and samples.is_utf8(file)
]


def sample(file):
    document = Marked(file.read_bytes().decode())
    document.language = file.suffix[1:]
    return document


def check(editor, document, found, findings):
    """Whether diagnostics are the findings of the command line."""
    assert [item.code for item in found] == [finding["code"] for finding in findings]
    for item, finding in zip(found, findings):
        assert item.range == range_of(finding, document.text, editor.encoding), item.code
        assert item.severity == SEVERITIES[finding["severity"]]
        assert item.message.split("\nhelp: ")[0] == finding["message"]
        assert item.source == "policycortex"
        assert item.code_description.href == finding["url"]
        assert item.data == finding
        related = [(note.location.range, note.message) for note in item.related_information or []]
        assert related == [
            (range_of(note, document.text, editor.encoding), note["message"]) for note in finding["related"]
        ]


@in_each_form('resource.note == "😀" && ⟦undeclared⟧ > 1')
async def test_a_diagnostic_has_its_place(editor, command_line, document):
    uri = await editor.open(document)
    found = await editor.diagnostics(uri)
    assert [(item.code, item.range) for item in found] == [
        ("undeclared-reference", range_) for range_ in document.ranges(editor.encoding)
    ]
    check(editor, document, found, command_line.findings(document))
    await editor.close(uri)


def fixed(document, fix):
    """The text after a fix of the command line, whose edits count bytes."""
    data = document.text.encode()
    edits = [(*(edit["range"][side]["offset"] for side in ("start", "end")), edit["text"]) for edit in fix["edits"]]
    for start, end, text in sorted(edits, reverse=True):
        data = data[:start] + text.encode() + data[end:]
    return data.decode()


async def compare(editor, command_line, document):
    findings = command_line.findings(document)
    uri = await editor.open(document)
    found = await editor.diagnostics(uri)
    check(editor, document, found, findings)
    context = types.CodeActionContext(found, only=["quickfix"])
    range_ = document.range(0, len(document.text), editor.encoding)
    actions = await editor.ask("codeAction", uri, range=range_, context=context)
    offered = [
        (action.title, action.is_preferred or False, action.diagnostics[0].code,
         document.applying(editor.edits(action.edit, uri), editor.encoding))
        for action in actions
        if not action.title.startswith("suppress `")
    ]  # fmt: skip
    assert offered == [
        (fix["title"], fix["applicability"] == "safe", finding["code"], fixed(document, fix))
        for finding in findings
        for fix in finding["fixes"]
        if fix["edits"]
    ]
    for action in actions:
        if action.title.startswith("suppress `"):
            after = Text(document.applying(editor.edits(action.edit, uri), editor.encoding))
            after.language = document.language
            assert len(command_line.findings(after)) < len(findings), action.title
    await editor.close(uri)


@pytest.mark.parametrize("file", SAMPLES)
async def test_the_samples_have_the_diagnostics_and_fixes_of_the_command_line(editor, command_line, file):
    await compare(editor, command_line, sample(file))


@pytest.mark.parametrize("client", [next(clients())], indirect=True, scope="session")
@pytest.mark.parametrize("file", SAMPLES)
async def test_so_have_the_samples_with_other_line_ends(editor, command_line, file):
    document = Text(file.read_bytes().decode().replace("\r\n", "\n").replace("\n", "\r\n"))
    document.language = file.suffix[1:]
    await compare(editor, command_line, document)


@in_each_line_end(
    "name: Notes\nvariables: {⟦unused⟧: '1'}\nrules: [{condition: 'resource.⟦title⟧ == \"😀\"', action: audit}]\n"
    "resource_type: Test::Notes::Note\n"
)
async def test_what_may_go_is_faded_and_what_is_deprecated_is_struck(editor, document):
    uri = await editor.open(document)
    found = {item.code: item for item in await editor.diagnostics(uri)}
    assert found["unused-variable"].tags == (types.DiagnosticTag.Unnecessary,)
    assert found["deprecated-attribute"].tags == (types.DiagnosticTag.Deprecated,)
    ranges = [found[code].range for code in ("unused-variable", "deprecated-attribute")]
    assert ranges == document.ranges(editor.encoding)
    await editor.close(uri)


@in_each_form('resource.note == "😀" && undeclared > 1')
async def test_a_change_changes_them(editor, document):
    uri = await editor.open(document)
    assert [item.code for item in await editor.diagnostics(uri)] == ["undeclared-reference"]
    position = document.position(
        document.text.index("# 😀" if document.language == "yaml" else '"name"'), editor.encoding
    )
    change = types.TextDocumentContentChangePartial(range=types.Range(position, position), text="😀: 1\n")
    editor.change(uri, 2, [change])
    assert len(await editor.diagnostics(uri)) > 1
    editor.change(
        uri,
        3,
        [types.TextDocumentContentChangeWholeDocument(document.text.replace("undeclared", "size(resource.note)"))],
    )
    assert await editor.diagnostics(uri) == []
    await editor.close(uri)


async def test_nothing_is_left_of_a_closed_document(editor):
    uri = await editor.open(sample(samples.ROOT / "samples/invalid/wrong-type/policy.yaml"))
    assert await editor.diagnostics(uri)
    await editor.close(uri)
    if not editor.pulls:
        assert await editor.published(uri) == []


async def test_nothing_is_told_twice(editor):
    if not editor.pulls:
        pytest.skip("the editor does not ask")
    uri = await editor.open(sample(samples.ROOT / "samples/invalid/wrong-type/policy.yaml"))
    first = await editor.ask("diagnostic", uri)
    second = await editor.ask("diagnostic", uri, previous_result_id=first.result_id)
    assert (second.kind, second.result_id) == ("unchanged", first.result_id)
    await editor.close(uri)
    assert uri not in editor.client.diagnostics


@in_each_form('resource.note == "😀" and resource.size > variables.limit && undeclared')
async def test_random_edits_leave_what_the_command_line_finds(editor, command_line, document):
    """Edits that cut escapes, surrogates and line ends; ranges are in the editor's units."""
    chance = random.Random(f"{editor.profile} {editor.encoding} {document.form}")
    pieces = ["😀", "\\", '"', "\n", "\r\n", "ü", "'", " and ", "}", "x"]
    uri = await editor.open(document)
    text = document
    for version in range(2, 10):
        changes = []
        for _ in range(chance.randint(1, 3)):
            start = chance.randint(0, len(text.text))
            end = min(len(text.text), start + chance.choice([0, 0, 1, 3]))
            range_ = text.range(start, end, editor.encoding)
            new = chance.choice(pieces)
            changes.append(types.TextDocumentContentChangePartial(range=range_, text=new))
            start, end = (text.offset(side, editor.encoding) for side in (range_.start, range_.end))
            text = Text(text.text[:start] + new + text.text[end:])
        editor.change(uri, version, changes)
    text.language = document.language
    found = await editor.diagnostics(uri)
    assert [(item.code, item.range) for item in found] == [
        (finding["code"], range_of(finding, text.text, editor.encoding)) for finding in command_line.findings(text)
    ]
    await editor.close(uri)
