"""neovim.py BINARY NVIM: a headless Neovim with the sample configuration works on the samples.

Its diagnostics must be those of `policycortex validate`, and its buffers after fixes, renames and formatting as expected.
"""

import os
import sys
import tempfile

import plan
import samples

SEVERITIES = {"error": 1, "warning": 2, "hint": 4}


def expected(workspace, file):
    """What is found in a file, as Neovim counts: lines and bytes from 0."""
    data = file.read_bytes()
    for item in workspace.findings(file):
        start, end = (samples.place(data, item["range"][side]["offset"]) for side in ("start", "end"))
        yield f"{item['code']} {start[0]}:{start[1]}-{end[0]}:{end[1]} severity {SEVERITIES[item['severity']]}"


def main(binary, editor):
    with tempfile.TemporaryDirectory() as directory, tempfile.TemporaryDirectory() as other:
        workspace = samples.Workspace(binary, directory)
        files = [file for file in workspace.files if samples.is_utf8(file)]
        path = plan.write(other, workspace, files, expected, [*plan.of_notes(workspace), *plan.of_fixes(workspace, files)])
        configuration = samples.EDITORS / "neovim" / "policycortex.lua"
        environment = os.environ | {"PLAN": path, "XDG_STATE_HOME": other, "XDG_CACHE_HOME": other}
        command = [
            editor, "--headless", "-u", "NONE", "-i", "NONE", "-n",
            "--cmd", f"let g:policycortex = {{'command': ['{workspace.binary}', 'lsp']}}",
            "--cmd", "set encoding=utf-8 fileencodings=utf-8 hidden", "--cmd", "filetype on",
            "--cmd", f"luafile {configuration}", "-c", f"luafile {samples.ROOT / 'Tests/Editors/neovim.lua'}",
        ]  # fmt: skip
        return plan.run(command, environment)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
