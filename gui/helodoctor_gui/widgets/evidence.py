"""The user's own text with the words that prove something marked in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from helodoctor.model import Span
from helodoctor_gui.theme import theme

_LINES_AT_LEAST = 7
_LINES_AROUND = 3
_LINES_AT_MOST = 60
_LINE_SHOWN = 1_000
_GAP = "…"

Segment = tuple[str, bool]


class Evidence(QPlainTextEdit):
    """Read only; shows the lines around the marked words, and says with "…" that there is more."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("evidence")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFont(theme().wire_font())
        self._last_mark: int | None = None

    def sizeHint(self) -> QSize:
        """A few lines; the page gives it what is free."""
        return QSize(super().sizeHint().width(), self.fontMetrics().height() * _LINES_AT_LEAST)

    minimumSizeHint = sizeHint

    def show_text(self, text: str, spans: Iterable[Span]) -> None:
        """Show ``text`` with ``spans`` (in code points of it) marked."""
        self.clear()
        plain, marked = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(theme().colour("secondary"))
        marked.setForeground(theme().colour("text"))
        marked.setBackground(theme().colour("marker"))
        cursor = QTextCursor(self.document())
        last_mark: int | None = None
        for segment, is_marked in excerpt(text, spans):
            if is_marked:
                last_mark = cursor.position()
            cursor.insertText(segment, marked if is_marked else plain)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._last_mark = last_mark
        self._reveal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the proof in sight."""
        super().resizeEvent(event)
        self._reveal()

    def _reveal(self) -> None:
        """Scroll as little as it takes to see the last marked words."""
        if self._last_mark is None:
            return
        cursor = self.textCursor()
        cursor.setPosition(self._last_mark)
        below = cursor.block().next()  # the refusal often goes on there
        cursor.setPosition(below.position() if below.isValid() else self._last_mark)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()


def excerpt(text: str, spans: Iterable[Span]) -> list[Segment]:
    """The lines of ``text`` that hold ``spans`` and a few around them, cut into marked and plain pieces."""
    ranges = _merged(spans)
    starts = _line_starts(text)
    pieces: list[Segment] = []
    last = -1
    for line in _wanted_lines(starts, ranges):
        if line != last + 1:
            pieces.append((f"{_GAP}\n", False))
        end = starts[line + 1] - 1 if line + 1 < len(starts) else len(text)
        pieces += _cut_line(text, starts[line], min(end, starts[line] + _LINE_SHOWN), ranges)
        last = line
    if last + 1 < len(starts) and text[starts[last + 1] :].strip():
        pieces.append((_GAP, False))
    elif pieces:
        pieces[-1] = (pieces[-1][0].removesuffix("\n"), pieces[-1][1])
    return pieces


def _merged(spans: Iterable[Span]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for start, end in sorted((span.start, span.end) for span in spans if span.end > span.start):
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((start, end))
    return ranges


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _wanted_lines(starts: list[int], ranges: list[tuple[int, int]]) -> list[int]:
    """The numbers of the lines to show, ascending; the beginning of the text where nothing is marked."""
    if not ranges:
        return list(range(min(len(starts), _LINES_AT_MOST)))
    wanted: set[int] = set()
    for first, until in ranges:
        top, bottom = bisect_right(starts, first) - 1, bisect_right(starts, until - 1) - 1
        wanted.update(range(max(0, top - _LINES_AROUND), min(len(starts), bottom + _LINES_AROUND + 1)))
    return sorted(wanted)[:_LINES_AT_MOST]


def _cut_line(text: str, start: int, end: int, ranges: list[tuple[int, int]]) -> list[Segment]:
    pieces: list[Segment] = []
    position = start
    for first, until in ranges:
        if until <= position or first >= end:
            continue
        marked = text[max(position, first) : min(until, end)]
        begin = max(position, first) + len(marked) - len(marked.lstrip())  # an indent proves nothing
        pieces.append((text[position:begin], False))
        position = min(until, end)
        pieces.append((text[begin:position], True))
    pieces.append((text[position:end] + "\n", False))
    return [(piece.replace("\r", "").replace("\x00", "\ufffd"), is_marked) for piece, is_marked in pieces if piece]
