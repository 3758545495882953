"""Small messages that never hold the program up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def message(parent: QWidget, title: str, text: str) -> QMessageBox:
    """A message in plain text, not open yet; it goes away by itself when it is closed."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(text)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.button(QMessageBox.StandardButton.Ok).setAccessibleDescription(text)
    return box


Role = QMessageBox.ButtonRole
Answer = tuple[str, QMessageBox.ButtonRole, Callable[[], object]]
"""What a button says, what kind of answer that is, and what it does."""


def question(parent: QWidget, text: str, more: str, *answers: Answer) -> QMessageBox:
    """Ask, with ``more`` below the question; the first answer is the usual one. Nothing waits for it."""
    box = message(parent, parent.windowTitle(), text)
    box.setStandardButtons(QMessageBox.StandardButton.NoButton)
    box.setInformativeText(more)
    for label, role, act in answers:
        button = box.addButton(label, role)
        button.setAccessibleDescription(text)
        button.clicked.connect(lambda _checked, act=act: act())
    box.setDefaultButton(box.buttons()[0])
    box.open()
    return box
