"""The sample configurations name what there is, and the extension for VS Code starts the server with what the settings say."""

import json
import re
import shutil
import subprocess
import tomllib

import pytest

import samples

GRAMMAR = samples.ROOT / "grammar"
VSCODE = samples.EDITORS / "vscode"
MANIFEST = json.loads((VSCODE / "package.json").read_text())


def source_of(path):
    """The file of `grammar/` that is packed under a path."""
    folder, name = path.removeprefix("./").split("/")
    found = GRAMMAR / {"syntaxes": "textmate", "schemas": "."}[folder] / name
    assert found.is_file(), path
    assert f"{folder}/" in MANIFEST["scripts"]["vscode:prepublish"]
    return json.loads(found.read_text())


@pytest.mark.parametrize("entry", MANIFEST["contributes"]["grammars"], ids=lambda entry: entry["scopeName"])
def test_the_extension_brings_the_grammars(entry):
    grammar = source_of(entry["path"])
    assert grammar["scopeName"] == entry["scopeName"]
    selected = re.findall(r"L:(\S+)", grammar.get("injectionSelector", ""))
    assert selected == entry.get("injectTo", [])


def test_all_grammars_are_brought():
    paths = [entry["path"].split("/")[-1] for entry in MANIFEST["contributes"]["grammars"]]
    assert sorted(paths) == sorted(file.name for file in (GRAMMAR / "textmate").glob("*.json"))


def test_the_schemas_are_those_of_the_project():
    schemas = MANIFEST["contributes"]["jsonValidation"] + MANIFEST["contributes"]["yamlValidation"]
    assert [source_of(entry["url"])["$schema"] for entry in schemas] == ["http://json-schema.org/draft-07/schema#"] * 2
    settings = json.loads((VSCODE / "settings.json").read_text())
    urls = [entry["url"] for entry in settings["json.schemas"]] + list(settings["yaml.schemas"])
    assert all((samples.ROOT / url).is_file() for url in urls)
    configured = [key for key in settings if key.startswith("policycortex.")]
    assert set(configured) <= set(MANIFEST["contributes"]["configuration"]["properties"])


STAND_INS = {
    "vscode": """
        const settings = { path: "/opt/policycortex", resourceTypes: "schemas" };
        module.exports = { workspace: {
          getConfiguration: (section) => ({ get: (key) => section === "policycortex" ? settings[key] : undefined }),
          findFiles: async (glob) => glob === "**/.policycortex.yaml" ? [{ fsPath: "/repo/policies/.policycortex.yaml" }] : [],
        } };""",
    "vscode-languageclient/node": """
        module.exports = { LanguageClient: class {
          constructor(...all) { this.all = all; }
          async start() { console.log(JSON.stringify(this.all)); }
          async stop() { console.log('"stopped"'); }
        } };""",
}


def test_the_extension_starts_and_stops_the_server(tmp_path):
    if not shutil.which("node"):
        pytest.skip("Node.js is not here")
    shutil.copy(VSCODE / "extension.js", tmp_path)
    for name, code in STAND_INS.items():
        file = tmp_path / "node_modules" / f"{name}.js"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(code)
    code = """
        const { activate, deactivate } = require("./extension.js");
        const context = { subscriptions: [] };
        activate(context).then(deactivate).then(() => console.log(context.subscriptions.length));"""
    run = subprocess.run(["node", "-e", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    (_, _, server, client), stopped, subscriptions = map(json.loads, run.stdout.splitlines())
    assert server == {"command": "/opt/policycortex", "args": ["lsp"]}
    assert client["initializationOptions"] == {"resourceTypes": "schemas"}
    assert {entry["language"] for entry in client["documentSelector"]} == {"json", "jsonc", "yaml"}
    assert {entry["pattern"] for entry in client["documentSelector"]} == {"/repo/policies/**"}
    assert (stopped, subscriptions) == ("stopped", 1)


def test_helix_starts_the_server_for_both_languages():
    configuration = tomllib.loads((samples.EDITORS / "helix" / "languages.toml").read_text())
    server = configuration["language-server"]["policycortex"]
    assert [server["command"], *server["args"]] == ["policycortex", "lsp"]
    assert server["required-root-patterns"] == [samples.CONFIGURATION]
    assert {language["name"]: language["language-servers"][0] for language in configuration["language"]} == {
        "json": "policycortex", "yaml": "policycortex",
    }  # fmt: skip


def test_the_configurations_name_no_other_marker():
    for file in ("neovim/policycortex.lua", "emacs/policycortex.el", "vscode/extension.js", "helix/languages.toml"):
        assert samples.CONFIGURATION in (samples.EDITORS / file).read_text(), file
