"""Find: looks in every text of a window, one hit after the other, in the order of reading."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from helodoctor_gui.language import tr
from helodoctor_gui.widgets.dialog import SideDialog
from helodoctor_gui.widgets.layouts import Flow, column
from helodoctor_gui.widgets.text import Text

_BREAK = "\u200b"
_MANY = 10_000  # hits in one text
_WIDTH, _HEIGHT = 26, 16  # lines of text


class Hit(NamedTuple):
    """Where the words stand: in ``widget``, from character ``start`` on."""

    widget: QWidget
    start: int


class Find(SideDialog):
    """A small window above the one that is searched; it stays while one reads on."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(tr("Find"), window)
        line = self.fontMetrics().height()
        self.resize(min(window.width(), line * _WIDTH), min(window.height(), line * _HEIGHT))
        self.setModal(False)
        self._window = window
        self._at = -1
        self._mark: QFrame | None = None
        self.field, self.told = QLineEdit(), Text("", "secondary")
        self.field.setAccessibleName(tr("Find"))
        self.field.setAccessibleDescription(tr("Looks in every text of this window"))
        self.following, self.before = QPushButton(tr("Next one")), QPushButton(tr("The one before"))
        label = Text(tr("Looks in every text of this window"), "small")
        label.setBuddy(self.field)
        inside = column(label, self.field, Flow(self.following, self.before), self.told, margins=(24, 20, 24, 8))
        inside.addStretch(1)
        self.fill(inside)
        for button, step in ((self.following, 1), (self.before, -1)):
            button.setAccessibleDescription(label.text())
            button.clicked.connect(lambda _checked, step=step: self.go(step))
        self.following.setDefault(True)
        self.field.textChanged.connect(self._anew)
        self.finished.connect(lambda _result: self._unmark())

    def _anew(self) -> None:
        self._at = -1
        self.told.say("")
        self._unmark()

    def go(self, step: int) -> None:
        """Show the next hit (``1``) or the one before (``-1``); after the last comes the first."""
        wanted = self.field.text()
        found = hits(self._window, wanted) if wanted else []
        self._unmark()
        if not found:
            self.told.say(tr("Not found") if wanted else "")
            return
        self._at = (self._at + step) % len(found) if self._at >= 0 or step > 0 else len(found) - 1
        self._show(found[self._at], len(wanted))
        self.told.say(tr("{number} of {count}", number=self._at + 1, count=len(found)))

    def _show(self, hit: Hit, length: int) -> None:
        widget = hit.widget
        _scroll_to(widget, self._window)
        if isinstance(widget, QPlainTextEdit | QTextEdit):
            cursor = widget.textCursor()
            cursor.setPosition(hit.start)
            cursor.setPosition(hit.start + length, QTextCursor.MoveMode.KeepAnchor)
            widget.setTextCursor(cursor)
            widget.ensureCursorVisible()
        self._mark = QFrame(widget.parentWidget())
        self._mark.setObjectName("found")
        self._mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._mark.setGeometry(widget.geometry().adjusted(-3, -3, 3, 3))
        self._mark.show()

    def _unmark(self) -> None:
        if self._mark is not None:
            self._mark.deleteLater()
            self._mark = None


def hits(window: QWidget, wanted: str) -> list[Hit]:
    """Every place in the visible texts of ``window`` where ``wanted`` stands, whatever its capitals."""
    kinds: tuple[type[QWidget], ...] = (QLabel, QPlainTextEdit, QTextEdit)
    texts = [w for kind in kinds for w in window.findChildren(kind) if w.isVisible() and w.window() is window]
    texts.sort(key=lambda w: _place(w, window))
    found = []
    for widget in texts:
        text, low = _text_of(widget).casefold(), wanted.casefold()
        start = text.find(low)
        while start >= 0 and len(found) < _MANY:
            found.append(Hit(widget, start))
            start = -1 if isinstance(widget, QLabel) else text.find(low, start + len(low))
    return found


def _text_of(widget: QWidget) -> str:
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.toPlainText()
    return widget.text().replace(_BREAK, "") if isinstance(widget, QLabel) else ""


def _place(widget: QWidget, window: QWidget) -> tuple[int, int]:
    place = widget.mapTo(window, QPoint(0, 0))
    return place.y(), place.x()


def _scroll_to(widget: QWidget, window: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()


def show(window: QWidget) -> Find:
    """Open it for ``window``, with the keyboard in its field."""
    finder = Find(window)
    finder.show()
    finder.field.setFocus()
    return finder
