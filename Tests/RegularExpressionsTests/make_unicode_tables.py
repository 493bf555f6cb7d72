"""Writes Sources/RegularExpressions/UnicodeTableData.swift from what RE2 itself answers.

    pip install google-re2
    python3 Tests/RegularExpressionsTests/make_unicode_tables.py > Sources/RegularExpressions/UnicodeTableData.swift

Every code point is asked for: which general category and script it has, and which code points it matches without regard
to case. So the tables are RE2's own, of whatever Unicode version that is, and not another library's.
"""

import glob
import os
import re
import sys

import re2

LAST = 0x10FFFF
SURROGATES = range(0xD800, 0xE000)
CODE_POINTS = [c for c in range(LAST + 1) if c not in SURROGATES]
TEXT = "".join(map(chr, CODE_POINTS)).encode()
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"

options = re2.Options()
options.log_errors = False
options.max_mem = 1 << 30
options.encoding = re2.Options.Encoding.UTF8


def accepted(pattern):
    try:
        return re2.compile(pattern.encode(), options=options)
    except re2.error:
        return None


def code_point_at(offset):
    """The code point that begins at a byte of TEXT, or the one behind the last."""
    if offset <= 0x80:
        return offset
    if offset <= 0x80 + 0x780 * 2:
        return 0x80 + (offset - 0x80) // 2
    offset -= 0x80 + 0x780 * 2
    if offset <= (0x10000 - 0x800 - 0x800) * 3:
        code_point = 0x800 + offset // 3
        return code_point if code_point < 0xD800 else code_point + 0x800
    return 0x10000 + (offset - (0x10000 - 0x800 - 0x800) * 3) // 4


def members(pattern, text=TEXT, place=code_point_at):
    """The ranges of code points that a class matches, ends included; surrogates part a range."""
    found = []
    for match in re2.compile(pattern.encode(), options=options).finditer(text):
        first, behind = place(match.start()), place(match.end())
        if first < 0xD800 < behind:
            found += [(first, 0xD7FF), (0xE000, behind - 1)]
        else:
            found.append((first, behind - 1 if behind != 0xE000 else 0xD7FF))
    return found


def names():
    """The names that RE2 knows: of all the words that stand in its binary, those that it accepts."""
    words = {a + b for a in "CLMNPSZ" for b in ["", *"abcdefghijklmnopqrstuvwxyz"]}
    for path in glob.glob(os.path.join(os.path.dirname(re2.__file__), "_re2*.so")):
        with open(path, "rb") as file:
            words |= {word.decode() for word in re.findall(rb"[A-Z][A-Za-z_]+", file.read())}
    return sorted(name for name in words if accepted(r"\p{%s}" % name) and name != "Any")


def partition(classes):
    """Runs of equal class over all code points, as (first code point, index of the class, -1 for none)."""
    owner = [-1] * (LAST + 2)
    for index, name in enumerate(classes):
        for first, last in members(r"\p{%s}+" % name):
            for code_point in range(first, last + 1):
                assert owner[code_point] == -1, (name, code_point)
                owner[code_point] = index
    runs = []
    for code_point in range(LAST + 1):
        if code_point == 0 or owner[code_point] != owner[code_point - 1]:
            runs.append((code_point, owner[code_point]))
    return runs


def orbits():
    """The sets of code points that match each other under (?i), but for single ones."""
    cased = set()
    block = 4096
    for start in range(0, LAST + 1, block):
        own = [c for c in range(start, start + block) if c not in SURROGATES]
        if not own:
            continue
        # Partners outside the block.
        for first, last in members(r"(?i)[\x{%X}-\x{%X}]+" % (start, start + block - 1)):
            cased |= {c for c in range(first, last + 1) if not start <= c < start + block}
        # Partners inside it: they differ in some bit.
        text = "".join(map(chr, own)).encode()
        length = len(text) // len(own)
        if len(text) % len(own):
            offsets, at = {}, 0
            for c in own:
                offsets[at] = c
                at += len(chr(c).encode())
            offsets[at] = own[-1] + 1
            place = offsets.__getitem__
        else:
            place = lambda offset: own[0] + offset // length
        for bit in range(12):
            for value in (0, 1):
                chosen = {c for c in own if c >> bit & 1 == value}
                if not chosen:
                    continue
                ranges, run = [], None
                for c in sorted(chosen):
                    if run and run[1] == c - 1:
                        run[1] = c
                    else:
                        run = [c, c]
                        ranges.append(run)
                pattern = "(?i)[" + "".join(r"\x{%X}-\x{%X}" % tuple(r) for r in ranges) + "]+"
                for first, last in members(pattern, text, place):
                    cased |= {c for c in range(first, last + 1) if c not in chosen}
    text = "".join(map(chr, sorted(cased))).encode()
    # A code point with partners outside its block was found as the partner's partner, if the partner was; close it.
    found = {}
    for c in sorted(cased):
        orbit = tuple(ord(m.group().decode()) for m in re2.compile((r"(?i)\x{%X}" % c).encode(), options=options).finditer(text))
        assert c in orbit and len(orbit) > 1, hex(c)
        found[c] = orbit
    for c, orbit in found.items():
        assert all(found[other] == orbit for other in orbit), hex(c)
    return sorted(set(found.values()))


def number(value):
    """A number in base 32, least digit first; digits from 32 say that more follow."""
    text = ""
    while value >= 32:
        text += ALPHABET[32 + value % 32]
        value //= 32
    return text + ALPHABET[value]


def literal(name, summary, text):
    lines = [text[at : at + 112] for at in range(0, len(text), 112)]
    body = "".join(f"    {line}\\\n" for line in lines[:-1]) + f"    {lines[-1]}\n"
    return f'  /// {summary}\n  static let {name}: StaticString = """\n{body}    """\n'


def encoded_runs(runs):
    text, previous = "", 0
    for start, index in runs:
        text += number(start - previous) + number(index + 1)
        previous = start
    return text


def encoded_orbits(orbits):
    """Each orbit is its size, its first member's distance from the last orbit's, and the distances of its members."""
    text, previous = "", 0
    for orbit in orbits:
        text += number(len(orbit)) + number(orbit[0] - previous)
        previous = orbit[0]
        text += "".join(number(b - a) for a, b in zip(orbit, orbit[1:]))
    return text


def main():
    known = names()
    groups = [name for name in known if len(name) == 1]
    # `Yi` is a script.
    categories = [name for name in known if len(name) == 2 and name[0] in groups]
    scripts = [name for name in known if name not in groups and name not in categories]
    # Surrogates have a category, and no code point in a text.
    for group in groups:
        together = "[" + "".join(r"\p{%s}" % name for name in categories if name[0] == group) + "]+"
        assert members(r"\p{%s}+" % group) == members(together), group
    runs = partition(categories)
    script_runs = partition(scripts)
    cased = orbits()
    print(f"{len(categories)} categories, {len(scripts)} scripts, {len(cased)} orbits", file=sys.stderr)
    version = "15" if "Kawi" in scripts and "Garay" not in scripts else "16 or later" if "Garay" in scripts else "14 or older"
    print("// Generated by Tests/RegularExpressionsTests/make_unicode_tables.py; do not edit.\n")
    print(f"/// What RE2 says of every code point (google-re2 {re2_version()}, Unicode {version}); `UnicodeClasses` reads it.")
    print("enum UnicodeTableData {")
    print(literal("categoryNames", "The general categories, by number from 1.", " ".join(categories)))
    print(literal("categories", "Runs of code points of one category: distance from the last run, and its number or 0.", encoded_runs(runs)))
    print(literal("scriptNames", "The scripts, by number from 1.", " ".join(scripts)))
    print(literal("scripts", "Runs of code points of one script, as above.", encoded_runs(script_runs)))
    print(literal("orbits", "Code points that match each other in either case: how many, and the distances between them.", encoded_orbits(cased)), end="")
    print("}")


def re2_version():
    import importlib.metadata

    return importlib.metadata.version("google-re2")


main()
