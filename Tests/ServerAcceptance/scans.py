"""Scans many resources with many policies: rate and memory; then kills the server within a scan.

Usage: python3 scans.py [resources, by default 100000] [policies, by default 10, of ten rules each]
"""

import http.client
import json
import signal
import sys
import tempfile
import threading
import time

from acceptance import Count, Server

RESOURCES = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
POLICIES = int(sys.argv[2]) if len(sys.argv) > 2 else 10


def lines():
    """The resources, a thousand lines at a time."""
    for start in range(0, RESOURCES, 1000):
        yield "".join(
            json.dumps({"id": f"r{number}", "type": "T::Thing", "size": number % 1000, "tags": {"owner": "me"}}) + "\n"
            for number in range(start, min(start + 1000, RESOURCES))).encode()


def post(server, pieces):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=3600)
    headers = {"Authorization": f"Bearer {server.key}", "Content-Type": "application/x-ndjson"}
    connection.request("POST", "/v1/scans", pieces, headers, encode_chunked=True)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


count = Count()
with tempfile.TemporaryDirectory() as folder, Server("--rate-limit", "unlimited", database=folder + "/a.db") as server:
    for number in range(POLICIES):
        rules = [
            {"condition": f"resource.size == {number * 10 + rule} && resource.tags.owner == 'me'", "action": "deny",
             "message": "{{resource.id}}", "severity": "low"} for rule in range(10)]
        status = server.send("POST", "/v1/policies", {"name": f"p{number}", "rules": rules})[0]
        count.check(status == 201, "a policy is created")
    memory, ended = [], threading.Event()

    def watch():
        while not ended.wait(0.2):
            memory.append(server.memory())

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.monotonic()
    status, scan = post(server, lines())
    elapsed = time.monotonic() - start
    ended.set()
    watcher.join()
    # Each value of size below 10 times the policies violates one rule.
    expected = sum(1 for number in range(RESOURCES) if number % 1000 < POLICIES * 10)
    count.check(status == 202 and scan["status"] == "completed", f"{status} {scan}"[:500])
    count.check(scan["progress"]["resources"] == RESOURCES, "all are scanned")
    count.check(scan["summary"]["violations"] == expected, f"{scan['summary']}, expected {expected}")
    half = memory[len(memory) // 2:]
    print(f"{RESOURCES / elapsed:.0f} resources/s with {POLICIES * 10} rules; memory, MiB: "
          f"{memory[0]:.0f} at first, {max(memory):.0f} at most, {memory[-1]:.0f} at last")
    count.check(max(half) < memory[len(memory) // 4] * 1.25 + 16, "memory is flat")

    # A body that never ends, until the server does.
    def endless():
        while True:
            yield b'{"id": "x", "size": 1}\n' * 2000
            time.sleep(0.01)

    def attempt():
        try:
            post(server, endless())
        except (OSError, http.client.HTTPException):
            pass

    poster = threading.Thread(target=attempt)
    poster.start()
    for _ in range(200):
        running = server.send("GET", "/v1/scans?cursor=cur_1")[2]["scans"]
        if running and running[0]["progress"]["resources"]:
            break
        time.sleep(0.05)
    count.check(running[0]["status"] == "running", "it can be seen while it runs")
    place, seen = f"/v1/scans/{running[0]['id']}", running[0]["progress"]["resources"]
    server.end(signal.SIGKILL)
    poster.join()
    with Server(database=server.database, key=server.key) as again:
        status, _, scan = again.send("GET", place)
        count.check(status == 200 and scan["status"] == "failed" and scan["reason"], f"it has failed: {scan}"[:500])
        count.check(scan["progress"]["resources"] >= seen, "what was found is kept")
        count.check(again.send("DELETE", place)[0] == 204, "it can be removed")
count.end()
