"""What an editor is told of a document as a whole, of its keys, and how a session goes."""

import asyncio

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

import conftest
from forms import in_each_line_end
from marked import Marked

# What the server can announce. Who adds to it adds a test.
TESTED = {
    "positionEncoding", "textDocumentSync", "diagnosticProvider", "codeActionProvider", "documentFormattingProvider",
    "hoverProvider", "completionProvider", "documentSymbolProvider", "definitionProvider", "referencesProvider",
    "renameProvider", "foldingRangeProvider", "selectionRangeProvider", "semanticTokensProvider", "signatureHelpProvider",
    "codeLensProvider", "inlayHintProvider", "executeCommandProvider", "workspace",
}  # fmt: skip


async def test_every_feature_that_is_announced_is_tested(editor):
    announced = editor.client.protocol._converter.unstructure(editor.capabilities)
    assert set(announced) == TESTED


async def test_positions_count_as_the_editor_wants(editor):
    assert editor.capabilities.position_encoding == editor.encoding


YAML = """\
⟦name: ⟦Notes 😀⟧
variables:
  ⟦⟦limit⟧: "100"⟧
rules:
  - ⟦id: ⟦first⟧
    condition: resource.note == "😀"
    action: deny⟧
  - ⟦⟦⟧condition: >-
      resource.size > variables.limit &&
      resource.size < 9000
    action: audit⟧⟧
"""

JSON = """\
⟦{
  "name": ⟦"Notes 😀"⟧,
  "variables": {⟦⟦"limit"⟧: "100"⟧},
  "rules": [
    ⟦{"id": ⟦"first"⟧, "condition": "resource.note == \\"😀\\"", "action": "deny"}⟧,
    ⟦⟦⟧{
      "condition": "resource.size > variables.limit",
      "action": "audit"
    }⟧
  ]
}⟧
"""


@in_each_line_end(YAML, JSON)
async def test_policies_variables_and_rules_are_symbols(editor, document):
    uri = await editor.open(document)
    (policy,) = await editor.ask("documentSymbol", uri)
    symbols = [policy, *policy.children]
    assert [(symbol.name, symbol.detail, symbol.kind.name) for symbol in symbols] == [
        ("Notes 😀", None, "Class"), ("limit", "100", "Variable"), ("first", "deny", "Method"), ("rule 2", "audit", "Method"),
    ]  # fmt: skip
    places = [range_ for symbol in symbols for range_ in (symbol.range, symbol.selection_range)]
    expected = document.ranges(editor.encoding)
    assert places == expected
    await editor.close(uri)


@in_each_line_end(YAML, JSON)
async def test_what_takes_several_lines_folds(editor, document):
    uri = await editor.open(document)
    folds = [(fold.start_line, fold.end_line) for fold in await editor.ask("foldingRange", uri)]
    assert folds == {"yaml": [(1, 2), (3, 10), (4, 6), (7, 10)], "json": [(3, 8), (5, 7)]}[document.language]
    await editor.close(uri)


@in_each_line_end(
    'name: "😀"\nrules:\n  - condition: "true"\n    action: deny\n    ⟦▮⟧\n',
    '{"name": "😀", "rules": [{"condition": "true", "action": "deny", "⟦▮⟧"}]}\n',
)
async def test_keys_that_are_missing_are_offered(editor, document):
    uri = await editor.open(document)
    items = await editor.ask("completion", uri, document.cursor(editor.encoding))
    labels = [item.label for item in items]
    assert {"id", "message", "severity"} <= set(labels)
    assert not {"condition", "action", "rules", "resource_type"} & set(labels)
    for item in items:
        assert [item.text_edit.range] == document.ranges(editor.encoding)
    await editor.close(uri)


@in_each_line_end('name: "😀"\nseverity: ⟦h▮⟧\nrules: []\n', '{"name": "😀", "severity": "⟦h▮⟧", "rules": []}\n')
async def test_words_that_are_values_are_offered(editor, document):
    uri = await editor.open(document)
    items = await editor.ask("completion", uri, document.cursor(editor.encoding))
    assert [item.label for item in items] == ["low", "medium", "high", "critical", "info"]
    for item in items:
        assert [item.text_edit.range] == document.ranges(editor.encoding)
        assert item.text_edit.new_text == item.label
    await editor.close(uri)


@in_each_line_end(
    'name: "😀"\nresource_type: ⟦▮⟧\nrules: []\n', '{"name": "😀", "resource_type": "⟦▮⟧", "rules": []}\n'
)
async def test_resource_types_are_offered(editor, document):
    uri = await editor.open(document)
    items = await editor.ask("completion", uri, document.cursor(editor.encoding))
    assert [item.label for item in items] == ["Test::Notes::Note"]
    assert [items[0].text_edit.range] == document.ranges(editor.encoding)
    await editor.close(uri)


LEVEL = Marked(
    'name: Notes\nresource_type: Test::Notes::Note\nrules: [{condition: resource.⟦levle⟧ == "low", action: audit}]\n'
)
LEVEL.language = "yaml"


async def test_settings_name_resource_types(editor, tmp_path):
    (tmp_path / "other.json").write_text(
        '{"typeName": "Test::Notes::Note", "properties": {"levle": {"type": "string"}}}'
    )
    uri = await editor.open(LEVEL)
    assert "unknown-attribute" in [item.code for item in await editor.diagnostics(uri)]
    settings = types.DidChangeConfigurationParams({"policycortex": {"resourceTypes": str(tmp_path)}})
    editor.client.workspace_did_change_configuration(settings)
    assert "unknown-attribute" not in [item.code for item in await editor.diagnostics(uri)]
    settings = types.DidChangeConfigurationParams({"policycortex": {"resourceTypes": None}})
    editor.client.workspace_did_change_configuration(settings)
    assert "unknown-attribute" in [item.code for item in await editor.diagnostics(uri)]
    await editor.close(uri)


async def test_a_relative_setting_is_of_the_folder_that_a_document_is_in(editor, tmp_path):
    folders = []
    for name in ("one", "two"):
        types_ = tmp_path / name / "local"
        types_.mkdir(parents=True)
        attribute = {"one": "levle", "two": "level"}[name]
        (types_ / "note.json").write_text(
            '{"typeName": "Test::Notes::Note", "properties": {"%s": {"type": "string"}}, "additionalProperties": false}'
            % attribute
        )
        folders.append(types.WorkspaceFolder((tmp_path / name).as_uri(), name))
    change = types.DidChangeWorkspaceFoldersParams(types.WorkspaceFoldersChangeEvent(folders, []))
    editor.client.workspace_did_change_workspace_folders(change)
    settings = types.DidChangeConfigurationParams({"policycortex": {"resourceTypes": "local"}})
    editor.client.workspace_did_change_configuration(settings)
    for folder, expected in zip(folders, ([], LEVEL.ranges(editor.encoding))):
        uri = await editor.open(LEVEL, f"{folder.uri}/policy.yaml")
        found = [item.range for item in await editor.diagnostics(uri) if item.code == "unknown-attribute"]
        assert found == expected, folder.name
        await editor.close(uri)
    settings = types.DidChangeConfigurationParams({"policycortex": {"resourceTypes": None}})
    editor.client.workspace_did_change_configuration(settings)
    change = types.DidChangeWorkspaceFoldersParams(types.WorkspaceFoldersChangeEvent([], folders))
    editor.client.workspace_did_change_workspace_folders(change)


async def test_a_configuration_that_changes_is_taken_up(editor):
    directory = editor.workspace / f"watched-{editor.profile}-{editor.encoding}"
    directory.mkdir()
    document = Marked("name: Notes\nrules: [{condition: resource.a == 1 ⟦and⟧ resource.b == 2, action: audit}]\n")
    document.language = "yaml"
    uri = await editor.open(document, (directory / "policy.yaml").as_uri())
    found = await editor.diagnostics(uri)
    assert [(item.code, item.range) for item in found] == [("word-operator", *document.ranges(editor.encoding))]
    configuration = directory / ".policycortex.yaml"
    configuration.write_text("ignore: [word-operator]\n")
    change = types.FileEvent(configuration.as_uri(), types.FileChangeType.Created)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))
    assert await editor.diagnostics(uri) == []
    await editor.close(uri)


async def test_an_editor_that_can_watch_files_is_asked_to(editor):
    watched = editor.client.capabilities.workspace.did_change_watched_files
    methods = [registration.method for registration in editor.client.registrations]
    assert methods == (["workspace/didChangeWatchedFiles"] if watched and watched.dynamic_registration else [])


async def test_a_configuration_has_diagnostics_of_its_own(editor):
    document = Marked("⟦ignroe⟧: []\n")
    document.language = "yaml"
    uri = await editor.open(document, (editor.workspace / "inner" / ".policycortex.yaml").as_uri())
    assert [item.range for item in await editor.diagnostics(uri)] == document.ranges(editor.encoding)
    await editor.close(uri)


async def test_tests_are_left_alone(editor):
    document = Marked("policy: policy.yaml\ntests: []\n")
    document.language = "yaml"
    uri = await editor.open(document, (editor.workspace / "policy.test.yaml").as_uri())
    assert await editor.diagnostics(uri) == []
    assert not await editor.ask("documentSymbol", uri)
    await editor.close(uri)


async def test_what_is_unknown_is_said_to_be(editor):
    with pytest.raises(JsonRpcException) as refused:
        await editor.client.protocol.send_request_async("textDocument/noSuchThing", {})
    assert refused.value.code == -32601
    with pytest.raises(JsonRpcException) as refused:
        await editor.ask("hover", "file:///not/open.yaml", types.Position(0, 0))
    assert refused.value.code == -32602


@pytest.mark.parametrize("is_orderly", [True, False])
async def test_the_exit_status_tells_whether_the_session_ended_in_order(is_orderly):
    server = await asyncio.create_subprocess_exec(
        conftest.BINARY, "lsp", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )

    def framed(body):
        return f"Content-Length: {len(body)}\r\n\r\n{body}".encode()

    messages = ['{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}']
    messages += ['{"jsonrpc": "2.0", "id": 2, "method": "shutdown"}'] if is_orderly else []
    messages += ['{"jsonrpc": "2.0", "method": "exit"}']
    await server.communicate(b"".join(map(framed, messages)))
    assert server.returncode == (0 if is_orderly else 1)
