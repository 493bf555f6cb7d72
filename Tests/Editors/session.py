"""The server, spoken to without a client's library: one message, one answer."""

import json
import subprocess

from lsprotocol import types

from marked import Text


class Session:
    def __init__(self, binary):
        self.binary = binary
        self.count = 0

    def __enter__(self):
        self.server = subprocess.Popen([self.binary, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        result = self.ask("initialize", {"capabilities": {"general": {"positionEncodings": ["utf-32"]}}})
        self.kinds = result["capabilities"]["semanticTokensProvider"]["legend"]["tokenTypes"]
        self.tell("initialized", {})
        return self

    def __exit__(self, *_):
        self.ask("shutdown", {})
        self.tell("exit", {})
        self.server.wait(10)

    def tell(self, method, parameters, **more):
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": parameters, **more}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def ask(self, method, parameters):
        self.count += 1
        self.tell(method, parameters, id=self.count)
        while True:
            length = 0
            while header := self.server.stdout.readline().strip():
                length = int(header.split(b":")[1]) if header.lower().startswith(b"content-length") else length
            message = json.loads(self.server.stdout.read(length))
            if message.get("id") == self.count:
                return message["result"]

    def semantic_tokens(self, uri, language, text):
        """Where each token starts in the text, and what it is."""
        self.tell(
            "textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": language, "version": 1, "text": text}}
        )
        data = self.ask("textDocument/semanticTokens/full", {"textDocument": {"uri": uri}})["data"]
        line = character = 0
        document = Text(text)
        for lines, characters, _, kind, _ in zip(*[iter(data)] * 5):
            line, character = line + lines, characters if lines else character + characters
            yield document.offset(types.Position(line, character), "utf-32"), self.kinds[kind]
