"""A command or value in the fixed font with a Copy button that says when it has copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QPushButton

from helodoctor_gui.icons import icon
from helodoctor_gui.language import tr
from helodoctor_gui.widgets.layouts import Card, row
from helodoctor_gui.widgets.wire import Wire

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

_SAID_MS = 2_000
_NARROW = 48  # characters
_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop
_HEARD = 200  # characters of what would be copied
_GAP = 4  # so many times in the height of the sign is it apart from the word


def _sign(name: str, tone: str = "text") -> QIcon:
    return icon(name, tone, 64, 64 // _GAP)


class CopyButton(QPushButton):
    """Copies ``text``; ``spoken`` says what it is for a screen reader."""

    def __init__(self, text: str, spoken: str, label: str | None = None) -> None:
        super().__init__(label or tr("Copy"))
        self._text, self._label = text, self.text()
        self.setProperty("small", True)
        self.setIcon(_sign("copy"))
        self._fit_icon()
        self.setAccessibleName(tr("Copy {what}", what=spoken))
        self.setAccessibleDescription(text.partition("\n")[0][:_HEARD])
        self.clicked.connect(self._copy)
        self._back = QTimer(self)
        self._back.setSingleShot(True)
        self._back.setInterval(_SAID_MS)
        self._back.timeout.connect(self._reset)

    def changeEvent(self, event: QEvent) -> None:
        """The drawing and its gap grow with the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_icon()

    def _fit_icon(self) -> None:
        side = self.fontMetrics().height()
        self.setIconSize(QSize(side + side // _GAP, side))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._text)
        self.setText(tr("Copied"))
        self.setIcon(_sign("check", "good"))
        self._back.start()

    def _reset(self) -> None:
        self.setText(self._label)
        self.setIcon(_sign("copy"))


class CommandBox(Card):
    """The text exactly as it is to be typed, and Copy beside it."""

    def __init__(self, command: str, spoken: str) -> None:
        self._inside = inside = row(spacing=12, margins=(12, 8, 8, 8))
        inside.addWidget(Wire(command), 1)
        self.copy = CopyButton(command, spoken)
        inside.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignVCenter)
        super().__init__("plain", inside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the box is narrow beside its text, Copy goes below the command."""
        super().resizeEvent(event)
        narrow = self.width() < self.fontMetrics().averageCharWidth() * _NARROW
        way = QBoxLayout.Direction
        self._inside.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._inside.setAlignment(self.copy, _START if narrow else Qt.AlignmentFlag.AlignVCenter)
