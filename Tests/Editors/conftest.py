"""The editors that the server is tested as, and the workspace that they have open."""

import asyncio
import copy
import itertools
import json
import os
import pathlib
import subprocess
import tempfile

import pytest
import pytest_lsp
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, LanguageClient, register_lsp_features

from marked import Text

BINARY = str(pathlib.Path(os.environ.get("POLICYCORTEX", ".build/debug/policycortex")).resolve())

# Each with its own encoding first, and one that it could come to ask for.
PROFILES = {
    "neovim@v0.7.0": ("utf-16",),
    "neovim@v0.11.0": ("utf-8",),
    "visual-studio-code": ("utf-16", "utf-32"),
    "emacs": ("utf-32", "utf-8"),
}

SCHEMA = {
    "typeName": "Test::Notes::Note",
    "properties": {
        "note": {"type": "string"},
        "size": {"type": "integer", "description": "How long the note is."},
        "level": {"type": "string", "enum": ["low", "high"]},
        "owner": {
            "type": "object",
            "properties": {"name": {"type": "string"}, "team": {"type": "string"}},
            "required": ["name", "team"],
            "additionalProperties": False,
        },
        "labels": {"type": "array", "items": {"type": "string"}},
        "title": {"type": "string", "deprecated": True},
    },
    "required": ["note", "size", "level", "owner", "labels", "title"],
    "additionalProperties": False,
}


class Editor:
    """A client with the capabilities of an editor, and what tests want of it."""

    numbers = itertools.count()

    def __init__(self, client, profile, encoding, workspace):
        self.client = client
        self.profile = profile
        self.encoding = encoding
        self.workspace = workspace
        self.capabilities = None
        self.pulls = False
        self.versions = {}

    def uri(self, language):
        """A document that no test has opened before."""
        return (self.workspace / f"policy-{next(Editor.numbers)}.{language}").as_uri()

    async def open(self, document, uri=None):
        uri = uri or self.uri(document.language)
        self.versions[uri] = 1
        item = types.TextDocumentItem(uri, document.language, 1, document.text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def change(self, uri, version, changes):
        self.versions[uri] = version
        identifier = types.VersionedTextDocumentIdentifier(version, uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, changes))

    async def close(self, uri):
        self.versions[uri] = None
        identifier = types.TextDocumentIdentifier(uri)
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(identifier))

    async def published(self, uri):
        """The diagnostics that the server publishes next for a document as it is now."""
        for _ in range(10_000):
            version, found = self.client.diagnostics.pop(uri, (None, None))
            if found is not None and version == self.versions[uri]:
                return list(found)
            await asyncio.sleep(0.001)
        raise TimeoutError(f"nothing was published of {uri}")

    async def diagnostics(self, uri):
        """The diagnostics of a document, as this editor gets them."""
        if not self.pulls:
            return await self.published(uri)
        identifier = types.TextDocumentIdentifier(uri)
        report = await self.client.text_document_diagnostic_async(types.DocumentDiagnosticParams(identifier))
        return list(report.items)

    async def ask(self, name, uri, position=None, **more):
        """Asks something of a document, and of a place in it."""
        parameters = more | {"text_document": types.TextDocumentIdentifier(uri)}
        if position is not None:
            parameters["position"] = position
        method = "textDocument/" + name
        parameter = types.METHOD_TO_TYPES[method][2]
        answer = self.client.protocol.send_request_async(method, parameter(**parameters))
        # An answer that never comes is to fail the test that waits for it.
        return await asyncio.wait_for(answer, 60)

    def edits(self, edit, uri):
        """The edits of one document, in whichever way they are told."""
        if edit.document_changes:
            ((document),) = edit.document_changes
            assert document.text_document.uri == uri
            return document.edits
        assert list(edit.changes) == [uri]
        return edit.changes[uri]


def make_client():
    """A client that keeps the versions of what is published."""

    def publish(client: LanguageClient, params: types.PublishDiagnosticsParams):
        client.diagnostics[params.uri] = (params.version, params.diagnostics)

    client = LanguageClient(converter_factory=default_converter)

    def register(client: LanguageClient, params: types.RegistrationParams):
        client.registrations = list(params.registrations)

    def refresh_lenses(client: LanguageClient, params: None):
        client.refreshes += 1

    def refresh_hints(client: LanguageClient, params: None):
        client.refreshes += 1

    more = {types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: publish, types.CLIENT_REGISTER_CAPABILITY: register}
    more |= {types.WORKSPACE_CODE_LENS_REFRESH: refresh_lenses, types.WORKSPACE_INLAY_HINT_REFRESH: refresh_hints}
    register_lsp_features(client, DEFAULT_CLIENT_FEATURES | more)
    client.registrations = []
    client.refreshes = 0
    return client


def capabilities_of(profile, encoding):
    """What an editor can do, with the encoding that is asked for as its only one, or as it orders them."""
    capabilities = copy.deepcopy(pytest_lsp.client_capabilities(profile))
    if encoding:
        capabilities.general = capabilities.general or types.GeneralClientCapabilities()
        capabilities.general.position_encodings = [types.PositionEncodingKind(encoding)]
    return capabilities


def clients():
    for profile, (own, *others) in PROFILES.items():
        yield pytest.param((profile, None, own), id=profile)
        for encoding in others:
            yield pytest.param((profile, encoding, encoding), id=f"{profile}-{encoding}")


@pytest.fixture(scope="session")
def workspace():
    with tempfile.TemporaryDirectory() as directory:
        root = pathlib.Path(directory).resolve() / "wörk 😀"
        (root / "types").mkdir(parents=True)
        (root / "types" / "note.json").write_text(json.dumps(SCHEMA))
        (root / ".policycortex.yaml").write_text("resource_types: types\n")
        yield root


@pytest_lsp.fixture(
    config=pytest_lsp.ClientServerConfig([BINARY, "lsp"], make_client), scope="session", params=list(clients())
)
async def client(lsp_client: LanguageClient, request, workspace):
    profile, override, encoding = request.param
    folder = types.WorkspaceFolder(workspace.as_uri(), "notes")
    result = await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities_of(profile, override), root_uri=workspace.as_uri(), workspace_folders=[folder]
        )
    )
    editor = Editor(lsp_client, profile, encoding, workspace)
    editor.capabilities = result.capabilities
    editor.pulls = lsp_client.capabilities.text_document.diagnostic is not None
    lsp_client.editor = editor
    yield
    await lsp_client.shutdown_session()
    assert lsp_client._server.returncode == 0


@pytest.fixture
def editor(client):
    return client.editor


class CommandLine:
    """What `policycortex` says of texts; each is asked once."""

    def __init__(self, workspace):
        self.workspace = workspace
        self.known = {}

    def run(self, document, *command):
        key = (document.text, *command)
        if key not in self.known:
            file = self.workspace / f"command-line.{document.language}"
            file.write_bytes(document.text.encode())
            run = subprocess.run([BINARY, *command, str(file)], capture_output=True, check=False)
            assert run.returncode in (0, 1), run.stderr
            self.known[key] = (run.stdout, file.read_bytes().decode())
            file.unlink()
        return self.known[key]

    def findings(self, document):
        """The objects of `validate --format json`."""
        (file,) = json.loads(self.run(document, "validate", "--format", "json")[0])["files"]
        return file["diagnostics"]

    def formatted(self, document):
        return self.run(document, "format")[1]

    def fixed(self, document):
        return self.run(document, "validate", "--fix")[1]


@pytest.fixture(scope="session")
def command_line(workspace):
    return CommandLine(workspace)


def range_of(finding, text, encoding):
    """The range of a finding of the command line, which counts bytes."""
    data = text.encode()

    def offset(side):
        return len(data[: finding["range"][side]["offset"]].decode(errors="ignore"))

    return Text(text).range(offset("start"), offset("end"), encoding)


def pytest_terminal_summary(terminalreporter):
    counts = {kind: len(terminalreporter.stats.get(kind, [])) for kind in ("passed", "failed", "error", "skipped")}
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    terminalreporter.write_line(f"{counts['passed']} passed, {counts['failed'] + counts['error']} failed{skipped}")
