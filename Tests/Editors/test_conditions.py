"""What an editor is told of a place inside a condition, in each form that a condition can stand in."""

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from forms import WRITINGS, Document, in_each_form
from marked import Text


def code(text):
    return f"```cel\n{text}\n```"


HOVERS = {
    "attribute": (
        'resource.note == "😀" && resource.⟦si▮ze⟧ > 1',
        f"{code('size: int')}\n\nHow long the note is.\n\nAlways there.",
    ),
    "choices": (
        'resource.note == "😀" && resource.⟦le▮vel⟧ != "low"',
        f"{code('level: string')}\n\nAlways there.\n\nOne of `'low'`, `'high'`.",
    ),
    "variable": (
        'resource.note == "😀" && resource.size > variables.⟦▮limit⟧',
        f"{code('variables.limit: int')}\n\n{code('100')}",
    ),
    "loop": ('resource.note == "😀" && resource.labels.exists(l, ⟦l▮⟧ == "😀")', code("l: string")),
    "literal": ('resource.note == ⟦"😀▮"⟧ && resource.size > 1', code("string")),
}


@pytest.mark.parametrize("name", HOVERS)
@pytest.mark.parametrize("form, crlf", WRITINGS)
async def test_hover_says_what_a_word_is(editor, name, form, crlf):
    condition, expected = HOVERS[name]
    document = Document(form, condition, crlf=crlf)
    uri = await editor.open(document)
    hover = await editor.ask("hover", uri, document.cursor(editor.encoding))
    assert hover.contents.value == expected
    assert [hover.range] == document.ranges(editor.encoding)
    await editor.close(uri)


@in_each_form('resource.note == "😀" && resource.labels.⟦exi▮sts⟧(l, l == "😀")')
async def test_hover_explains_functions(editor, document):
    uri = await editor.open(document)
    hover = await editor.ask("hover", uri, document.cursor(editor.encoding))
    assert hover.contents.value.startswith("```cel\n") and "exists(" in hover.contents.value
    assert [hover.range] == document.ranges(editor.encoding)
    await editor.close(uri)


@in_each_form('▮resource.note == "😀"', second="true", key="unused")
async def test_hover_says_nothing_of_keys(editor, document):
    uri = await editor.open(document)
    position = document.position(document.text.index("action"), editor.encoding)
    assert await editor.ask("hover", uri, position) is None
    await editor.close(uri)


COMPLETIONS = {
    "attributes": (
        'resource.note == "😀" && resource.⟦si▮⟧',
        ["note", "size", "level", "owner", "labels", "title", "type"],
        True,
    ),
    "inner": ('resource.note == "😀" && resource.owner.⟦▮⟧ == "a"', ["name", "team"], True),
    "variables": ('resource.note == "😀" && resource.size > variables.⟦▮⟧', ["limit"], True),
    "namespace": ('resource.note == "😀" && sets.⟦con▮⟧', ["contains", "equivalent", "intersects"], True),
    "choices": ('resource.note == "😀" && (resource.level == ⟦▮⟧)', ["low", "high"], False),
    "choices of a list": ('resource.note == "😀" && resource.level in ["low", ⟦▮⟧]', ["low", "high"], False),
    "loop variable": (
        'resource.note == "😀" && resource.labels.exists(word, size(⟦wo▮⟧))',
        ["word", "resource"],
        False,
    ),
}


@pytest.mark.parametrize("name", COMPLETIONS)
@pytest.mark.parametrize("form, crlf", WRITINGS)
async def test_completion_offers_what_fits(editor, name, form, crlf):
    condition, labels, is_all = COMPLETIONS[name]
    document = Document(form, condition, crlf=crlf)
    if name.startswith("choices"):
        quote = '"' if form == "yaml-single" else "'"
        labels = [quote + label + quote for label in labels]
    uri = await editor.open(document)
    items = await editor.ask("completion", uri, document.cursor(editor.encoding))
    found = [item.label for item in sorted(items, key=lambda item: item.sort_text)]
    assert (found if is_all else found[: len(labels)]) == labels
    for item in items:
        assert [item.text_edit.range] == document.ranges(editor.encoding)
        if item.label in ("title",):
            assert item.tags == (types.CompletionItemTag.Deprecated,)
    can = editor.client.capabilities.text_document.completion.completion_item
    snippets = can.snippet_support
    for item in items:
        if isinstance(item.documentation, str):
            assert "```" not in item.documentation
        elif item.documentation:
            assert item.documentation.kind == "markdown" and "markdown" in can.documentation_format
    if name == "namespace":
        is_snippet = items[0].insert_text_format == types.InsertTextFormat.Snippet
        assert is_snippet == bool(snippets)
        assert ("$" in items[0].text_edit.new_text) == is_snippet
    await editor.close(uri)


@in_each_form('resource.note.replace("😀", ▮"b") == "c"')
async def test_signature_help_follows_the_arguments(editor, document):
    uri = await editor.open(document)
    help_ = await editor.ask("signatureHelp", uri, document.cursor(editor.encoding))
    signature = help_.signatures[help_.active_signature]
    assert help_.active_parameter == 1
    assert signature.label == "string.replace(string, string) -> string"
    assert [signature.label[slice(*parameter.label)] for parameter in signature.parameters] == ["string", "string"]
    await editor.close(uri)


VARIABLE = {"key": "⟦limit⟧", "second": "variables.⟦limit⟧ > 1", "message": "{{ variables.⟦limit⟧ }}"}
USE = 'resource.note == "😀" && resource.size > variables.⟦li▮mit⟧'
LOOP = 'resource.labels.exists(⟦word⟧, ⟦wo▮rd⟧ == "😀" && size(⟦word⟧) > 1) && resource.labels.all(word, word != "a")'


@in_each_form(USE, **VARIABLE)
async def test_a_variable_is_defined_by_its_key(editor, document):
    uri = await editor.open(document)
    definition = await editor.ask("definition", uri, document.cursor(editor.encoding))
    assert definition == types.Location(uri, document.ranges(editor.encoding)[0])
    await editor.close(uri)


@pytest.mark.parametrize("includes", [True, False])
@in_each_form(USE, **VARIABLE)
async def test_references_of_a_variable(editor, document, includes):
    uri = await editor.open(document)
    context = types.ReferenceContext(include_declaration=includes)
    found = await editor.ask("references", uri, document.cursor(editor.encoding), context=context)
    assert {location.uri for location in found} == {uri}
    assert [location.range for location in found] == document.ranges(editor.encoding)[0 if includes else 1 :]
    await editor.close(uri)


@in_each_form(LOOP)
async def test_a_loop_variable_is_defined_and_used_in_its_loop(editor, document):
    uri = await editor.open(document)
    ranges = document.ranges(editor.encoding)
    definition = await editor.ask("definition", uri, document.cursor(editor.encoding))
    assert definition == types.Location(uri, ranges[0])
    context = types.ReferenceContext(include_declaration=True)
    found = await editor.ask("references", uri, document.cursor(editor.encoding), context=context)
    assert [location.range for location in found] == ranges
    await editor.close(uri)


async def renamed(editor, document, uri, name):
    edit = await editor.ask("rename", uri, document.cursor(editor.encoding), new_name=name)
    return document.applying(editor.edits(edit, uri), editor.encoding)


@in_each_form(USE, **VARIABLE)
async def test_a_variable_is_renamed_wherever_it_is_meant(editor, document):
    uri = await editor.open(document)
    prepared = await editor.ask("prepareRename", uri, document.cursor(editor.encoding))
    assert prepared.placeholder == "limit"
    assert document.cursor(editor.encoding) in [prepared.range.start, prepared.range.end] or prepared.range in (
        document.ranges(editor.encoding)
    )
    assert await renamed(editor, document, uri, "most") == document.replacing("most")
    await editor.close(uri)


@in_each_form(LOOP)
async def test_a_loop_variable_is_renamed_in_its_loop(editor, document):
    uri = await editor.open(document)
    assert await renamed(editor, document, uri, "w") == document.replacing("w")
    await editor.close(uri)


@in_each_form(USE, **VARIABLE)
async def test_no_name_that_is_none_is_given(editor, document):
    uri = await editor.open(document)
    for name in ("", "1", "a b", "in", "true", "größe", "a.b"):
        with pytest.raises(JsonRpcException) as refused:
            await renamed(editor, document, uri, name)
        assert refused.value.code == -32803
    await editor.close(uri)


@in_each_form('resource.note == "😀" ⟦an▮d⟧ resource.size > variables.limit')
async def test_a_quick_fix_mends_its_place(editor, document):
    uri = await editor.open(document)
    (diagnostic,) = await editor.diagnostics(uri)
    context = types.CodeActionContext(diagnostics=[diagnostic])
    actions = await editor.ask("codeAction", uri, range=diagnostic.range, context=context)
    fix = actions[0]
    assert (fix.title, fix.kind, fix.is_preferred) == ("write `&&`", "quickfix", True)
    assert list(fix.diagnostics) == [diagnostic]
    assert document.applying(editor.edits(fix.edit, uri), editor.encoding) == document.replacing("&&")
    far = document.range(0, 0, editor.encoding)
    assert not await editor.ask("codeAction", uri, range=far, context=types.CodeActionContext([], only=["quickfix"]))
    await editor.close(uri)


@in_each_form('resource.note == "😀" and resource.size > variables.limit and resource.level == "high"')
async def test_all_safe_fixes_are_those_of_the_command_line(editor, command_line, document):
    uri = await editor.open(document)
    await editor.diagnostics(uri)
    context = types.CodeActionContext([], only=["source.fixAll.policycortex"])
    (action,) = await editor.ask("codeAction", uri, range=document.range(0, 0, editor.encoding), context=context)
    assert (action.title, action.kind) == ("apply 2 safe fixes", "source.fixAll.policycortex")
    fixed = document.applying(editor.edits(action.edit, uri), editor.encoding)
    assert fixed == command_line.fixed(document)
    assert fixed == document.text.replace(" and", " &&")
    await editor.close(uri)


@in_each_form('resource.note == "😀" ⟦an▮d⟧ resource.size > variables.limit')
async def test_a_suppression_takes_its_diagnostic_away(editor, command_line, document):
    uri = await editor.open(document)
    (diagnostic,) = await editor.diagnostics(uri)
    context = types.CodeActionContext([diagnostic], only=["quickfix"])
    actions = await editor.ask("codeAction", uri, range=diagnostic.range, context=context)
    (suppression,) = [action for action in actions if action.title.startswith("suppress")]
    assert suppression.title == "suppress `word-operator` here, with a reason"
    after = Text(document.applying(editor.edits(suppression.edit, uri), editor.encoding))
    after.language = document.language
    assert command_line.findings(after) == []
    assert "word-operator" in after.text and len(after.lines) >= len(document.lines)
    # No line end is of another kind than those before.
    assert ("\r\n" in after.text) == ("\r\n" in document.text)
    assert after.text.count("\n") == after.text.count("\r\n") or "\r" not in document.text
    await editor.close(uri)


@in_each_form('resource.note=="😀"&&resource.size>variables.limit')
async def test_formatting_is_that_of_the_command_line(editor, command_line, document):
    uri = await editor.open(document)
    options = types.FormattingOptions(tab_size=2, insert_spaces=True)
    edits = await editor.ask("formatting", uri, options=options)
    formatted = document.applying(edits, editor.encoding)
    assert formatted == command_line.formatted(document)
    assert formatted != document.text
    again = Text(formatted)
    again.language = document.language
    other = await editor.open(again)
    assert not await editor.ask("formatting", other, options=options)
    await editor.close(uri)
    await editor.close(other)


TOKENS = (
    '⟦resource⟧.⟦note⟧ ⟦==⟧ ⟦"😀"⟧ ⟦&&⟧ ⟦resource⟧.⟦labels⟧.⟦exists⟧(⟦l⟧, ⟦size⟧(⟦l⟧) ⟦>⟧ ⟦1⟧ ⟦or⟧ ⟦l⟧.⟦contains⟧(⟦"a"⟧))'
    " ⟦&&⟧ ⟦true⟧"
)
KINDS = (
    "number variable property operator string operator variable property macro variable function variable operator number "
    "operator variable method string operator keyword variable property operator number"
).split()


def decoded(tokens, legend):
    line = character = 0
    for lines, characters, length, kind, _ in zip(*[iter(tokens)] * 5):
        line, character = line + lines, characters if lines else character + characters
        start = types.Position(line, character)
        yield types.Range(start, types.Position(line, character + length)), legend.token_types[kind]


@in_each_form(TOKENS, limit="⟦100⟧", message=" ", second="⟦variables⟧.⟦limit⟧ ⟦>⟧ ⟦1⟧")
async def test_semantic_tokens(editor, document):
    uri = await editor.open(document)
    tokens = await editor.ask("semanticTokens/full", uri)
    legend = editor.capabilities.semantic_tokens_provider.legend
    assert list(decoded(tokens.data, legend)) == list(zip(document.ranges(editor.encoding), KINDS))
    await editor.close(uri)


@in_each_form(TOKENS, limit="100", message=" ", second="variables.limit > 1")
async def test_semantic_tokens_of_a_range_are_those_of_its_lines(editor, document):
    provider = editor.capabilities.semantic_tokens_provider
    if not provider.range:
        pytest.skip("not announced")
    uri = await editor.open(document)
    legend = provider.legend
    whole = list(decoded((await editor.ask("semanticTokens/full", uri)).data, legend))
    line = document.position(document.text.index("condition"), editor.encoding).line
    range_ = types.Range(types.Position(line, 0), types.Position(line + 2, 0))
    part = list(decoded((await editor.ask("semanticTokens/range", uri, range=range_)).data, legend))
    assert part == [token for token in whole if line <= token[0].start.line < line + 2]
    await editor.close(uri)


@in_each_form(TOKENS, limit="100", message=" ", second="variables.limit > 1")
async def test_changes_of_semantic_tokens_lead_to_all_of_them(editor, document):
    full = editor.capabilities.semantic_tokens_provider.full
    if not getattr(full, "delta", False):
        pytest.skip("not announced")
    uri = await editor.open(document)
    before = await editor.ask("semanticTokens/full", uri)
    position = document.position(document.text.index("variables.limit > 1"), editor.encoding)
    change = types.TextDocumentContentChangePartial(range=types.Range(position, position), text="resource.size > 2 && ")
    editor.change(uri, 2, [change])
    delta = await editor.ask("semanticTokens/full/delta", uri, previous_result_id=before.result_id)
    data = list(before.data)
    for edit in sorted(delta.edits, key=lambda edit: edit.start, reverse=True):
        data[edit.start : edit.start + edit.delete_count] = edit.data or []
    assert data == list((await editor.ask("semanticTokens/full", uri)).data)
    assert data != list(before.data)
    await editor.close(uri)


@in_each_form('⟦⟦⟦resource.⟦si▮ze⟧⟧ > variables.limit⟧ && resource.note == "😀"⟧')
async def test_a_selection_grows_from_the_word_to_the_document(editor, document):
    uri = await editor.open(document)
    (selection,) = await editor.ask("selectionRange", uri, positions=[document.cursor(editor.encoding)])
    chain = []
    while selection:
        chain.append(selection.range)
        selection = selection.parent
    assert chain[:4] == list(reversed(document.ranges(editor.encoding)))
    assert chain[-1] == document.range(0, len(document.text), editor.encoding)
    for inner, outer in zip(chain, chain[1:]):
        assert outer.start <= inner.start and inner.end <= outer.end and inner != outer
    await editor.close(uri)
