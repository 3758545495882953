"""“This did not work”: one reason after the other, the likeliest first, and in the end somebody to hand it to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from helodoctor.model import Reason
from helodoctor.words import guides
from helodoctor_gui.icons import Icon
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.command import CommandBox
from helodoctor_gui.widgets.layouts import Card, Flow, column, empty, place, row
from helodoctor_gui.widgets.letter import LetterCard
from helodoctor_gui.widgets.text import Text


class StuckBox(Card):
    """Shows the reason at ``index``; ``moved`` tells of another one. ``report`` serves the hand-over."""

    moved = Signal(int)

    def __init__(self, reasons: tuple[Reason, ...], report: Callable[[], object], index: int = 0) -> None:
        self._reasons, self._report = reasons, report
        self._lines = column(spacing=6)
        inside = row(spacing=10, margins=(12, 10, 12, 10))
        inside.addWidget(Icon("info", "accent", 1.2), 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(self._lines, 1)
        super().__init__("info", inside)
        self.show_reason(index)

    def show_reason(self, index: int) -> None:
        """The reason at ``index``, counted from 0; the last one stays."""
        self.index = min(index, len(self._reasons) - 1)
        reason, voice = self._reasons[self.index], words()
        title, look = (guides.phrase(voice, said) or "" for said in (reason.title, reason.look))
        empty(self._lines)
        if reason.letter is None:
            count = str(len(self._reasons) - 1)
            place(self._lines, Text(tr("Reason {number} of {count}", number=str(self.index + 1), count=count), "small"))
        place(self._lines, Text(title, "strong"), Text(look, "secondary", selectable=True))
        if reason.command:
            place(self._lines, CommandBox(reason.command, title))
        if reason.letter is not None:
            place(self._lines, LetterCard(reason.letter))
        self.way_on = QPushButton(tr("Report…") if reason.letter else tr("Not that either"))
        self.way_on.setProperty("small", True)
        self.way_on.setAccessibleDescription(title)
        self.way_on.clicked.connect(self._report if reason.letter else self._next)
        buttons = Flow(self.way_on)
        self._lines.addLayout(buttons)
        self.way_on.show()
        self.setAccessibleName(f"{title}. {look}")

    def _next(self) -> None:
        self.show_reason(self.index + 1)
        self.moved.emit(self.index)
        self.way_on.setFocus(Qt.FocusReason.OtherFocusReason)
