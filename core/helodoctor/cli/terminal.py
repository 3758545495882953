"""Asking and telling in a terminal: wrapped paragraphs, questions with an answer that Enter takes."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable
from typing import TextIO

WIDTH = 80
PASTE_BOUND = 1_000_000  # code points, as for the paste box (design.md)


class Terminal:
    """Two text streams. At the end of the input every question gets the answer that Enter would give."""

    def __init__(self, source: TextIO | None = None, sink: TextIO | None = None) -> None:
        self._source = sys.stdin if source is None else source
        self._sink = sys.stdout if sink is None else sink

    def say(self, text: str, indent: int = 0) -> None:
        """A paragraph, wrapped at 80 columns."""
        lead = " " * indent
        lines = textwrap.wrap(
            text, WIDTH - indent, break_long_words=False, break_on_hyphens=False, replace_whitespace=False
        )
        self.show("\n".join(lead + line for line in lines))

    def show(self, text: str) -> None:
        """A text as it is: a command, a reply, a dialogue."""
        print(text, file=self._sink, flush=True)

    def heading(self, text: str) -> None:
        """The title of a page of the walk."""
        self.show(f"\n{text}\n{'-' * len(text)}")

    def ask(self, question: str, enter: str = "") -> str:
        """The answer in one line; ``enter`` is what an empty answer means, and is shown."""
        hint = f" [{enter}]" if enter else ""
        print(f"{question}{hint} ", end="", file=self._sink, flush=True)
        line = self._source.readline(PASTE_BOUND)
        if not line.endswith("\n"):
            self.show("")
        return line.strip() or enter

    def agree(self, question: str, yes: str, no: str) -> bool:
        """Whether the answer begins like ``yes``; Enter means ``no``."""
        return self.ask(f"{question} ({yes}/{no})").lower().startswith(yes[0].lower())

    def choose(self, question: str, options: Iterable[str], enter: int = 1) -> int:
        """The number (from 1) of the option chosen; anything else counts as Enter."""
        shown = list(options)
        for number, option in enumerate(shown, start=1):
            self.show(f"  {number}  {option}")
        answer = self.ask(question, str(enter))
        return int(answer) if answer.isdecimal() and 1 <= int(answer) <= len(shown) else enter

    def paste(self) -> str:
        """Every line up to one that holds a single full stop, or to the end of the input; bounded in size."""
        lines: list[str] = []
        size = 0
        while (line := self._source.readline(PASTE_BOUND)) and line.rstrip("\r\n") != "." and size <= PASTE_BOUND:
            lines.append(line)
            size += len(line)
        return "".join(lines)
