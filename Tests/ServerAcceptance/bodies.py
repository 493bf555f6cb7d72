"""Bodies that never end, or end in the middle: the server answers, lets go of the connection, and stops when it is told to."""

import signal
import socket
import time

from acceptance import Count, Server, policy


def chunk(data):
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def start(server, path, key=None, kind="application/x-ndjson"):
    connection = socket.create_connection(("127.0.0.1", server.port))
    authorization = f"Authorization: Bearer {key}\r\n" if key else ""
    connection.sendall((f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{authorization}Content-Type: {kind}\r\n"
                        "Transfer-Encoding: chunked\r\n\r\n").encode())
    return connection


def pour(connection, data, pause, seconds):
    """Sends data again and again; returns what was answered, and after how many seconds the server let go."""
    begin, answer = time.monotonic(), b""
    connection.setblocking(False)
    while time.monotonic() - begin < seconds:
        try:
            connection.sendall(chunk(data))
        except BlockingIOError:
            pass
        except OSError:
            break
        try:
            if not (piece := connection.recv(65536)):
                break
            answer += piece
        except BlockingIOError:
            pass
        except OSError:
            break
        time.sleep(pause)
    return answer.decode(), time.monotonic() - begin


count = Count()
with Server("--rate-limit", "unlimited", "--body-timeout", "3s") as server:
    server.send("POST", "/v1/policies", policy("p"))
    answer, seconds = pour(start(server, "/v1/scans"), b'{"a": 1}\n' * 100, 0.01, 20)
    count.check(answer.startswith("HTTP/1.1 401") and seconds < 10, f"without a key: {answer[:40]!r}, {seconds:.1f} s")
    bad = start(server, "/v1/scans", server.key)
    bad.sendall(chunk(b"{\n"))
    # What was read is looked at in batches.
    answer, seconds = pour(bad, b'{"a": 1}\n' * 1000, 0.01, 20)
    count.check(answer.startswith("HTTP/1.1 400") and "resources[0]" in answer and seconds < 10,
                f"a bad line: {answer[:40]!r}, {seconds:.1f} s")
    answer, seconds = pour(start(server, "/v1/policies", server.key, "application/json"), b" ", 0.2, 20)
    count.check(answer.startswith("HTTP/1.1 408") and seconds < 10, f"a slow body: {answer[:40]!r}, {seconds:.1f} s")
    large = start(server, "/v1/policies", server.key, "application/json")
    for _ in range(257):
        large.sendall(chunk(b" " * 65536))
    answer = large.recv(65536).decode()
    count.check(answer.startswith("HTTP/1.1 413"), f"a large body: {answer[:40]!r}")
    broken = start(server, "/v1/policies", server.key, "application/json")
    broken.sendall(b"no chunk\r\n")
    answer = broken.recv(65536).decode()
    count.check(answer.startswith("HTTP/1.1 400") and '"code":400' in answer, f"what is no chunk: {answer[:40]!r}")

    gone = start(server, "/v1/scans", server.key)
    gone.sendall(chunk(b'{"public": true}\n' * 3000))
    time.sleep(1)
    gone.close()
    for _ in range(100):
        scan = server.send("GET", "/v1/scans")[2]["scans"][-1]
        if scan["status"] != "running":
            break
        time.sleep(0.05)
    count.check(scan["status"] == "failed" and scan["reason"], f"a client that is gone fails its scan: {scan}")

    last = start(server, "/v1/scans", server.key)
    last.sendall(chunk(b'{"public": true}\n' * 3000))
    time.sleep(0.5)
    server.process.send_signal(signal.SIGTERM)
    answer, seconds = pour(last, b'{"public": true}\n', 0.1, 30)
    count.check(answer.startswith("HTTP/1.1 503") and seconds < 15, f"at the end: {answer[:40]!r}, {seconds:.1f} s")
    last.close()
    count.check(server.process.wait(timeout=30) == 0, "the server ends as it is told to")
count.end()
