"""The one question of page 2: whose text is this?"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from helodoctor.model import Role
from helodoctor_gui.language import tr
from helodoctor_gui.widgets.check import Radio
from helodoctor_gui.widgets.layouts import Flow
from helodoctor_gui.widgets.text import Text


class RoleQuestion(QWidget):
    """ "Are you the one who sends?", with "I don't know" as a full answer. ``answered`` brings the role."""

    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._question = Text("", "strong")
        self.choices = {Role.SENDER: Radio(), Role.RECEIVER: Radio(), Role.UNKNOWN: Radio()}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(4)
        layout.addWidget(self._question)
        layout.addLayout(Flow(*self.choices.values(), spacing=16))
        group = QButtonGroup(self)
        for role, radio in self.choices.items():
            group.addButton(radio)
            radio.clicked.connect(lambda _on, role=role: self.answered.emit(role))

    def show_answer(self, role: Role) -> None:
        """The texts, and the answer so far."""
        self._question.say(tr("Are you the one who sends?"))
        for known, title in (
            (Role.SENDER, tr("Yes, the mail went out from my server")),
            (Role.RECEIVER, tr("No, my server refused it")),
            (Role.UNKNOWN, tr("I don’t know")),
        ):
            self.choices[known].setText(title)
            self.choices[known].setAccessibleDescription(self._question.text())
        self.choices.get(role, self.choices[Role.UNKNOWN]).setChecked(True)
