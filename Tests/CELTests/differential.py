#!/usr/bin/env python3
"""Compares this engine with Google's (`pip install cel-expr-python`): differential.py RECORDS CEL-CONFORMANCE

RECORDS are what the test "are written as records for another engine" writes:

    DIFFERENTIAL_OUT=records.jsonl DIFFERENTIAL_SEED=1 DIFFERENTIAL_COUNT=20000 swift test --filter DifferentialRecords

Prints each difference that `differences.py` does not explain, and how many there were of each kind and reason. Times are compared to the microsecond, which is all that
Google's package gives; maps with keys that Python takes for the same (1, 1u, true) by their values only.
"""
import base64, collections, datetime, json, math, os, re, subprocess, sys

sys.dont_write_bytecode = True
import differences

from cel_expr_python import cel
from cel_expr_python.ext import ext_bindings, ext_encoders, ext_math, ext_optional, ext_strings

SIMPLE = {name: getattr(cel.Type, name.upper())
          for name in "null bool int uint double string bytes dyn timestamp duration".split()}
TYPES = {"google.protobuf.Timestamp": "TIMESTAMP", "google.protobuf.Duration": "DURATION", "null_type": "NULL"}
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
MICROSECOND = datetime.timedelta(microseconds=1)


def type_of(tagged):
    if isinstance(tagged, str):
        return SIMPLE[tagged]
    if "list" in tagged:
        return cel.Type.List(type_of(tagged["list"]))
    return cel.Type.Map(*map(type_of, tagged["map"]))


def number(value):
    return float(value.replace("Infinity", "inf")) if isinstance(value, str) else float(value)


def nanoseconds(text):
    """Of a duration such as `-1.5s`."""
    sign = -1 if text[0] == "-" else 1
    whole, _, fraction = text.strip("-s").partition(".")
    return sign * (int(whole) * 10**9 + int(fraction.ljust(9, "0") or 0))


def instant(text):
    """The nanoseconds since 1970 of a timestamp in UTC."""
    whole, _, fraction = text.rstrip("Z").partition(".")
    start = datetime.datetime.fromisoformat(whole).replace(tzinfo=datetime.timezone.utc)
    return (start - EPOCH) // MICROSECOND * 1000 + int(fraction.ljust(9, "0") or 0)


def plain(tagged):
    """A value as Google's engine takes it."""
    (kind, value), = tagged.items()
    if kind in ("int", "uint"):
        return int(value)
    if kind == "double":
        return number(value)
    if kind == "bytes":
        return base64.b64decode(value)
    if kind == "timestamp":
        return EPOCH + datetime.timedelta(microseconds=instant(value) // 1000)
    if kind == "duration":
        return datetime.timedelta(microseconds=nanoseconds(value) // 1000)
    if kind == "list":
        return [plain(element) for element in value]
    if kind == "map":
        return {plain(key): plain(element) for key, element in value}
    return value


def key_of(value):
    """A map's key as both sides can be compared by."""
    return ("bool", value) if isinstance(value, bool) else ("number", value) if isinstance(value, int) else ("text", value)


def same(ours, theirs, expression=None):
    """Whether two values are the same; with their expression, but for differences of how texts spell numbers."""
    (kind, value), = ours.items()
    name = theirs.type().name()
    if kind == "list":
        elements = theirs.value() if name.startswith("LIST") else None
        return elements is not None and len(elements) == len(value) and all(
            same(element, other, expression) for element, other in zip(value, elements))
    if kind == "map":
        if not name.startswith("MAP"):
            return False
        entries = {plain(key): element for key, element in value}
        others = dict(theirs.value().items())
        if len(entries) != len(value):
            return len(others) == len(entries)
        if {key_of(key) for key in entries} != {key_of(key) for key in others}:
            return False
        return all(same(element, others[key], expression) for key, element in entries.items())
    if name != kind.upper():
        return False
    other = theirs.value()
    if kind == "null":
        return other is None
    if kind == "double":
        value = number(value)
        return math.isnan(value) and math.isnan(other) or (
            value == other and math.copysign(1, value) == math.copysign(1, other))
    if kind in ("int", "uint"):
        return int(value) == int(other)
    if kind == "bytes":
        value, other = (bytes(text).decode("latin-1") for text in (base64.b64decode(value), other))
        return value == other or bool(expression) and differences.alike(value, other, expression)
    if kind == "timestamp":
        return abs(instant(value) - (other - EPOCH) // MICROSECOND * 1000) < 1000
    if kind == "duration":
        return abs(nanoseconds(value) - other // MICROSECOND * 1000) < 1000
    if kind == "type":
        return TYPES.get(value, value.upper()) == str(other.name()).split("<")[0]
    if expression and kind == "string" and differences.alike(value, other, expression):
        return True
    return value == other


def is_reordered(ours, theirs):
    """Whether two values are lists of the same elements in different orders."""
    if list(ours) != ["list"] or not theirs.type().name().startswith("LIST"):
        return False
    others = list(theirs.value())
    for element in ours["list"]:
        place = next((place for place, other in enumerate(others) if same(element, other)), None)
        if place is None:
            return False
        del others[place]
    return not others


def shown(value):
    try:
        return f"{value.type().name()} {value.plain_value()!r}"
    except Exception as error:
        return f"unreadable: {error}"


class Comparison:
    def __init__(self, first, conformance):
        self.conformance = conformance
        self.context = {"type_env": first["type_env"], "bindings": first["bindings"]}
        self.environment = cel.NewEnv(
            variables={entry["name"]: type_of(entry["type"]) for entry in first["type_env"]},
            extensions=[ext_bindings.ExtBindings(), ext_encoders.ExtEncoders(), ext_math.ExtMath(),
                        ext_optional.ExtOptional(), ext_strings.ExtStrings()])
        self.data = {name: plain(value) for name, value in first["bindings"].items()}

    def ours(self, expressions):
        """What this engine makes of expressions: an outcome, and a value or a message."""
        lines = "".join(json.dumps({"id": str(number), "expr": text, **self.context}) + "\n"
                        for number, text in enumerate(expressions))
        output = subprocess.run([self.conformance], input=lines.encode(), stdout=subprocess.PIPE, check=False).stdout
        answers = {answer["id"]: answer for answer in map(json.loads, output.splitlines())}
        for number in range(len(expressions)):
            answer = answers.get(str(number), {"outcome": "crash"})
            outcome = {"check_error": "rejected", "parse_error": "rejected"}.get(answer["outcome"], answer["outcome"])
            yield outcome, answer["value"] if outcome == "value" else answer.get("message")

    def theirs(self, expression, is_unchecked=False):
        """What Google's engine makes of an expression."""
        try:
            program = self.environment.compile(expression, disable_check=is_unchecked)
        except Exception as error:
            return "rejected", str(error)
        try:
            value = program.eval(data=self.data)
            if value.type().name() in ("ERROR", "UNKNOWN"):
                return "error", value.plain_value()
            return "value", value
        except Exception as error:
            return "error", str(error)

    def reason(self, expression, mine, other):
        """Why two answers differ: "same" if they do not, None if that is not known."""
        if mine[0] == other[0] and (mine[0] != "value" or same(mine[1], other[1])):
            return "same"
        if other[0] == "rejected" and mine[0] in ("value", "error"):
            refused = differences.refusal(other[1], expression)
            # What it would compute if it did not refuse is compared all the same.
            unchecked = self.theirs(expression, is_unchecked=True)
            if unchecked[0] == "rejected":
                return None
            return refused and self.reason(expression, mine, unchecked) and refused
        if mine[0] == other[0] == "value":
            if same(mine[1], other[1], expression):
                return "spelling of doubles and durations"
            # A loop over a map that is written out.
            if re.search(r"\}\)*\.", expression) and is_reordered(mine[1], other[1]):
                return "the order of a map's keys is nobody's promise"
            return None
        return differences.explanation(f"{mine[0]}/{other[0]}", mine[1], other[1] if other[0] == "error" else "")

    def explained(self, expression, mine, other):
        """The reason of a difference, in the expression as it stands or without the forms known to differ."""
        reason = self.reason(expression, mine, other)
        if reason:
            return reason
        rewritten = expression
        forms = differences.REWRITES + (differences.TEXT_REWRITES if "%s" in expression else [])
        for form, replacement, why in forms:
            changed = re.sub(form, replacement, rewritten)
            if changed == rewritten:
                continue
            rewritten = changed
            mine, = self.ours([rewritten])
            reason = self.reason(rewritten, mine, self.theirs(rewritten))
            # What both refuse to read says nothing.
            if reason and mine[0] != "rejected":
                return why if reason == "same" else f"{why}; {reason}"
        return None


def main():
    records = [json.loads(line) for line in open(sys.argv[1], "rb")]
    comparison = Comparison(records[0], sys.argv[2])
    counts = collections.Counter()
    answers = comparison.ours([record["expr"] for record in records])
    for record, mine in zip(records, answers):
        expression = record["expr"]
        other = comparison.theirs(expression)
        reason = comparison.explained(expression, mine, other)
        kind = mine[0] if reason == "same" else f"{mine[0]}/{other[0]}"
        counts[kind if reason == "same" else f"{kind}: {reason or 'UNEXPLAINED'}"] += 1
        if not reason:
            theirs = other[1] if other[0] != "value" else shown(other[1])
            print(json.dumps({"id": record["id"], "kind": kind, "expr": expression, "ours": mine[1], "theirs": theirs},
                             ensure_ascii=False))
    for kind, count in sorted(counts.items(), key=lambda entry: -entry[1]):
        print(f"{count:6} {kind}", file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    # Google's package aborts where Python takes its modules down.
    os._exit(1 if any("UNEXPLAINED" in kind for kind in counts) else 0)


main()
