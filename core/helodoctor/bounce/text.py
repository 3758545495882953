"""A text that may be rewritten for reading and still leads back to the user's own characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from re import Pattern

from helodoctor.bounce.pieces import PIECE
from helodoctor.model import Span

Edit = tuple[int, int, str]

_LINE_END = re.compile(r"\r\r\n|\r\n|\r")


class Layer:
    """One rewriting: pieces of the new text, each with the range of the old text it stands for."""

    __slots__ = ("ends", "news", "olds", "same")

    def __init__(self) -> None:
        self.news: list[int] = []
        self.olds: list[int] = []
        self.ends: list[int] = []
        self.same: list[bool] = []

    def add(self, new: int, old: int, end: int, same: bool) -> None:
        """Piece starting at ``new`` stands for ``old..end``; ``same``: character for character."""
        self.news.append(new)
        self.olds.append(old)
        self.ends.append(end)
        self.same.append(same)

    def back(self, offset: int) -> tuple[int, int]:
        """The old range behind the new character at ``offset``."""
        piece = bisect_right(self.news, offset) - 1
        if self.same[piece]:
            old = self.olds[piece] + offset - self.news[piece]
            return old, old + 1
        return self.olds[piece], self.ends[piece]


class Shortened:
    """The rewriting of a text whose every line ended with ``\\r\\n``, without a note for each of its lines.

    For texts up to a piece: the way back counts the line ends anew each time.
    """

    __slots__ = ("string",)

    def __init__(self, string: str) -> None:
        self.string = string

    def back(self, offset: int) -> tuple[int, int]:
        """The old range behind the new character at ``offset``: one more for each line end before it."""
        old = offset + self.string.count("\n", 0, offset)
        return old, old + (2 if self.string.startswith("\n", offset) else 1)


class Text:
    """Characters to read, and the way back from each to ``whole``, the text the user sees.

    ``of`` says which text that is (``"input"`` or ``"part 2"``); ``base`` is where these characters begin in it.
    """

    __slots__ = ("base", "layers", "of", "string", "whole")

    def __init__(
        self,
        string: str,
        whole: str | None = None,
        of: str = "input",
        base: int = 0,
        layers: tuple[Layer | Shortened, ...] = (),
    ) -> None:
        self.string = string
        self.whole = string if whole is None else whole
        self.of = of
        self.base = base
        self.layers = layers

    def edit(self, edits: Iterable[Edit]) -> Text:
        """A new text with ``(start, end, replacement)`` applied; ranges are ascending and do not overlap."""
        layer, pieces, position, length = Layer(), [], 0, 0
        for start, end, replacement in edits:
            if start > position:
                layer.add(length, position, start, True)
                pieces.append(self.string[position:start])
                length += start - position
            if replacement:
                layer.add(length, start, end, False)
                pieces.append(replacement)
                length += len(replacement)
            position = end
        if not pieces and position == 0:
            return self
        layer.add(length, position, len(self.string), True)
        pieces.append(self.string[position:])
        return Text("".join(pieces), self.whole, self.of, self.base, (*self.layers, layer))

    def substitute(self, pattern: Pattern[str], replacement: str) -> Text:
        """Replace every match of ``pattern`` by the literal ``replacement``."""
        return self.edit((*found.span(), replacement) for found in pattern.finditer(self.string))

    def with_newlines(self) -> Text:
        """Each line end (``\\r\\n``, ``\\r``, or ``\\r\\r\\n`` as some programs write it) as one ``\\n``."""
        string = self.string
        if "\r" not in string:
            return self
        if len(string) <= PIECE and string.count("\r") == string.count("\n") == string.count("\r\n"):
            short = string.replace("\r\n", "\n")
            return Text(short, self.whole, self.of, self.base, (*self.layers, Shortened(short)))
        return self.substitute(_LINE_END, "\n")

    def cut(self, start: int, end: int) -> Text:
        """Only the characters ``start..end``, still leading back to the same whole."""
        if not self.layers:
            return Text(self.string[start:end], self.whole, self.of, self.base + start)
        layer = Layer()
        layer.add(0, start, end, True)
        return Text(self.string[start:end], self.whole, self.of, self.base, (*self.layers, layer))

    def span(self, start: int, end: int, what: str) -> Span:
        """The span of ``whole`` that shows the characters ``start..end``."""
        first, last = start, max(start, end - 1)
        for layer in reversed(self.layers):
            first, last = layer.back(first)[0], layer.back(last)[1] - 1
        return Span(self.base + first, self.base + max(last + 1, first), what)
