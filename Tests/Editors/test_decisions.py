"""What policies decide, as it is shown in the text."""

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from forms import in_each_form
from marked import Marked

PIN = "policycortex.pinResource"


async def pin(editor, *arguments):
    parameters = types.ExecuteCommandParams(PIN, arguments=list(arguments))
    return await editor.client.workspace_execute_command_async(parameters)


@pytest.fixture
def resource(editor):
    file = editor.workspace / "pinned.json"
    file.write_text('{"type": "Test::Notes::Note", "note": "😀", "size": 200, "level": "low"}')
    return file.as_uri()


def end_of_condition(document):
    """Behind the scalar, its quotation mark with it."""
    end = document.cursors[0]
    return end + 1 if document.text[end] in "'\"" else end


@in_each_form('resource.note == "😀" && resource.size > variables.limit▮')
async def test_a_pinned_resource_decides_in_the_text(editor, document, resource):
    uri = await editor.open(document)
    whole = document.range(0, len(document.text), editor.encoding)
    assert not await editor.ask("inlayHint", uri, range=whole)
    assert (await pin(editor, resource))["name"] == "pinned.json"
    hints = await editor.ask("inlayHint", uri, range=whole)
    assert [hint.label for hint in hints] == ["→ deny", "→ audit"]
    assert hints[0].position == document.position(end_of_condition(document), editor.encoding)
    lenses = await editor.ask("codeLens", uri)
    assert [lens.command.title for lens in lenses] == ["pinned.json: deny (first, " + document.second_id + ")"]
    name = document.position(document.text.index('"Notes' if document.language == "json" else "Notes"), editor.encoding)
    assert lenses[0].range == types.Range(name, name)
    await pin(editor)
    assert not await editor.ask("inlayHint", uri, range=whole)
    assert not await editor.ask("codeLens", uri)
    await editor.close(uri)


async def test_only_an_input_can_be_pinned(editor):
    with pytest.raises(JsonRpcException) as refused:
        await pin(editor, (editor.workspace / "nothing.json").as_uri())
    assert refused.value.code == -32803
    with pytest.raises(JsonRpcException) as refused:
        await editor.client.workspace_execute_command_async(types.ExecuteCommandParams("no.such.command"))
    assert refused.value.code == -32602


RULES = {
    "yaml": 'name: Notes 😀\nrules:\n  - {condition: "true", id: ⟦fi▮rst⟧, action: audit}\n',
    "json": '{"name": "😀", "rules": [{"condition": "true", "id": "⟦fi▮rst⟧", "action": "audit"}]}\n',
}


@pytest.mark.parametrize("language", RULES)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
async def test_a_rule_is_renamed_with_its_tests(editor, language, end):
    folder = editor.workspace / f"rules-{editor.profile}-{editor.encoding}-{language}-{len(end)}"
    folder.mkdir()
    document = Marked(RULES[language].replace("\n", end))
    document.language = language
    tests = Marked(
        f"policy: policy.{language}\ntests:\n  - name: 😀\n    resource: {{}}\n    rules: [⟦first⟧]\n".replace(
            "\n", end
        )
    )
    (folder / f"policy.{language}").write_bytes(document.text.encode())
    (folder / "policy.test.yaml").write_bytes(tests.text.encode())
    uri = await editor.open(document, (folder / f"policy.{language}").as_uri())
    prepared = await editor.ask("prepareRename", uri, document.cursor(editor.encoding))
    assert (prepared.placeholder, [prepared.range]) == ("first", document.ranges(editor.encoding))
    edit = await editor.ask("rename", uri, document.cursor(editor.encoding), new_name="the-first")
    changes = edit.changes or {each.text_document.uri: each.edits for each in edit.document_changes}
    other = (folder / "policy.test.yaml").as_uri()
    assert set(changes) == {uri, other}
    assert document.applying(changes[uri], editor.encoding) == document.replacing("the-first")
    assert tests.applying(changes[other], editor.encoding) == tests.replacing("the-first")
    await editor.close(uri)
