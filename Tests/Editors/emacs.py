"""emacs.py BINARY EMACS: Emacs with eglot and the sample configuration works on the samples, in batch mode."""

import os
import sys
import tempfile

import plan
import samples


def expected(workspace, file):
    """What is found in a file, in characters from 1; CRLF is one character."""
    data = file.read_bytes()

    def position(offset):
        before = data[:offset].decode(errors="ignore")
        return len(before.replace("\r\n", "\n") if b"\r\n" in data else before) + 1

    for item in workspace.findings(file):
        yield [item["code"], *(position(item["range"][side]["offset"]) for side in ("start", "end"))]


def main(binary, editor):
    with tempfile.TemporaryDirectory() as directory, tempfile.TemporaryDirectory() as other:
        workspace = samples.Workspace(binary, directory)
        files = [file for file in workspace.files if samples.is_utf8(file)]
        path = plan.write(other, workspace, files, expected, plan.of_notes(workspace))
        command = [
            editor, "-q", "--batch", "--eval", "(package-initialize)", "--eval", "(prefer-coding-system 'utf-8)",
            "-l", str(samples.EDITORS / "emacs" / "policycortex.el"),
            "--eval", f"(setq policycortex-command '(\"{workspace.binary}\" \"lsp\"))",
            "-l", str(samples.ROOT / "Tests/Editors/emacs.el"),
        ]  # fmt: skip
        environment = os.environ | {"PLAN": path, "HOME": other, "LC_ALL": "C.UTF-8"}
        return plan.run(command, environment)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
