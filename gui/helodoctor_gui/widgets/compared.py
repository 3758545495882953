"""Before beside after: each check that the old or the new name did not pass, as it was and as it is."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLayout, QWidget

from helodoctor.model import Change, Finding
from helodoctor_gui.language import tr
from helodoctor_gui.widgets.findings import FindingLine
from helodoctor_gui.widgets.layouts import Card, Flow, column, empty, place
from helodoctor_gui.widgets.text import Text


class Compared(QWidget):
    """One card a check, the old name's at the left and the new name's at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._title = Text("", "strong")
        self._rows = column(spacing=8)
        self.setLayout(column(self._title, self._rows, spacing=8))

    def show_changes(self, changes: tuple[Change, ...], old: str, new: str) -> None:
        """The checks of ``old`` beside those of ``new``; nothing where there are none."""
        self._title.say(tr("Check by check: before and after"))
        empty(self._rows)
        place(self._rows, *(_card(change, old, new) for change in changes))
        self.setVisible(bool(changes))


def _card(change: Change, old: str, new: str) -> Card:
    sides = (_side(change.before, old), _side(change.after, new))
    card = Card("open", column(Flow(*sides, spacing=4, fill=True), margins=(0, 8, 0, 8)))
    spoken = (tr("Before: {name}", name=sides[0].accessibleName()), tr("After: {name}", name=sides[1].accessibleName()))
    card.setAccessibleName(" ".join(spoken))
    return card


def _side(finding: Finding | None, name: str) -> Card:
    return _Half(column(FindingLine(finding, name) if finding else Text("–", "secondary")))


class _Half(Card):
    """One side: beside the other one where a line of both has room, above it where not."""

    def __init__(self, layout: QLayout) -> None:
        super().__init__("none", layout)
        inner = layout.itemAt(0).widget()
        self.setAccessibleName(inner.accessibleName())

    def sizeHint(self) -> QSize:
        """Some forty characters, so that longer sentences wrap."""
        wanted = super().sizeHint()
        return QSize(min(wanted.width(), self.fontMetrics().averageCharWidth() * 40), wanted.height())
