"""The paste box: plain text in pieces, so that no paste holds the window up; files may be dropped on it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit

from helodoctor_gui.theme import theme

if TYPE_CHECKING:  # each class of Qt costs the start something when it is named, and this is the first page
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPaintEvent

BOUND = 1_000_000
"""Characters; reading stops there as well."""

_LINES_AT_LEAST = 7
_PIECE = 16_384
_LINE_BOUND = 4_000  # one line of a million characters would take the layout seconds
_LONG_LINE = re.compile(rf"[^\n]{{{_LINE_BOUND}}}(?=[^\n])")
_UNSHOWABLE = re.compile("[\x00\ud800-\udfff]")


def tame(text: str) -> str:
    """``text`` as the box can hold it: bounded, no endless lines, nothing that is no character."""
    bounded = text[:BOUND].replace("\r\n", "\n").replace("\r", "\n")
    return _LONG_LINE.sub("\\g<0>\n", _UNSHOWABLE.sub("\ufffd", bounded))[:BOUND]


class PasteBox(QPlainTextEdit):
    """``filled`` tells that all of a long text has arrived; ``dropped`` names a file dropped on the box.

    ``handed`` brings a message dragged out of a mail program, or ``None`` for a mere link to one; ``picture`` tells
    that a picture was pasted.
    """

    filled = Signal()
    dropped = Signal(Path)
    handed = Signal(object)
    picture = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self._rest = ""
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._insert_piece)
        self._dressed = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw. The fixed font, 3 ms to load, comes after the first picture: an empty box shows none of it."""
        super().paintEvent(event)
        if not self._dressed:
            self._dressed = True
            QTimer.singleShot(0, self._dress)

    def _dress(self) -> None:
        self.setFont(theme().wire_font())

    def sizeHint(self) -> QSize:
        """A few lines; the page gives it what is free."""
        return QSize(super().sizeHint().width(), self.fontMetrics().height() * _LINES_AT_LEAST)

    minimumSizeHint = sizeHint

    @property
    def filling(self) -> bool:
        """Whether a long text is still arriving."""
        return bool(self._rest)

    def replace(self, text: str) -> None:
        """Put ``text`` in place of what is there; one Undo brings the old text back."""
        self._stop_filling()
        cursor = self.textCursor()
        cursor.select(cursor.SelectionType.Document)
        self.setTextCursor(cursor)
        self._insert(text)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste or drop: files by their path, anything else as its plain text, in pieces."""
        if source.hasUrls() and (path := _file_of(source)) is not None:
            self.dropped.emit(path)
        elif _is_message(source):
            self._hand_over(source)
        elif source.hasText():
            self._insert(source.text())
        elif source.hasImage():
            self.picture.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text and files, messages of mail programs, and pictures, for which there is a sentence."""
        return source.hasText() or source.hasUrls() or source.hasImage() or _is_message(source)

    def _hand_over(self, source: QMimeData) -> None:
        from helodoctor_gui import dragged

        self.handed.emit(dragged.message(source))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file is as welcome as text."""
        if _is_file_or_message(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """A file may be dropped anywhere on the box."""
        if _is_file_or_message(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file or the text."""
        if (path := _file_of(event.mimeData())) is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)
        elif _is_message(event.mimeData()):
            event.acceptProposedAction()
            self._hand_over(event.mimeData())
        else:
            super().dropEvent(event)

    def _insert(self, text: str) -> None:
        self._stop_filling()
        self._rest = tame(text)
        self._first = True
        self.setReadOnly(len(self._rest) > _PIECE)
        self._insert_piece()
        if self._rest:
            self._timer.start()

    def _insert_piece(self) -> None:
        piece, self._rest = self._rest[:_PIECE], self._rest[_PIECE:]
        cursor = self.textCursor()
        if self._first:
            cursor.beginEditBlock()
        else:
            cursor.joinPreviousEditBlock()  # the whole paste is one Undo
        self._first = False
        cursor.insertText(piece)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        if not self._rest:
            self._stop_filling()
            self.filled.emit()

    def _stop_filling(self) -> None:
        self._timer.stop()
        self._rest = ""
        self.setReadOnly(False)


def _is_file_or_message(source: QMimeData) -> bool:
    return source.hasUrls() or _is_message(source)


def _is_message(source: QMimeData) -> bool:
    from helodoctor_gui import dragged  # the first page shows without it

    return dragged.is_message(source)


def _file_of(source: QMimeData) -> Path | None:
    local = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
    return Path(local[0]) if local else None
