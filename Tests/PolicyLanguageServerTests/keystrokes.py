"""How long an editor waits: speaks to the built language server over pipes, and times keystrokes and completions.

    python3 keystrokes.py PATH_OF_policycortex [RULES] [KEYSTROKES]

Prints a line of JSON for each format of the document: milliseconds from a change to the diagnostics of its version, from a
request for completion to its answer, and the server's memory, early and late.
"""
import json
import os
import subprocess
import sys
import time


class Server:
    def __init__(self, path):
        self.process = subprocess.Popen([path, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.count = 0

    def send(self, method, params, is_request=False):
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if is_request:
            self.count += 1
            message["id"] = self.count
        text = json.dumps(message).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(text) + text)
        self.process.stdin.flush()
        return self.count

    def receive(self, is_wanted):
        while True:
            length = 0
            while (line := self.process.stdout.readline().strip()):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            text = self.process.stdout.read(length)
            message = json.loads(text)
            if is_wanted(message):
                return message

    def request(self, method, params):
        number = self.send(method, params, True)
        return self.receive(lambda message: message.get("id") == number)

    def memory(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(line.split()[1]) >> 10 for line in status if line.startswith("VmRSS"))


def document(kind, rules):
    conditions = [
        f"resource.name{n} == 'a' && (resource.size > {n} || request.tags.exists(t, t == 'x{n}'))" for n in range(rules)
    ]
    if kind == "json":
        rows = [{"id": f"r{n}", "condition": text, "action": "deny", "message": "forbidden"} for n, text in enumerate(conditions)]
        return json.dumps({"name": "p", "rules": rows}, indent=2)
    rows = [
        f"  - id: r{n}\n    condition: >-\n      {text}\n    action: deny\n    message: forbidden\n"
        for n, text in enumerate(conditions)
    ]
    return "name: p\nrules:\n" + "".join(rows)


def percentiles(times):
    times = sorted(times)
    return {"p50": round(times[len(times) // 2], 2), "p99": round(times[len(times) * 99 // 100], 2)}


def run(path, kind, rules, keystrokes):
    server = Server(path)
    uri = f"file:///nowhere/p.{kind}"
    server.request("initialize", {"processId": os.getpid(), "capabilities": {"general": {"positionEncodings": ["utf-16"]}}})
    text = document(kind, rules)
    server.send("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": kind, "version": 0, "text": text}})
    server.receive(lambda message: message.get("method") == "textDocument/publishDiagnostics")
    lines = text.split("\n")
    line = next(n for n, content in enumerate(lines) if f"name{rules // 2} " in content)
    column = lines[line].index(f"name{rules // 2} ")
    changed, completed, memory = [], [], []
    for number in range(1, keystrokes + 1):
        # Types a word in the middle of the document, and takes it back.
        step = number % 8
        place = {"line": line, "character": column}
        end = {"line": line, "character": column + (0 if step else 7)}
        change = {"range": {"start": place, "end": end}, "text": "a" if step else ""}
        start = time.perf_counter()
        server.send(
            "textDocument/didChange", {"textDocument": {"uri": uri, "version": number}, "contentChanges": [change]})
        server.receive(lambda message: message.get("params", {}).get("version") == number)
        changed.append((time.perf_counter() - start) * 1000)
        if number % 5 == 0:
            start = time.perf_counter()
            server.request("textDocument/completion", {"textDocument": {"uri": uri}, "position": place})
            completed.append((time.perf_counter() - start) * 1000)
        if number in (keystrokes // 10, keystrokes):
            memory.append(server.memory())
    server.request("shutdown", None)
    server.send("exit", None)
    print(
        json.dumps({
            "format": kind, "rules": rules, "bytes": len(text), "keystroke_ms": percentiles(changed),
            "completion_ms": percentiles(completed), "memory_mib": memory, "exit": server.process.wait(),
        }))


if __name__ == "__main__":
    rules = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    keystrokes = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    for kind in ("json", "yaml"):
        run(sys.argv[1], kind, rules, keystrokes)
