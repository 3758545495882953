"""How to take the steps of a guide back, from the last to the first."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from helodoctor.model import Guide, Step
from helodoctor.words import guides
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.command import CommandBox
from helodoctor_gui.widgets.dialog import SideDialog
from helodoctor_gui.widgets.layouts import Card, column
from helodoctor_gui.widgets.text import Text


class UndoDialog(SideDialog):
    """Every step that can be taken back, with the command where there is one."""

    def __init__(self, guide: Guide, parent: QWidget) -> None:
        super().__init__(tr("Undo"), parent, tallest=520)
        cards = [_card(step) for step in reversed(guide.steps) if step.undo is not None]
        inside = column(
            Text(tr("Taking the steps back"), "lead"),
            Text(tr("From the last step to the first. Only undo what you have done."), "secondary"),
            *cards,
            spacing=10,
            margins=(24, 20, 24, 8),
        )
        inside.addStretch(1)
        self.fill(inside)


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
