"""Writes random patterns and texts, with RE2's verdicts, for RE2DifferentialTests.swift to compare.

    pip install google-re2
    python3 Tests/RegularExpressionsTests/re2_differential.py --seed 1 --pairs 2500 > Tests/RegularExpressionsTests/re2_cases.jsonl

Each line is a pattern and what RE2 makes of it:

    ["PATTERN", null]                                          not a pattern
    ["PATTERN", GROUPS, "TEXT", START, [0,3,-1,-1], …]         texts, each with the place to search from and the match

A match is the ranges of the whole and of each group in bytes, -1 for a group that took no part; `null` is no match.
For more than the committed file, write another and name it: `RE2_CASES=/path/cases.jsonl swift test --filter RE2Differential`.
"""

import argparse
import json
import random

import re2

options = re2.Options()
options.log_errors = False

ASCII = list("abcABCkKsS019_ -.,:/\n\t")
UNICODE = list("éÉßẞſKσςΣжЖ中文क😀\u00a0\u2028ıİǅ\u0301αΩΩ٣\U00010400\U00010428")
CLASSES = [
    r"\d", r"\D", r"\s", r"\S", r"\w", r"\W", ".", r"[a-c]", r"[^a-c]", r"[[:alpha:]]", r"[[:^alpha:]]", r"[[:space:]]",
    r"[^\d\s]", r"[\w-]", r"[a\-z]", r"[]a]", r"[^]a]", r"[k-s]", r"[^k]", r"[^\n]", r"[\n-]", r"[é-ж]", r"[^é]",
    r"\pL", r"\p{Lu}", r"\P{Lu}", r"\p{Ll}", r"\p{Greek}", r"\P{Greek}", r"\p{^Greek}", r"\pN", r"\p{Lt}", r"[\pL\d]",
    r"[^\pL]", r"[\P{L}a]", r"\p{Any}", r"\p{Zs}", r"\pM", r"[\x00-\x{10FFFF}]", r"[\x{100}-\x{10FFFF}]", r"\pS", r"\pP",
    r"[[:word:]]", r"[[:punct:]]", r"[[:print:]]", r"[[:cntrl:]]", r"[[:^word:]]", r"[[:upper:]]", r"[[:lower:]x]",
    r"[\W]", r"[^\W]", r"[\S\d]", r"[^\P{Lu}]", r"\p{Cs}", r"\P{Cs}", r"[\x{D7FF}-\x{E000}]", r"\p{Han}", r"\p{Cyrillic}",
]  # fmt: skip
ESCAPES = [r"\.", r"\n", r"\t", r"\x41", r"\x{e9}", r"\101", r"\x{1F600}", r"\-", r"\/", r"\_", r"\*", r"\Qa.b\E", r"\a", r"\060", r"\x{212A}"]
ASSERTIONS = ["^", "$", r"\A", r"\z", r"\b", r"\B"]
QUANTIFIERS = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{2,}", "{0}", "{0,}", "{1}", "{,2}", "{3,5}?"]
FLAGS = ["i", "s", "m", "U", "-i", "i-s", "im", "s-m", "-U", "ims-U", ""]
SOUP = (
    CLASSES + ESCAPES + ASSERTIONS + QUANTIFIERS + list("()[]{}|*+?^$.\\-,:=!<>&ab10PQEn")
    + ["(?:", "(?i)", "(?P<n>", "(?<n>", "(?i:", "(?-i)", "(?s-", "(?", "[^", "[:", ":]", "[[:", "\\p{", "\\x{", "\\Q", "\\E", "{1,", "{1001}", "{1000}",
       "(?=", "(?!", "(?<=", "(?#", "(?>", "\\1", "\\12", "\\8", "\\k<n>", "\\Z", "\\G", "\\h", "\\R", "\\u0041", "++", "**", "??", "a-", "z-a", "[a-\\d]",
       "\\07", "\\400", "\\777", "é", "[[:alpha:]]", "[[:foo:]]", "[a&&b]", "{01}", "{2,1}", "(?P=n)", "(?P>n)", "(*F)", "[.", ".]", "\\é", "\\ ", "\\e", "(?x)", "(?n:", "\\pZ", "\\pé", "\\p{^L}", "\\p{IsL}",
       "(?P<", "<a>", "(?<é>", "(?<a b>", "\n", "\x00", "(?i-", "(?--", "()", "(|)"]
)  # fmt: skip


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def letters(self):
        return ASCII if self.random.random() < 0.75 else UNICODE

    def atom(self, depth):
        kind = self.random.random()
        if kind < 0.42 or depth <= 0:
            letter = self.random.choice(self.letters())
            return "\\" + letter if letter in "." else letter
        if kind < 0.62:
            return self.random.choice(CLASSES)
        if kind < 0.67:
            return self.random.choice(ESCAPES)
        if kind < 0.72:
            return self.random.choice(ASSERTIONS)
        if kind < 0.75:
            return self.bracket()
        inner = self.alternation(depth - 1)
        if kind < 0.87:
            return "(" + inner + ")"
        if kind < 0.93:
            return "(?:" + inner + ")"
        if kind < 0.97:
            return "(?" + self.random.choice(FLAGS) + ":" + inner + ")"
        return "(?P<%s>%s)" % (self.random.choice(["a", "n1", "é", "_"]), inner)

    def bracket(self):
        parts = []
        for _ in range(self.random.randint(1, 4)):
            kind = self.random.random()
            first = self.random.choice(self.letters())
            if kind < 0.5:
                parts.append("\\-" if first == "-" else first)
            elif kind < 0.8:
                other = self.random.choice(self.letters())
                low, high = sorted([first, other])
                parts.append("%s-%s" % tuple(f"\\x{{{ord(c):x}}}" if c in "-\n" else c for c in (low, high)))
            else:
                parts.append(self.random.choice([r"\d", r"\w", r"\s", r"\W", r"\pL", r"\P{Lu}", "[:alpha:]", "[:^digit:]"]))
        return "[" + self.random.choice(["", "^"]) + "".join(parts) + "]"

    def piece(self, depth):
        atom = self.atom(depth)
        return atom + self.random.choice(QUANTIFIERS) if self.random.random() < 0.35 else atom

    def sequence(self, depth):
        return "".join(self.piece(depth) for _ in range(self.random.choice([0] + [1, 2] * 6 + [3, 3, 3, 4])))

    def alternation(self, depth):
        return "|".join(self.sequence(depth) for _ in range(self.random.choice([1, 1, 1, 1, 2, 2, 3])))

    def pattern(self):
        kind = self.random.random()
        if kind < 0.12:
            return "".join(self.random.choice(SOUP) for _ in range(self.random.randint(1, 7)))
        body = self.alternation(self.random.choice([1, 1, 2, 3]))
        if self.random.random() < 0.25:
            body = "(?" + self.random.choice(FLAGS) + ")" + body
        if self.random.random() < 0.15:
            body = "^" + body
        if self.random.random() < 0.15:
            body += "$"
        if kind < 0.2 and body:
            at = self.random.randrange(len(body))
            body = body[:at] + self.random.choice(SOUP) + body[at + self.random.randint(0, 2) :]
        return body

    def subject(self, pattern):
        kind = self.random.random()
        if kind < 0.1:
            return ""
        count = self.random.choice([1, 2, 3, 4, 6, 10, 16])
        own = [c for c in pattern if c not in "\\()[]{}*+?|^$"] or ["a"]
        letters = []
        for _ in range(count):
            pick = self.random.random()
            if pick < 0.55:
                letter = self.random.choice(own)
                letters.append(letter.swapcase() if self.random.random() < 0.2 else letter)
            elif pick < 0.9:
                letters.append(self.random.choice(self.letters()))
            elif pick < 0.97:
                letters.append("\n")
            else:
                letters.append(chr(self.random.choice([0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF])))
        return "".join(letters)


def verdict(compiled, subject, start):
    match = compiled.search(subject, start)
    if match is None:
        return None
    return [place for group in range(compiled.groups + 1) for place in match.span(group)]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--pairs", type=int, default=5000)
    arguments.add_argument("--subjects", type=int, default=8)
    arguments = arguments.parse_args()
    generator = Generator(arguments.seed)
    pairs = 0
    seen = set()
    while pairs < arguments.pairs:
        pattern = generator.pattern()
        # `\C` matches a byte, which we refuse.
        if pattern in seen or "\\C" in pattern:
            continue
        seen.add(pattern)
        try:
            compiled = re2.compile(pattern.encode(), options=options)
        except re2.error:
            print(json.dumps([pattern, None], separators=(",", ":"), ensure_ascii=False))
            pairs += 1
            continue
        line = [pattern, compiled.groups]
        for _ in range(arguments.subjects):
            text = generator.subject(pattern)
            if "\\B" in pattern:
                # RE2 has `\B` between the bytes of one code point, too; we have it between code points only, as Go does.
                text = text.encode("ascii", "ignore").decode()
            start = 0
            if text and generator.random.random() < 0.15:
                start = len(text[: generator.random.randrange(len(text) + 1)].encode())
            line += [text, start, verdict(compiled, text.encode(), start)]
            pairs += 1
        print(json.dumps(line, separators=(",", ":"), ensure_ascii=False))


main()
