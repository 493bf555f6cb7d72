"""Compares the validator's verdicts with those of the policy schemas, by the `jsonschema` package.

Usage: schema_verdicts.py GRAMMAR_FOLDER RECORDS
RECORDS holds a JSON object a line: {"document": …, "malformed": true or false}.
Prints a line for each disagreement, and at last how many verdicts were compared.
"""

import json
import sys

import jsonschema


def as_draft_07(value):
    """The 2020-12 edition, spelt as draft-07 must: siblings of `$ref` are ignored there."""
    if isinstance(value, list):
        return [as_draft_07(item) for item in value]
    if not isinstance(value, dict):
        return value.replace("/$defs/", "/definitions/") if isinstance(value, str) else value
    spelt = {"definitions" if key == "$defs" else key: as_draft_07(item) for key, item in value.items()}
    if "$ref" in spelt and len(spelt) > 1:
        spelt["allOf"] = [{"$ref": spelt.pop("$ref")}]
    return spelt


def without_names(schema):
    return {key: value for key, value in schema.items() if key not in ("$schema", "$id")}


def main(grammar, records):
    editions = {}
    schemas = {}
    for name, kind in (
        ("policy.schema.json", jsonschema.Draft202012Validator),
        ("policy.draft-07.schema.json", jsonschema.Draft7Validator),
    ):
        with open(f"{grammar}/{name}", encoding="utf-8") as file:
            schemas[name] = json.load(file)
        kind.check_schema(schemas[name])
        editions[name] = kind(schemas[name])
    newer, older = (without_names(schema) for schema in schemas.values())
    if as_draft_07(newer) != older:
        print("the two editions differ")
    compared = 0
    with open(records, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            for name, edition in editions.items():
                errors = [error.message for error in edition.iter_errors(record["document"])]
                compared += 1
                if bool(errors) != record["malformed"]:
                    print(f"{name} says {errors[:2]}, the validator {record['malformed']}: {json.dumps(record['document'])}")
    print(f"compared {compared}")


main(sys.argv[1], sys.argv[2])
