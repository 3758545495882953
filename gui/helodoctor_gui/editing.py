"""The Edit menu: what it does goes to the field or text that has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame


def copy(_frame: Frame) -> None:
    """Put what is marked on the clipboard."""
    place = QApplication.focusWidget()
    if isinstance(place, QLineEdit | QPlainTextEdit):
        place.copy()
    elif isinstance(place, QLabel) and place.hasSelectedText():
        QApplication.clipboard().setText(place.selectedText())
