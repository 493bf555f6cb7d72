"""Starts the built server, speaks HTTP to it over loopback, and counts what passes. Needs nothing but Python."""

import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def executable():
    """The server's program: $POLICYCORTEX_SERVER, or the newest that was built here."""
    if given := os.environ.get("POLICYCORTEX_SERVER"):
        return given
    built = [path for path in ROOT.glob(".build*/*/policycortex-server") if path.is_file()]
    if not built:
        sys.exit("build it first: swift build --traits Server --product policycortex-server")
    return str(max(built, key=lambda path: path.stat().st_mtime))


class Server:
    """A run of the server with a database of its own; a second one may take the database over."""

    def __init__(self, *options, database=None, key=None):
        self.folder = tempfile.TemporaryDirectory(prefix="policycortex-")
        self.database = database or self.folder.name + "/acceptance.db"
        self.log_path = self.folder.name + "/log"
        self.output_path = self.folder.name + "/output"
        with open(self.log_path, "wb") as log, open(self.output_path, "wb") as output:
            self.process = subprocess.Popen(
                [executable(), "serve", "--port", "0", "--database", self.database, *options], stdout=output, stderr=log)
        for _ in range(300):
            match = re.search(r"listening on http://[^:]*:(\d+)", self.log())
            if match:
                break
            if self.process.poll() is not None:
                raise RuntimeError("the server ended: " + self.log())
            time.sleep(0.05)
        else:
            raise RuntimeError("the server does not listen: " + self.log())
        self.port = int(match.group(1))
        self.key = key or pathlib.Path(self.output_path).read_text().strip()

    def log(self):
        return pathlib.Path(self.log_path).read_text(errors="replace")

    def memory(self):
        """Resident memory, in MiB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024

    def is_running(self):
        return self.process.poll() is None

    def end(self, number=signal.SIGTERM):
        if self.is_running():
            self.process.send_signal(number)
        return self.process.wait(timeout=60)

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def send(self, method, path, body=None, key=None, headers=None, connection=None):
        """Sends a request; returns status, headers and the body, read where it is JSON."""
        fields = {"Authorization": f"Bearer {key or self.key}", **(headers or {})}
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        if body is not None:
            fields.setdefault("Content-Type", "application/json")
        own = connection or self.connection()
        own.request(method, path, body, fields)
        answer = own.getresponse()
        data = answer.read()
        if connection is None:
            own.close()
        try:
            data = json.loads(data)
        except ValueError:
            pass
        return answer.status, answer.headers, data

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end(signal.SIGKILL)


class Count:
    """What passed, and what did not."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, holds, what):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print("FAILED:", what, flush=True)

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)


def policy(name, condition="resource.public == true"):
    """A policy in which nothing is wrong."""
    return {"name": name, "rules": [{"condition": condition, "action": "deny", "message": "no"}]}
