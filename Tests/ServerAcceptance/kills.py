"""Kills the server in the middle of writes: what was acknowledged stays, nothing is half there, and it starts again.

Usage: python3 kills.py [rounds, by default 50]
"""

import http.client
import random
import signal
import sys
import tempfile
import threading
import time

from acceptance import Count, Server, policy

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 50
WRITERS = 4


def write(server, number, turn, done, stopped):
    """Creates, changes and deletes until the server is gone; notes what was acknowledged, and what may have happened."""
    connection = server.connection()
    counter = 0
    try:
        while not stopped.is_set():
            counter += 1
            name = f"{turn}-{number}-{counter}"
            status, headers, _ = server.send("POST", "/v1/policies", policy(name), connection=connection)
            if status != 201:
                continue
            place = headers["Location"]
            done[place] = {1}
            if counter % 2:
                done[place] = {1, 2}
                status, headers, _ = server.send("PUT", place, {"description": name}, connection=connection)
                if status == 200:
                    done[place] = {2}
            if counter % 5 == 0:
                done[place] = done[place] | {0}
                if server.send("DELETE", place, connection=connection)[0] == 204:
                    done[place] = {0}
    except (OSError, http.client.HTTPException):
        pass


count = Count()
seed = random.randrange(1 << 32)
print("seed", seed)
dice = random.Random(seed)
with tempfile.TemporaryDirectory() as folder:
    database, key, done = folder + "/kills.db", None, {}
    for turn in range(ROUNDS + 1):
        server = Server("--rate-limit", "unlimited", database=database, key=key)
        key = server.key
        connection = server.connection()
        for place, allowed in done.items():
            status, _, body = server.send("GET", place, connection=connection)
            revision = body["revision"] if status == 200 else 0
            count.check(revision in allowed, f"{place} is at {revision}, acknowledged {allowed}")
            if revision:
                versions = server.send("GET", place + "/versions", connection=connection)[2]["versions"]
                count.check([version["revision"] for version in versions] == list(range(1, revision + 1)),
                            f"{place} has all its versions")
                count.check(body.get("description", body["name"]) == body["name"], f"{place} is whole")
            if revision and 0 in allowed:
                done[place] = {revision}
        done = dict(list(done.items())[-200:])
        if turn == ROUNDS:
            count.check(server.end() == 0, "the last one ends as it is told to")
            break
        stopped = threading.Event()
        writers = [threading.Thread(target=write, args=(server, number, turn, done, stopped)) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        time.sleep(dice.uniform(0.05, 0.6))
        count.check(server.end(signal.SIGKILL) == -signal.SIGKILL, "the server ran until it was killed")
        stopped.set()
        for writer in writers:
            writer.join()
count.end()
