#!/usr/bin/env python3
"""Compares this engine with Google's (`pip install cel-expr-python`): differential.py RECORDS CEL-CONFORMANCE

RECORDS are what the test "are written as records for another engine" writes:

    DIFFERENTIAL_OUT=records.jsonl DIFFERENTIAL_SEED=1 DIFFERENTIAL_COUNT=20000 swift test --filter DifferentialRecords

Prints each difference and how many there were of each kind. Times are compared to the microsecond, which is all that
Google's package gives; maps with keys that Python takes for the same (1, 1u, true) by their values only.
"""
import base64, collections, datetime, json, math, subprocess, sys

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


def same(ours, theirs):
    (kind, value), = ours.items()
    name = theirs.type().name()
    if kind == "list":
        elements = theirs.value() if name.startswith("LIST") else None
        return elements is not None and len(elements) == len(value) and all(map(same, value, elements))
    if kind == "map":
        if not name.startswith("MAP"):
            return False
        entries = {plain(key): element for key, element in value}
        others = dict(theirs.value().items())
        if len(entries) != len(value):
            return len(others) == len(entries)
        if {key_of(key) for key in entries} != {key_of(key) for key in others}:
            return False
        return all(same(element, others[key]) for key, element in entries.items())
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
        return base64.b64decode(value) == bytes(other)
    if kind == "timestamp":
        return abs(instant(value) - (other - EPOCH) // MICROSECOND * 1000) < 1000
    if kind == "duration":
        return abs(nanoseconds(value) - other // MICROSECOND * 1000) < 1000
    if kind == "type":
        return TYPES.get(value, value.upper()) == str(other.name()).split("<")[0]
    return value == other


def shown(value):
    try:
        return f"{value.type().name()} {value.plain_value()!r}"
    except Exception as error:
        return f"unreadable: {error}"


def main():
    lines = open(sys.argv[1], "rb").read()
    answers = subprocess.run([sys.argv[2]], input=lines, stdout=subprocess.PIPE, check=False).stdout.splitlines()
    records = [json.loads(line) for line in lines.splitlines()]
    ours = {answer["id"]: answer for answer in map(json.loads, answers)}
    first = records[0]
    environment = cel.NewEnv(
        variables={entry["name"]: type_of(entry["type"]) for entry in first["type_env"]},
        extensions=[ext_bindings.ExtBindings(), ext_encoders.ExtEncoders(), ext_math.ExtMath(),
                    ext_optional.ExtOptional(), ext_strings.ExtStrings()])
    data = {name: plain(value) for name, value in first["bindings"].items()}
    # In an expression they would not be what they are bound to: Python has one kind of int only.
    counts = collections.Counter()
    for record in records:
        answer = ours.get(record["id"])
        theirs = reason = None
        try:
            program = environment.compile(record["expr"])
        except Exception as error:
            outcome, reason = "rejected", str(error)
        else:
            try:
                theirs = program.eval(data=data)
                name = theirs.type().name()
                outcome = "error" if name in ("ERROR", "UNKNOWN") else "value"
                reason = theirs.plain_value() if outcome == "error" else None
            except Exception as error:
                outcome, reason = "error", str(error)
        mine = answer["outcome"] if answer else "crash"
        mine = {"check_error": "rejected", "parse_error": "rejected"}.get(mine, mine)
        if mine == outcome and (mine != "value" or same(answer["value"], theirs)):
            counts["same " + mine] += 1
            continue
        counts[f"DIFFERENT {mine}/{outcome}"] += 1
        print(json.dumps({"id": record["id"], "kind": f"{mine}/{outcome}", "expr": record["expr"],
                          "ours": answer and (answer.get("value") or answer.get("message")),
                          "theirs": reason or shown(theirs)}, ensure_ascii=False))
    print(len(records), dict(counts), file=sys.stderr)


main()
