"""The samples as a workspace of an editor, and what the command line says of them."""

import json
import pathlib
import re
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EDITORS = ROOT / "samples" / "editors"
CONFIGURATION = ".policycortex.yaml"


class Workspace:
    """A directory with each sample in a folder of its own, with a configuration that names its resource types."""

    def __init__(self, binary, directory, kinds=("invalid", "valid")):
        self.binary = str(pathlib.Path(binary).resolve())
        self.directory = pathlib.Path(directory).resolve()
        (self.directory / CONFIGURATION).write_text("")
        self.files = []
        for kind in kinds:
            for sample in sorted((ROOT / "samples" / kind).iterdir()):
                copy = self.directory / kind / sample.name
                shutil.copytree(sample, copy)
                types = "resource_types: resource-types\n" if (sample / "resource-types").is_dir() else ""
                (copy / CONFIGURATION).write_text(types)
                self.files += [file for file in sorted(copy.glob("policy.*")) if ".test." not in file.name]

    def name(self, file):
        return str(file.relative_to(self.directory).parent)

    def add(self, name, text):
        """Another file, as it is written."""
        file = self.directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def findings(self, file):
        """What `policycortex validate` finds in a file."""
        command = [self.binary, "validate", "--format", "json", str(file)]
        run = subprocess.run(command, capture_output=True, check=False)
        if run.returncode not in (0, 1):
            raise RuntimeError(run.stderr.decode())
        return [item for found in json.loads(run.stdout)["files"] for item in found["diagnostics"]]

    def formatted(self, file):
        """The text of a file after `policycortex format`."""
        return self.changed(file, "format")

    def fixed(self, file):
        """The text of a file after `policycortex validate --fix`."""
        return self.changed(file, "validate", "--fix")

    def changed(self, file, *command):
        # Beside the file, so that the same configuration holds for it.
        copy = file.with_name("changed-" + file.name)
        shutil.copy(file, copy)
        try:
            subprocess.run([self.binary, *command, str(copy)], capture_output=True, check=False)
            return copy.read_bytes().decode()
        finally:
            copy.unlink()


def is_utf8(file):
    """Whether an editor has the bytes of a file as they are."""
    try:
        file.read_bytes().decode()
    except UnicodeDecodeError:
        return False
    return True


def place(data, offset):
    """Line and byte in the line, from 0, of an offset; lines end with LF, CRLF or CR; the middle of a line end is its start."""
    line, start = 0, 0
    for end in re.finditer(rb"\r\n|\n|\r", data):
        if end.end() > offset:
            return line, min(offset, end.start()) - start
        line, start = line + 1, end.end()
    return line, offset - start
