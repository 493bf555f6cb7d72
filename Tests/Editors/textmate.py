"""The TextMate grammars, as a tokenizer of such grammars reads them: babi's, on Oniguruma as editors have it."""

import copy
import json
import os
import sys

from babi.highlight import Grammars, highlight_line

import samples

DIRECTORY = samples.ROOT / "grammar" / "textmate"
HOSTS = os.path.join(sys.prefix, "share", "babi", "grammar_v1")


def grammar(name):
    return json.loads((DIRECTORY / f"{name}.tmLanguage.json").read_text())


def injected(host, scope):
    """A host's grammar with another one tried first wherever its rules apply but in strings and comments.

    That is what the selector `L:host -string -comment` means; tokenizers outside of editors have no injections.
    """

    def visit(rule):
        if isinstance(rule, list):
            for each in rule:
                visit(each)
            return
        if not isinstance(rule, dict):
            return
        names = f"{rule.get('name', '')} {rule.get('contentName', '')}"
        if "string" in names or "comment" in names:
            return
        if "begin" in rule:
            rule.setdefault("patterns", [])
        for key, value in rule.items():
            if key in ("patterns", "repository"):
                visit(list(value.values()) if key == "repository" else value)
        if "begin" in rule or "scopeName" in rule:
            rule["patterns"].insert(0, {"include": scope})

    host = copy.deepcopy(host)
    visit(host)
    return host


class Tokenizer:
    """Reads texts of one language; `scopes` are what each character belongs to, the outermost first."""

    def __init__(self, language):
        self.grammars = Grammars(HOSTS)
        self.grammars._raw["source.cel"] = grammar("cel")
        self.scope = f"source.{language}"
        if language != "cel":
            injection = grammar(f"policycortex-{language}")
            self.grammars._raw[injection["scopeName"]] = injection
            host = self.grammars._raw_for_scope(self.scope)
            self.grammars._raw[self.scope] = injected(host, injection["scopeName"])

    def scopes(self, text):
        compiler = self.grammars.compiler_for_scope(self.scope)
        state = compiler.root_state
        found = []
        for index, line in enumerate(text.splitlines(keepends=True)):
            state, regions = highlight_line(compiler, state, line, first_line=index == 0)
            of_line = [()] * len(line)
            for region in regions:
                of_line[region.start : region.end] = [region.scope] * (region.end - region.start)
            found += of_line[: len(line)]
        return found

    def tokens(self, text):
        """Pieces of the text with their innermost scope."""
        start = 0
        scopes = self.scopes(text)
        for end in range(1, len(text) + 1):
            if end == len(text) or scopes[end] != scopes[start]:
                yield text[start:end], scopes[start]
                start = end
