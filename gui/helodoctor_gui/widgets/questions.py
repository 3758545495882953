"""From "I don't know" to a mail system: one question at a time, each answer a button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from helodoctor import guides
from helodoctor.guides import Answer
from helodoctor.words import guides as sentences
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.layouts import Card, Flow, column, empty, place
from helodoctor_gui.widgets.text import Text

_FIRST = "start"


class Questions(Card):
    """``found`` tells the id of the mail system the answers lead to; ``unknown`` is the one for a helpdesk."""

    found = Signal(str)

    def __init__(self) -> None:
        self._asked = Text("", "strong")
        self._answers = Flow(spacing=8)
        self._way: list[str] = []
        super().__init__("plain", column(self._asked, self._answers, spacing=8, margins=(16, 12, 16, 14)))

    def render(self) -> None:
        """The question at hand, in the language in force."""
        key = self._way[-1] if self._way else _FIRST
        asked = sentences.question(words(), key)
        self._asked.say(asked)
        self.setAccessibleName(asked)
        empty(self._answers)
        self.buttons = [self._button(answer) for answer in guides.questions()[key]]
        if self._way:
            back = QPushButton(tr("Back to the question before"))
            back.setProperty("link", True)
            back.clicked.connect(self._back)
            self.buttons.append(back)
        place(self._answers, *self.buttons)

    def _button(self, answer: Answer) -> QPushButton:
        button = QPushButton(sentences.answer(words(), answer))
        button.setProperty("small", True)
        button.setAccessibleDescription(self._asked.text())
        button.clicked.connect(lambda _checked: self._take(answer))
        return button

    def _take(self, answer: Answer) -> None:
        if answer.question is None:
            self._way.clear()
            self.found.emit(answer.system)
            return
        self._way.append(answer.question)
        self._show_anew()

    def _back(self) -> None:
        self._way.pop()
        self._show_anew()

    def _show_anew(self) -> None:
        self.render()
        self.buttons[0].setFocus()
