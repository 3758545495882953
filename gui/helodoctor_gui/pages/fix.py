"""Page 6, "Fix it": the steps for the chosen mail system, with the values filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from helodoctor import guides, steps
from helodoctor.model import HeloDoctorError, InputProblem
from helodoctor.words import guides as sentences
from helodoctor.words.problems import problem as problem_sentence
from helodoctor_gui.language import tr, trn, words
from helodoctor_gui.pages.page import Action, Page
from helodoctor_gui.widgets.finder import Finder
from helodoctor_gui.widgets.layouts import column, empty, place
from helodoctor_gui.widgets.letter import LetterCard
from helodoctor_gui.widgets.step import StepCard
from helodoctor_gui.widgets.text import Text

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame

_PAUSE_MS = 500
_UNKNOWN = "unknown"


class FixPage(Page):
    """Two questions, which system and which name, and the guide that follows from them."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.system, self.name = Finder(), QLineEdit()
        self.name.setMaxLength(4096)
        self._system_label, self._name_label = Text("", "strong"), Text("", "strong")
        self._system_note, self._name_note = Text("", "small"), Text("", "small")
        self._cards: list[StepCard] = []
        self._steps = column(spacing=10)
        self._letters_title = Text("", "strong")
        self._letters = column(spacing=10)
        self._system_label.setBuddy(self.system)
        self._name_label.setBuddy(self.name)
        self.content.addLayout(column(self._system_label, self.system, self._system_note, spacing=4))
        self.content.addLayout(column(self._name_label, self.name, self._name_note, spacing=4))
        self.content.addSpacing(6)
        self.content.addLayout(self._steps)
        self.content.addWidget(self._letters_title)
        self.content.addLayout(self._letters)
        self.content.addStretch(1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._replan)
        self.system.chosen.connect(self._replan)
        self.system.unknown.connect(self._not_found)
        self.name.textEdited.connect(self._pause.start)
        self.name.editingFinished.connect(self._replan)

    def render(self) -> None:
        """The questions with their answers so far, and the guide."""
        case = self.frame.case
        self._fill_systems()
        if case.guide is None:
            suggestion = case.judgement.suggestion if case.judgement else None
            if not self.name.text():
                self.name.setText(case.new_name or suggestion or "")
            self._plan()
        self._system_label.say(tr("What sends your mail?"))
        self._system_note.say(tr("Type a part of its name, such as Postfix, Exchange or printer, or open the list."))
        self.system.name_field(self._system_label.text(), self._system_note.text())
        self._name_label.say(tr("The new name"))
        self.name.setAccessibleName(self._name_label.text())
        self.name.setPlaceholderText(tr("for example mail.yourcompany.example"))
        self._name_note.say(tr("A full name in a domain that belongs to you. The steps below are filled with it."))
        self.name.setAccessibleDescription(self._name_note.text())
        self._show_guide()

    def _fill_systems(self) -> None:
        chosen = self.frame.case.system or steps.likely_system(self.frame.case)
        known = [system.id for system in guides.systems() if system.has_guide]
        titles = [(sentences.system_title(words(), system), system) for system in known]
        self.system.offer(sorted(titles, key=lambda one: (one[1] != _UNKNOWN, one[0].casefold())), chosen)

    def _not_found(self, text: str) -> None:
        told = tr("“{text}” fits none or several. Choose from the list, or “I don’t know”.", text=text[:60])
        self._system_note.say(told)

    def _replan(self) -> None:
        """Another system or another name: the guide anew, in place."""
        self._pause.stop()
        if self._plan():
            self._show_guide()

    def _plan(self) -> bool:
        """Make the guide; where the name cannot be set, say so and make the guide without it."""
        case, name = self.frame.case, self.name.text().strip() or None
        system = self.system.choice
        if case.guide is not None and (system, name) == (case.system, case.new_name):
            return False
        self.clear_problem()
        try:
            self.frame.take(steps.plan_fix(case, system, name))
        except InputProblem as fault:
            self.show_problem(problem_sentence(words(), fault))
            self.frame.take(steps.plan_fix(case, system, None))
        return True

    def _show_guide(self) -> None:
        case = self.frame.case
        guide = case.guide
        if guide is None:
            return
        empty(self._steps)
        self._cards = [StepCard(step, done=step.id in case.ticks) for step in guide.steps]
        for card in self._cards:
            card.ticked.connect(self._tick)
        place(self._steps, *self._cards)
        self._mark_next()
        empty(self._letters)
        place(self._letters, *(LetterCard(letter) for letter in guide.letters))
        self._letters_title.say(tr("Ready letters"))
        self._letters_title.setVisible(bool(guide.letters))
        title = sentences.system_title(words(), guide.system)
        count = len(guide.steps)
        if guide.name:
            heading = trn("{count} step to the new name", "{count} steps to the new name", count)
            known = tr("{system} will introduce itself as {name}.", system=title, name=guide.name)
            plain = tr("Your server will introduce itself as {name}.", name=guide.name)
            self.head(heading, plain if guide.system == _UNKNOWN else known)
        else:
            heading = trn("{count} step to a good name", "{count} steps to a good name", count)
            self.head(heading, tr("Choose what sends your mail and the new name; the steps follow."))
        self.settle()
        self.changed.emit()

    def _tick(self, step_id: str, done: bool) -> None:
        self.frame.take(steps.tick(self.frame.case, step_id, done))
        self._mark_next()

    def _mark_next(self) -> None:
        """Outline the first step that is not done."""
        ticks = self.frame.case.ticks
        following = next((card for card in self._cards if card.step.id not in ticks), None)
        for card in self._cards:
            card.set_here(card is following)

    def commit(self) -> bool:
        """The guide must fit the name in the field."""
        self._plan()
        self._show_guide()
        name = self.name.text().strip()
        if name and self.frame.case.new_name is None:
            self._refuse_name(name)
            return False
        return True

    def _refuse_name(self, name: str) -> None:
        try:
            steps.plan_fix(self.frame.case, self.system.choice, name)
        except HeloDoctorError as fault:
            self.show_problem(problem_sentence(words(), fault), self.name)

    def next_label(self) -> str:
        """Named for what it leads to."""
        return tr("Check it")

    def actions(self) -> list[Action]:
        """How to take everything back."""
        guide = self.frame.case.guide
        if guide is None or not any(step.undo for step in guide.steps):
            return []
        return [Action(tr("Undo…"), self._show_undo, tr("Shows how to take each step back"))]

    def _show_undo(self) -> None:
        from helodoctor_gui.pages.undo import UndoDialog

        guide = self.frame.case.guide
        if guide is not None:
            UndoDialog(guide, self).open()

    def first_focus(self) -> QWidget:
        """The system."""
        return self.system

    def help_text(self) -> str:
        """How to use the steps."""
        return tr(
            "Choose what sends your mail and type the new name; the steps change at once. Go through them from top to "
            "bottom and tick what is done. Each step says who acts. Copy puts a command on the clipboard exactly as it "
            "has to be typed. “Undo…” shows how to take each step back. Every step has a number to say on the phone."
        )
