"""neovim.py BINARY NVIM: a headless Neovim with the sample configuration works on the samples.

Its diagnostics must be those of `policycortex validate`, and its buffers after fixes, renames and formatting as expected.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

import samples

SEVERITIES = {"error": 1, "warning": 2, "hint": 4}

NOTES = """\
name: Notes
variables:
  limit: "100" # 😀 counts two in UTF-16
rules:
  - condition: resource.note == "😀😀" && resource.size > variables.limit and resource.size<200
    action: deny
    message: "😀 {{ variables.limit }}"
"""


def expected(workspace, file):
    data = file.read_bytes()
    for item in workspace.findings(file):
        start, end = (samples.place(data, item["range"][side]["offset"]) for side in ("start", "end"))
        yield f"{item['code']} {start[0]}:{start[1]}-{end[0]}:{end[1]} severity {SEVERITIES[item['severity']]}"


def plan(workspace):
    known = [file for file in workspace.files if samples.is_utf8(file)]
    diagnostics = [
        {"name": workspace.name(file), "path": str(file), "expected": list(expected(workspace, file))}
        for file in known
    ]
    edits = []

    def edit(step, file, action, text, **more):
        edits.append({"step": step, "path": str(file), "action": action, "expected": text, **more})

    notes = {
        "unix.yaml": NOTES, "dos.yaml": NOTES.replace("\n", "\r\n"),
        "unix.json": """\
{
  "name": "Notes",
  "variables": {"limit": "100"},
  "rules": [
    {
      "condition": "resource.note == \\"\\ud83d\\ude00😀\\" && resource.size > variables.limit and resource.size<200",
      "action": "deny", "message": "😀 {{ variables.limit }}"
    }
  ]
}
""",
    }  # fmt: skip
    for name, text in notes.items():
        fixed = text.replace("limit and ", "limit && ")
        file = workspace.add(f"fix/{name}", text)
        before = len(workspace.findings(file))
        assert before == 1, before
        edit(f"quick fix in {name}", file, "fix", fixed, at="and resource", title="write `&&`", before=1, after=0)
        file = workspace.add(f"rename/{name}", text)
        renamed = re.sub(r"\blimit\b", "most_of_it", text)
        edit(f"rename in {name}", file, "rename", renamed, at="limit and", name="most_of_it", before=1, after=1)
        file = workspace.add(f"format/{name}", text)
        formatted = workspace.formatted(file)
        assert formatted != text
        edit(f"format {name}", file, "format", formatted, before=1)
        file = workspace.add(f"complete/{name}", text)
        edit(f"completion in {name}", file, "complete", text, at="variables.l", labels=["limit"], before=1)
    for file in known:
        text = file.read_bytes().decode()
        fixed = workspace.fixed(file)
        changed = workspace.add(f"fix-all/{workspace.name(file)}/{file.name}", text)
        workspace.add(
            f"fix-all/{workspace.name(file)}/{samples.CONFIGURATION}", (file.parent / samples.CONFIGURATION).read_text())
        types = file.parent / "resource-types"
        if types.is_dir():
            (changed.parent / "resource-types").symlink_to(types)
        if fixed == text:
            continue
        count = fixes(workspace, changed)
        edit(
            f"all fixes in {workspace.name(file)}", changed, "fix", fixed, at="", only="source.fixAll.policycortex",
            title=f"apply {count} safe fix{'' if count == 1 else 'es'}", before=len(list(expected(workspace, file))))
    return {"diagnostics": diagnostics, "edits": edits}


def fixes(workspace, file):
    """How many fixes `validate --fix` makes."""
    before = file.read_bytes()
    run = subprocess.run([workspace.binary, "validate", "--fix", str(file)], capture_output=True, text=True, check=False)
    file.write_bytes(before)
    found = re.search(r"(\d+) fixed", run.stdout + run.stderr)
    if not found:
        raise RuntimeError(run.stdout + run.stderr)
    return int(found[1])


def main(binary, editor):
    with tempfile.TemporaryDirectory() as directory, tempfile.TemporaryDirectory() as other:
        workspace = samples.Workspace(binary, directory)
        content = plan(workspace)
        content["unmarked"] = os.path.join(other, "compose.yaml")
        with open(content["unmarked"], "w", encoding="utf-8") as file:
            file.write("services: {}\n")
        path = os.path.join(other, "plan.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(content, file)
        configuration = samples.EDITORS / "neovim" / "policycortex.lua"
        environment = os.environ | {"PLAN": path, "XDG_STATE_HOME": other, "XDG_CACHE_HOME": other}
        command = [
            editor, "--headless", "-u", "NONE", "-i", "NONE", "-n",
            "--cmd", f"let g:policycortex = {{'command': ['{workspace.binary}', 'lsp']}}",
            "--cmd", "set encoding=utf-8 fileencodings=utf-8 hidden", "--cmd", "filetype on",
            "--cmd", f"luafile {configuration}", "-c", f"luafile {samples.ROOT / 'Tests/Editors/neovim.lua'}",
        ]  # fmt: skip
        run = subprocess.run(command, env=environment, capture_output=True, timeout=120, check=False)
        sys.stdout.write(run.stdout.decode(errors="replace"))
        if run.returncode:
            sys.stdout.flush()
            sys.stderr.write(run.stderr.decode(errors="replace")[-4000:])
        return run.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
