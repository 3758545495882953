"""How to take the steps of a guide back, from the last to the first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from helodoctor.model import Guide, Step
from helodoctor.words import guides
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.command import CommandBox
from helodoctor_gui.widgets.layouts import Card, column
from helodoctor_gui.widgets.text import Text


class UndoDialog(QDialog):
    """Every step that can be taken back, with the command where there is one."""

    def __init__(self, guide: Guide, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Undo"))
        cards = [_card(step) for step in reversed(guide.steps) if step.undo is not None]
        body = QWidget()
        body.setObjectName("body")
        inside = column(
            Text(tr("Taking the steps back"), "lead"),
            Text(tr("From the last step to the first. Only undo what you have done."), "secondary"),
            *cards,
            spacing=10,
            margins=(24, 20, 24, 8),
        )
        inside.addStretch(1)
        body.setLayout(inside)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))
        buttons.rejected.connect(self.reject)
        buttons.setContentsMargins(24, 8, 24, 16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        layout.addWidget(buttons)
        self.resize(parent.width(), min(parent.height(), 520))


def _card(step: Step) -> Card:
    title = guides.phrase(words(), step.title) or ""
    lines = column(
        Text(f"{step.number}  {title}", "strong"),
        Text(guides.phrase(words(), step.undo) or "", "secondary", selectable=True),
        spacing=4,
        margins=(16, 12, 16, 12),
    )
    if step.undo_command:
        lines.addWidget(CommandBox(step.undo_command, f"{step.number} {title}"))
    return Card("open", lines)
