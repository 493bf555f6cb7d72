"""Texts with places marked in them: `▮` is a position, `⟦…⟧` a range; and how positions count."""

import re

from lsprotocol import types

UNITS = {
    "utf-8": lambda text: len(text.encode()),
    "utf-16": lambda text: len(text.encode("utf-16-le")) // 2,
    "utf-32": len,
}


class Text:
    """A text whose places can be said in each encoding."""

    def __init__(self, text):
        self.text = text
        self.lines = []
        start = 0
        for end in re.finditer("\r\n|\n|\r", text):
            self.lines.append((start, end.start()))
            start = end.end()
        self.lines.append((start, len(text)))

    def position(self, offset, encoding):
        index = max(index for index, (start, _) in enumerate(self.lines) if start <= offset)
        start, end = self.lines[index]
        return types.Position(index, UNITS[encoding](self.text[start : min(offset, end)]))

    def range(self, start, end, encoding):
        return types.Range(self.position(start, encoding), self.position(end, encoding))

    def offset(self, position, encoding):
        start, end = self.lines[position.line]
        for offset in range(start, end + 1):
            if UNITS[encoding](self.text[start:offset]) == position.character:
                return offset
        raise ValueError(f"{position} is no place")

    def slice(self, range_, encoding):
        return self.text[self.offset(range_.start, encoding) : self.offset(range_.end, encoding)]

    def applying(self, edits, encoding):
        """The text after edits, none of which may overlap."""
        text, bound = self.text, len(self.text)
        places = [
            (self.offset(edit.range.start, encoding), self.offset(edit.range.end, encoding), edit.new_text)
            for edit in edits
        ]
        for start, end, new in sorted(places, key=lambda place: place[:2], reverse=True):
            assert start <= end <= bound, "edits overlap"
            text, bound = text[:start] + new + text[end:], start
        return text


class Marked(Text):
    """A text that was written with marks; ranges are in the order in which they open."""

    def __init__(self, marked):
        text, opened = "", []
        self.cursors, self.spans = [], []
        for character in marked:
            if character == "▮":
                self.cursors.append(len(text))
            elif character == "⟦":
                opened.append(len(self.spans))
                self.spans.append((len(text), None))
            elif character == "⟧":
                index = opened.pop()
                self.spans[index] = (self.spans[index][0], len(text))
            else:
                text += character
        assert not opened, "a range is open"
        super().__init__(text)

    def cursor(self, encoding):
        (offset,) = self.cursors
        return self.position(offset, encoding)

    def ranges(self, encoding):
        return [self.range(start, end, encoding) for start, end in self.spans]

    def replacing(self, new):
        """The text with something else in each marked range."""
        text = self.text
        for start, end in sorted(self.spans, reverse=True):
            text = text[:start] + new + text[end:]
        return text
