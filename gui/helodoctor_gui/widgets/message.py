"""Small messages that never hold the program up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget


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
    """Ask, with ``more`` below the question; nothing waits for the answer.

    The first answer is the usual one. Escape is the first that rejects, else the usual one. An action
    (``Role.ActionRole``) is no answer: the question stays open.
    """
    box = message(parent, parent.windowTitle(), text)
    box.setStandardButtons(QMessageBox.StandardButton.NoButton)
    box.setInformativeText(more)
    made = [_button(box, answer) for answer in answers]
    rejects = [button for button, (_, role, _) in zip(made, answers, strict=True) if role is Role.RejectRole]
    box.setDefaultButton(made[0])
    box.setEscapeButton((rejects or made)[0])
    box.open()
    return box


def _button(box: QMessageBox, answer: Answer) -> QPushButton:
    label, role, act = answer
    button = box.addButton(label, role)
    button.setAccessibleDescription(box.text())
    if role is Role.ActionRole:
        button.clicked.disconnect()  # from the box, which would close
    button.clicked.connect(lambda _checked: act())
    return button
