"""Fifty updates at once with one entity tag: one succeeds, the others are told that it changed."""

import threading

from acceptance import Count, Server, policy

count = Count()
with Server("--rate-limit", "unlimited") as server:
    for turn in range(5):
        status, headers, body = server.send("POST", "/v1/policies", policy(f"contended {turn}"))
        statuses, gate = [], threading.Barrier(50)

        def update(number):
            connection = server.connection()
            connection.connect()
            gate.wait()
            change = {"description": f"by {number}"}
            method, kind = ("PUT", "application/json") if number % 2 else ("PATCH", "application/merge-patch+json")
            fields = {"If-Match": headers["ETag"], "Content-Type": kind}
            statuses.append(server.send(method, headers["Location"], change, headers=fields, connection=connection)[0])
            connection.close()

        threads = [threading.Thread(target=update, args=(number,)) for number in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        count.check(statuses.count(200) == 1 and statuses.count(412) == 49, f"one 200 and 49 times 412: {statuses}")
        versions = server.send("GET", headers["Location"] + "/versions")[2]
        count.check(versions["pagination"]["total"] == 2, "there are two versions")
count.end()
