"""The ways in which a condition can stand in a document."""

import pytest

from marked import Marked

YAML = """\
# 😀
name: Notes
resource_type: Test::Notes::Note
variables:
  {key}: "{limit}"
rules:
  - id: first
    condition: {condition}
    action: deny
    message: "😀 {message}"
  - {{id: second, condition: '{second}', action: audit}}
"""

JSON = """\
{{
  "name": "Notes 😀",
  "resource_type": "Test::Notes::Note",
  "variables": {{"{key}": "{limit}"}},
  "rules": [
    {{
      "id": "first",
      "condition": {condition},
      "action": "deny",
      "message": "😀 {message}"
    }},
    {{"id": "😀", "condition": "{second}", "action": "audit"}}
  ]
}}
"""


def escaped(escapes):
    return lambda text: '"' + "".join(escapes.get(character, character) for character in text) + '"'


def block(header):
    def written(text):
        for operator in ("&&", "and"):
            for end in ("", "⟧"):
                text = text.replace(f"{operator}{end} ", f"{operator}{end}\n      ")
        return f"{header}\n      {text}"

    return written


QUOTES = {'"': '\\"', "\\": "\\\\"}

# Each writes a condition with its marks, which stand where they stood.
FORMS = {
    "yaml-plain": (YAML, lambda text: text),
    "yaml-single": (YAML, lambda text: "'" + text.replace("'", "''") + "'"),
    "yaml-double": (YAML, escaped(QUOTES)),
    "yaml-escapes": (YAML, escaped(QUOTES | {"😀": "\\U0001F600", "i": "\\x69"})),
    "yaml-literal": (YAML, block("|")),
    "yaml-folded": (YAML, block(">-")),
    "json": (JSON, escaped(QUOTES)),
    "json-escapes": (JSON, escaped(QUOTES | {"😀": "\\ud83d\\ude00", "i": "\\u0069"})),
}


# The forms, and those in which CRLF can make a difference once more.
WRITINGS = [(form, False) for form in FORMS] + [(form, True) for form in ("yaml-plain", "yaml-literal", "json-escapes")]


class Document(Marked):
    """A document with a condition in one of the forms."""

    def __init__(
        self, form, condition, *, crlf=False, key="limit", limit="100", second="variables.limit > 1", message=""
    ):
        template, write = FORMS[form]
        message = message or "{{ variables.limit }}"
        text = template.format(key=key, limit=limit, condition=write(condition), second=second, message=message)
        self.form = form
        self.language = form.split("-")[0]
        self.second_id = "second" if template is YAML else "😀"
        super().__init__(text.replace("\n", "\r\n") if crlf else text)


def in_each_form(condition, **parts):
    """Gives a test a `document` for each form of a condition, with either line end."""
    return pytest.mark.parametrize(
        "document",
        [
            pytest.param(Document(form, condition, crlf=crlf, **parts), id=form + ("-crlf" if crlf else ""))
            for form, crlf in WRITINGS
        ],
    )


def in_each_line_end(*documents):
    """Gives a test a `document` for each of some texts, with either line end."""
    found = []
    for text in documents:
        language = "json" if text.lstrip("⟦").startswith("{") else "yaml"
        for name, end in (("", "\n"), ("-crlf", "\r\n")):
            document = Marked(text.replace("\n", end))
            document.language = language
            found.append(pytest.param(document, id=language + name))
    return pytest.mark.parametrize("document", found)
