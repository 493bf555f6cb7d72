"""Sends what the OpenAPI document allows, and what it does not, with all checks of schemathesis (`pip install schemathesis`).

The document itself is checked by `openapi-spec-validator` (of the same place) where that is installed.

Usage: python3 fuzz.py [examples an operation, by default 200]
"""

import importlib.util
import pathlib
import subprocess
import sys
import tempfile

from acceptance import Count, Server

EXAMPLES = sys.argv[1] if len(sys.argv) > 1 else "200"
# What takes the server or the key that is used out of service has runs of its own.
APART = {
    "deleteAuthApiKeysId": ["postAuthApiKeys"], "postAuthApiKeysIdRotate": ["postAuthApiKeys"],
    "putMaintenance": ["deleteMaintenance"]}

# A policy that fits the schema may still be one that the engine refuses. A text that is to be a policy may be anything.
# No text of a policy holds U+0000, which the schema leaves unsaid.
CONFIGURATION = """
[generation]
allow-x00 = false

[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "412", "422", "429", "5xx"]

[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "412", "415", "422", "429", "5xx"]

[[operations]]
include-operation-id = "postSandboxEvaluate"
checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "401", "403", "422", "429", "5xx"]
"""


def run(server, folder, *selection):
    command = [
        "st", "--config-file", str(folder / "schemathesis.toml"), "run",
        f"http://127.0.0.1:{server.port}/api/v1/openapi.json", "-H", f"Authorization: Bearer {server.key}",
        "--checks", "all", "-n", EXAMPLES, "--no-color", *selection]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout[-20000:], done.stderr)
    else:
        print("\n".join(line for line in done.stdout.splitlines() if "generated" in line or "Tested" in line))
    return done.returncode == 0


count = Count()
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    (folder / "schemathesis.toml").write_text(CONFIGURATION)
    with Server("--rate-limit", "unlimited") as server:
        connection = server.connection()
        connection.request("GET", "/api/v1/openapi.json")
        (folder / "openapi.json").write_bytes(connection.getresponse().read())
        if importlib.util.find_spec("openapi_spec_validator"):
            command = [sys.executable, "-m", "openapi_spec_validator", str(folder / "openapi.json")]
            done = subprocess.run(command, capture_output=True, text=True)
            count.check(done.returncode == 0, done.stdout + done.stderr)
        rest = [option for operation in APART for option in ("--exclude-operation-id", operation)]
        count.check(run(server, folder, *rest), "all other operations")
        count.check(server.is_running() and '"status":"500"' not in server.log(), "no unexpected error")
    for operation, others in APART.items():
        with Server("--rate-limit", "unlimited") as server:
            # Windows have no address of their own that could be handed on.
            options = ["--phases", "examples,coverage,fuzzing"] if operation == "putMaintenance" else []
            options += [option for name in [operation, *others] for option in ("--include-operation-id", name)]
            count.check(run(server, folder, *options), operation)
            count.check(server.is_running() and '"status":"500"' not in server.log(), f"no unexpected error: {operation}")
count.end()
