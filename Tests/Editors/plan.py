"""What editors are to do with the samples, and what must come of it."""

import json
import os
import re
import subprocess
import sys

import samples

YAML = """\
name: Notes
variables:
  limit: "100" # 😀 counts two in UTF-16
rules:
  - condition: resource.note == "😀😀" && resource.size > variables.limit and resource.size<200
    action: deny
    message: "😀 {{ variables.limit }}"
"""

JSON = """\
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
"""

NOTES = {"unix.yaml": YAML, "dos.yaml": YAML.replace("\n", "\r\n"), "unix.json": JSON}


def of_notes(workspace):
    """A fix, a rename, formatting and completion, in each kind of file: a name, the file, what to do, the text afterwards."""
    for name, text in NOTES.items():

        def step(action, wanted, folder=name, text=text, **more):
            file = workspace.add(f"{action}/{folder}", text)
            return {
                "step": f"{action} in {folder}",
                "path": str(file),
                "action": action,
                "expected": wanted,
                "before": 1,
                **more,
            }

        formatted = workspace.formatted(workspace.add(f"plain/{name}", text))
        if formatted == text:
            raise RuntimeError(f"{name} is formatted already")
        yield step("fix", text.replace("limit and ", "limit && "), at="and resource", title="write `&&`", after=0)
        yield step("rename", re.sub(r"\blimit\b", "most_of_it", text), at="limit and", name="most_of_it", after=1)
        yield step("format", formatted)
        yield step("complete", text, at="variables.l", labels=["limit"])


def of_fixes(workspace, files):
    """All safe fixes at once, in each of some files that has any."""
    for file in files:
        text, fixed = file.read_bytes().decode(), workspace.fixed(file)
        if fixed == text:
            continue
        folder = f"fix-all/{workspace.name(file)}"
        changed = workspace.add(f"{folder}/{file.name}", text)
        workspace.add(f"{folder}/{samples.CONFIGURATION}", (file.parent / samples.CONFIGURATION).read_text())
        types = file.parent / "resource-types"
        if types.is_dir():
            (changed.parent / "resource-types").symlink_to(types)
        count = fix_count(workspace, changed)
        yield {
            "step": f"all fixes in {workspace.name(file)}", "path": str(changed), "action": "fix", "expected": fixed,
            "only": "source.fixAll.policycortex", "title": f"apply {count} safe fix{'' if count == 1 else 'es'}",
            "before": len(workspace.findings(file)), "at": "",
        }  # fmt: skip


def fix_count(workspace, file):
    """How many fixes `validate --fix` makes."""
    before = file.read_bytes()
    run = subprocess.run(
        [workspace.binary, "validate", "--fix", str(file)], capture_output=True, text=True, check=False
    )
    file.write_bytes(before)
    found = re.search(r"(\d+) fixed", run.stdout + run.stderr)
    if not found:
        raise RuntimeError(run.stdout + run.stderr)
    return int(found[1])


def write(directory, workspace, files, expected, edits):
    """Writes what an editor is to do into a folder of its own; gives the path."""
    content = {
        "diagnostics": [
            {"name": workspace.name(file), "path": str(file), "expected": list(expected(workspace, file))}
            for file in files
        ],
        "edits": list(edits),
        # No configuration stands above it.
        "unmarked": os.path.join(directory, "compose.yaml"),
    }
    with open(content["unmarked"], "w", encoding="utf-8") as file:
        file.write("services: {}\n")
    path = os.path.join(directory, "plan.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(content, file)
    return path


def run(command, environment):
    """Runs an editor to its end, and shows what it says; gives its status."""
    editor = subprocess.run(command, env=environment, capture_output=True, timeout=120, check=False)
    sys.stdout.write(editor.stdout.decode(errors="replace"))
    if editor.returncode:
        sys.stdout.flush()
        sys.stderr.write(editor.stderr.decode(errors="replace")[-4000:])
    return editor.returncode
