"""Reads the reports of one run with readers that are not ours, and compares them with the run's JSON.

usage: report_readers.py FORMAT JSON REPORT FAIL_LEVEL, in the directory in which the command was run

Places are counted anew from the files' bytes: nothing of the engine's own line table is believed.
Prints how many findings were compared.
"""

import collections
import json
import os
import re
import subprocess
import sys
import urllib.parse
import xml.etree.ElementTree

LEVELS = ["hint", "warning", "error"]
LINE_END = re.compile(rb"\r\n|\n|\r")


def fail(*words):
    print("mismatch:", *words)
    sys.exit(1)


def equal(found, expected, *what):
    if found != expected:
        fail(*what, "is", repr(found), "and should be", repr(expected))


class Text:
    """A file's bytes, and the offsets of places that are given as lines and columns."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.bytes = file.read()
        self.starts = [0] + [match.end() for match in LINE_END.finditer(self.bytes)]

    def offset_of_byte_column(self, line, column):
        return self.starts[line - 1] + column - 1

    def offset_of_character_column(self, line, column, skips_mark=False):
        start = self.starts[line - 1]
        if skips_mark and start == 0 and self.bytes.startswith(b"\xef\xbb\xbf"):
            start = 3
        rest = self.bytes[start:].decode("utf-8", "surrogateescape")
        return start + len(rest[: column - 1].encode("utf-8", "surrogateescape"))

    def line_of(self, offset):
        return sum(1 for start in self.starts if start <= offset)

    def edited(self, edits):
        output = b""
        copied = 0
        for start, end, text in sorted(edits):
            output += self.bytes[copied:start] + text.encode()
            copied = end
        return output + self.bytes[copied:]


def ends(place):
    return place["range"]["start"]["offset"], place["range"]["end"]["offset"]


def edits_of(fix):
    return [(*ends(edit), edit["text"]) for edit in fix["edits"]]


def plain(path):
    return path[2:] if path.startswith("./") else path


class Run:
    """What the run's JSON says: each finding with its file."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.files = json.load(file)["files"]
        self.findings = [(file["path"], finding) for file in self.files for finding in file["diagnostics"]]
        self.texts = {file["path"]: Text(file["path"]) for file in self.files}

    def pairs(self, reported):
        equal(len(reported), len(self.findings), "the number of findings")
        return [(path, finding, other) for (path, finding), other in zip(self.findings, reported)]


def read_sarif(run, report, fail_level):
    import sarif_kit.validate

    log = json.loads(report)
    errors = sarif_kit.validate.validation_errors(log)
    if errors:
        fail("not SARIF:", *errors)
    (only,) = log["runs"]
    equal(only["columnKind"], "unicodeCodePoints", "columnKind")
    rules = only["tool"]["driver"]["rules"]
    equal(len({rule["id"] for rule in rules}), len(rules), "rule ids")
    bases = only["originalUriBaseIds"]

    def path_of(artifact):
        base = bases[artifact["uriBaseId"]]["uri"] if "uriBaseId" in artifact else ""
        url = urllib.parse.urlsplit(urllib.parse.urljoin(base, artifact["uri"]))
        equal((url.scheme, url.netloc, url.query, url.fragment), ("file", "", "", ""), artifact["uri"])
        return urllib.parse.unquote(url.path)

    def region_of(text, region):
        start = text.offset_of_character_column(region["startLine"], region["startColumn"], skips_mark=True)
        end = text.offset_of_character_column(region["endLine"], region["endColumn"], skips_mark=True)
        if region["byteOffset"] >= 3 or not text.bytes.startswith(b"\xef\xbb\xbf"):
            equal((start, end), (region["byteOffset"], region["byteOffset"] + region["byteLength"]), region)
        return region["byteOffset"], region["byteOffset"] + region["byteLength"]

    def compare_place(path, place, location):
        physical = location["physicalLocation"]
        equal(path_of(physical["artifactLocation"]), os.path.abspath(path), "a path")
        equal(region_of(run.texts[path], physical["region"]), ends(place), "a region")
        names = [logical["fullyQualifiedName"] for logical in location.get("logicalLocations", [])]
        equal(names, [place["field"]] if place["field"] else [], "a field")

    fingerprints = collections.Counter()
    for path, finding, result in run.pairs(only["results"]):
        equal(result["ruleId"], finding["code"], "ruleId")
        equal(rules[result["ruleIndex"]]["id"], finding["code"], "ruleIndex")
        equal(result["level"], {"hint": "note"}.get(finding["severity"], finding["severity"]), "level")
        equal(result["message"]["text"].split("\n")[0], finding["message"], "message")
        equal(result["properties"]["class"], finding["class"], "class")
        (location,) = result["locations"]
        compare_place(path, finding, location)
        for related, location in zip(finding["related"], result.get("relatedLocations", []), strict=True):
            compare_place(related.get("path", path), related, location)
            equal(location["message"]["text"], related["message"], "a related message")
        for fix, other in zip(finding["fixes"], result.get("fixes", []), strict=True):
            (change,) = other["artifactChanges"]
            equal(path_of(change["artifactLocation"]), os.path.abspath(path), "a path")
            edits = [
                (*region_of(run.texts[path], part["deletedRegion"]), part["insertedContent"]["text"])
                for part in change["replacements"]
            ]
            equal(run.texts[path].edited(edits), run.texts[path].edited(edits_of(fix)), "a mended file")
        fingerprints.update(result["partialFingerprints"].values())
    equal(len(fingerprints), len(run.findings), "the number of different fingerprints")


def read_rdjson(run, report, fail_level):
    log = json.loads(report)
    equal(log["source"]["name"], "policycortex", "source.name")

    def range_of(text, place):
        start, end = place["start"], place["end"]
        return (
            text.offset_of_byte_column(start["line"], start["column"]),
            text.offset_of_byte_column(end["line"], end["column"]),
        )

    for path, finding, other in run.pairs(log["diagnostics"]):
        text = run.texts[path]
        equal(other["location"]["path"], plain(path), "path")
        equal(range_of(text, other["location"]["range"]), ends(finding), "range")
        equal(other["code"]["value"], finding["code"], "code")
        equal(other["severity"], {"hint": "INFO"}.get(finding["severity"], finding["severity"].upper()), "severity")
        equal(other["message"].startswith(finding["message"]), True, "message")
        for related, place in zip(finding["related"], other.get("related_locations", []), strict=True):
            equal(place["location"]["path"], plain(related.get("path", path)), "a related path")
            if "path" in related:
                lines = tuple(place["location"]["range"][end] for end in ("start", "end"))
                equal(lines, tuple({"line": related["range"][end]["line"]} for end in ("start", "end")), "related lines")
            else:
                equal(range_of(text, place["location"]["range"]), ends(related), "a related range")
        for fix, suggestion in zip(finding["fixes"], other.get("suggestions", []), strict=True):
            edit = (*range_of(text, suggestion["range"]), suggestion["text"])
            equal(text.edited([edit]), text.edited(edits_of(fix)), "a mended file")


def read_gitlab(run, report, fail_level):
    entries = json.loads(report)
    for path, finding, entry in run.pairs(entries):
        start, end = ends(finding)
        equal(entry["check_name"], finding["code"], "check_name")
        equal(entry["description"].startswith(finding["message"]), True, "description")
        equal(entry["severity"], {"error": "major", "warning": "minor", "hint": "info"}[finding["severity"]], "severity")
        equal(entry["location"]["path"], plain(path), "path")
        lines = entry["location"]["lines"]
        equal(lines["begin"], run.texts[path].line_of(start), "the first line")
        equal(lines["end"], run.texts[path].line_of(max(start, end - 1)), "the last line")
    equal(len({entry["fingerprint"] for entry in entries}), len(entries), "the number of different fingerprints")


def read_github(run, report, fail_level):
    def unescaped(text):
        text = text.replace("%3A", ":").replace("%2C", ",")
        return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")

    lines = report.decode().split("\n")
    equal(lines.pop(), "", "what follows the last line")
    for path, finding, line in run.pairs(lines):
        command, message = re.fullmatch(r"::(\w+ [^:]*)::(.*)", line).groups()
        name, properties = command.split(" ", 1)
        values = {key: unescaped(value) for key, value in (part.split("=", 1) for part in properties.split(","))}
        equal(name, {"hint": "notice"}.get(finding["severity"], finding["severity"]), "command")
        equal(values["file"], plain(path), "file")
        equal(finding["code"] in values["title"], True, "title")
        text = run.texts[path]
        start, end = ends(finding)
        equal(int(values["line"]), text.line_of(start), "line")
        equal(int(values["endLine"]), text.line_of(max(start, end - 1)), "endLine")
        if "col" in values:
            equal(text.offset_of_character_column(int(values["line"]), int(values["col"])), start, "col")
            equal(text.offset_of_character_column(int(values["line"]), int(values["endColumn"])), end, "endColumn")
        else:
            equal(text.line_of(start) != text.line_of(end), True, "a finding of several lines")
        if finding["message"].isascii() and finding["message"].isprintable():
            equal(unescaped(message).startswith(finding["message"]), True, "message")


def check_xml(report):
    result = subprocess.run(["xmllint", "--noout", "-"], input=report, capture_output=True)
    equal((result.returncode, result.stderr), (0, b""), "what xmllint says")


def position_of(run, path, finding):
    text = run.texts[path]
    start = ends(finding)[0]
    line = text.line_of(start)
    before = text.bytes[text.starts[line - 1] : start]
    return line, len(before.decode("utf-8", "surrogateescape")) + 1


def read_checkstyle(run, report, fail_level):
    check_xml(report)
    root = xml.etree.ElementTree.fromstring(report)
    equal([file.get("name") for file in root], [plain(file["path"]) for file in run.files], "files")
    for path, finding, error in run.pairs([error for file in root for error in file]):
        place = (int(error.get("line")), int(error.get("column")))
        equal(place, position_of(run, path, finding), "a place")
        equal(error.get("source"), "policycortex." + finding["code"], "source")
        equal(error.get("severity"), {"hint": "info"}.get(finding["severity"], finding["severity"]), "severity")
        if finding["message"].isascii() and finding["message"].isprintable():
            equal(error.get("message").startswith(finding["message"]), True, "message")


def read_junit(run, report, fail_level):
    import junitparser

    check_xml(report)
    suites = list(junitparser.JUnitXml.fromstring(report))
    equal([suite.name for suite in suites], [plain(file["path"]) for file in run.files], "suites")
    failing = LEVELS[LEVELS.index(fail_level) :]
    cases = []
    for suite, file in zip(suites, run.files):
        failures = sum(finding["severity"] in failing for finding in file["diagnostics"])
        counted = (suite.tests, suite.failures, suite.errors)
        equal(counted, (max(1, len(file["diagnostics"])), failures, 0), "the counts of a suite")
        inside = list(suite)
        equal(len(inside), suite.tests, "the number of cases")
        cases += inside if file["diagnostics"] else []
    root = xml.etree.ElementTree.fromstring(report)
    equal(int(root.get("tests")), sum(suite.tests for suite in suites), "tests")
    equal(int(root.get("failures")), sum(suite.failures for suite in suites), "failures")
    for path, finding, case in run.pairs(cases):
        line, column = position_of(run, path, finding)
        equal(case.name.startswith(f"{finding['code']} at {line}:{column}"), True, case.name)
        equal(case._elem.get("file"), plain(path), "file")
        equal(len(case.result), 1 if finding["severity"] in failing else 0, "a result")
        text = case.result[0].text if case.result else case.system_out
        equal(f"[{finding['code']}]" in text, True, "text")


def main():
    format, json_path, report_path, fail_level = sys.argv[1:]
    run = Run(json_path)
    with open(report_path, "rb") as file:
        report = file.read()
    readers = {
        "sarif": read_sarif, "rdjson": read_rdjson, "gitlab": read_gitlab, "github": read_github,
        "checkstyle": read_checkstyle, "junit": read_junit,
    }
    readers[format](run, report, fail_level)
    print("compared", len(run.findings), "findings")


main()
