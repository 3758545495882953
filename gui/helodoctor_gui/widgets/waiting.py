"""What still waits, and until when; it speaks up when the time has come, as long as the window is open."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from helodoctor.model import Case
from helodoctor.words import waits
from helodoctor_gui.clock import shown
from helodoctor_gui.icons import Icon
from helodoctor_gui.language import words
from helodoctor_gui.widgets.layouts import Card, column, empty, place, row
from helodoctor_gui.widgets.text import Text

_LONGEST_MS = 3_600_000  # a timer counts to 24 days at most, and clocks get set


class WaitCard(Card):
    """``due`` brings the sentence of a step whose time has come."""

    due = Signal(str)

    def __init__(self) -> None:
        self._case = Case()
        self._told: set[str] = set()
        self._lines = column(spacing=4)
        inside = row(spacing=12, margins=(14, 12, 14, 12))
        inside.addWidget(Icon("wait", "accent", 1.2), 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(self._lines, 1)
        super().__init__("info", inside)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        self.hide()

    def watch(self, case: Case) -> None:
        """Show what ``case`` waits for, and look again when the next time has come."""
        self._case = case
        now = datetime.now().astimezone()
        waiting = waits.waiting(words(), case, now, shown)
        empty(self._lines)
        place(self._lines, *(Text(line.sentence, "", selectable=True) for line in waiting))
        self.setVisible(bool(waiting))
        self.setAccessibleName(" ".join(line.sentence for line in waiting))
        left = [(line.due - now).total_seconds() for line in waiting if not line.over]
        self._timer.stop()
        if left:
            self._timer.start(min(_LONGEST_MS, int(min(left) * 1000) + 500))

    def _look(self) -> None:
        before = self._case
        self.watch(before)
        for line in waits.waiting(words(), before, datetime.now().astimezone(), shown):
            if line.over and line.sentence not in self._told:
                self._told.add(line.sentence)
                QApplication.alert(self.window())
                self.due.emit(line.sentence)
