"""Many requests at once on one key: exactly as many succeed as the limit and the time allow.

Usage: python3 rate_limit.py [requests, by default 20000]
"""

import asyncio
import math
import sys
import time

from acceptance import Count, Server

REQUESTS = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
CONNECTIONS = 32


async def client(port, key, numbers, results):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"GET /v1/policies?limit=1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n\r\n".encode()
    for _ in numbers:
        start = time.monotonic()
        writer.write(head)
        answer = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = answer.split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        body = await reader.readexactly(int(fields.get("content-length", "0")))
        results.append((int(lines[0].split()[1]), start, time.monotonic(), fields, body))
    writer.close()


async def run(port, key):
    numbers, results = iter(range(REQUESTS)), []
    await asyncio.gather(*(client(port, key, numbers, results) for _ in range(CONNECTIONS)))
    return results


count = Count()
with Server("--rate-limit", "1000/1h") as server:
    results = asyncio.run(run(server.port, server.key))
    succeeded = [result for result in results if result[0] == 200]
    refused = [result for result in results if result[0] == 429]
    count.check(len(succeeded) + len(refused) == REQUESTS, "every request is answered with 200 or 429")
    # The limiter's clock starts with the first request and ends with the last, somewhere between sending and answer.
    longest = max(end for _, _, end, _, _ in results) - min(start for _, start, _, _, _ in results)
    shortest = max(start for _, start, _, _, _ in results) - min(end for _, _, end, _, _ in results)
    least, most = (1000 + math.floor(elapsed / 3.6) for elapsed in (shortest, longest))
    print(f"{len(succeeded)} of {REQUESTS} succeeded in {longest:.2f} s, {REQUESTS / longest:.0f}/s; "
          f"allowed: {least}" + (f" to {most}" if most != least else ""))
    count.check(least <= len(succeeded) <= most, "exactly as many succeed as are allowed")
    for _, _, _, fields, body in refused[:100]:
        count.check('"limit":1000' in body.decode() and '"window":"1h"' in body.decode(), "the body tells the limit")
        count.check(fields["x-ratelimit-limit"] == "1000", "the headers tell the limit")
        count.check(fields["x-ratelimit-remaining"] == "0", "nothing remains")
        count.check(1 <= int(fields["retry-after"]) <= 4, "the next request is allowed within 3.6 s")
count.end()
