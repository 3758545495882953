"""Page 6, "Fix it": the steps for the chosen mail system, with the values filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from helodoctor import guides, steps
from helodoctor.model import Case, HeloDoctorError, InputProblem
from helodoctor.words import guides as sentences
from helodoctor.words.problems import problem as problem_sentence
from helodoctor_gui.language import tr, trn, words
from helodoctor_gui.pages.page import Action, Page
from helodoctor_gui.widgets.asking import DnsQuestion
from helodoctor_gui.widgets.finder import Finder
from helodoctor_gui.widgets.layouts import column, empty, place
from helodoctor_gui.widgets.letter import LetterCard
from helodoctor_gui.widgets.questions import Questions
from helodoctor_gui.widgets.steps import StepList
from helodoctor_gui.widgets.text import Text
from helodoctor_gui.widgets.waiting import WaitCard

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame

_PAUSE_MS = 500
_UNKNOWN = "unknown"


class FixPage(Page):
    """Two questions, which system and which name, and the guide that follows from them."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.system, self.name = Finder(), QLineEdit()
        self.questions, self.dns, self.waiting = Questions(), DnsQuestion(), WaitCard()
        self.name.setMaxLength(4096)
        self._system_label, self._name_label = Text("", "strong"), Text("", "strong")
        self._system_note, self._name_note = Text("", "small"), Text("", "small")
        self._letter_cards: list[LetterCard] = []
        self.steps = StepList()
        self._letters_title = Text("", "strong")
        self._letters = column(spacing=10)
        self._system_label.setBuddy(self.system)
        self._name_label.setBuddy(self.name)
        self.content.addLayout(column(self._system_label, self.system, self._system_note, spacing=4))
        self.content.addWidget(self.questions)
        self.content.addLayout(column(self._name_label, self.name, self._name_note, spacing=4))
        self.content.addWidget(self.dns)
        self.content.addSpacing(6)
        self.content.addWidget(self.waiting)
        self.content.addWidget(self.steps)
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
        self.questions.found.connect(self._take_system)
        self.dns.answered.connect(self._take_answer)
        self.dns.failed.connect(self.show_fault)
        self.dns.busy.connect(self._asking)
        self.waiting.due.connect(frame.announce)
        self.steps.changed.connect(self._take)
        self.steps.said.connect(frame.announce)
        self.steps.report.connect(self._report)
        self.steps.opened.connect(self._look_at)

    def render(self) -> None:
        """The questions with their answers so far, and the guide."""
        case = self.frame.case
        self._fill_systems()
        if not self.name.text():
            suggestion = case.judgement.suggestion if case.judgement and case.guide is None else None
            self.name.setText(case.new_name or suggestion or "")
        if case.guide is None:
            self._plan()
        self._system_label.say(tr("What sends your mail?"))
        self._system_note.say(tr("Type a part of its name, such as Postfix, Exchange or printer, or open the list."))
        self.system.name_field(self._system_label.text(), self._system_note.text())
        self._name_label.say(tr("The new name"))
        self.name.setAccessibleName(self._name_label.text())
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

    def _take_system(self, system: str) -> None:
        """Where the questions led; a person who could not say goes on with the letter for the helpdesk."""
        self.system.choose(system)
        if system != _UNKNOWN:
            self.system.setFocus()
            return
        self.questions.render()
        helpdesk = next(iter(self._letter_cards), None)
        if helpdesk is not None:
            self.scroll.ensureWidgetVisible(helpdesk)
            helpdesk.copy.setFocus()

    def _asking(self, busy: bool) -> None:
        if busy:
            self.clear_problem()
        self.set_busy(tr("Waiting for the answers of the DNS …") if busy else None)

    def _take_answer(self, case: Case) -> None:
        self.frame.take(steps.answered(self.frame.case, case))
        self._show_guide()
        self.frame.announce(tr("The DNS has answered. The steps are up to date."))

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
        self.questions.setVisible(guide.system == _UNKNOWN)
        if guide.system == _UNKNOWN:
            self.questions.render()
        self.dns.render(case)
        self.steps.show_case(case)
        empty(self._letters)
        self._letter_cards = [LetterCard(letter) for letter in guide.letters]
        place(self._letters, *self._letter_cards)
        self._letters_title.say(tr("Ready letters"))
        self._letters_title.setVisible(bool(guide.letters))
        self.waiting.watch(case)
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

    def _take(self, case: Case) -> None:
        """A tick or a wait more."""
        waited = self.frame.case.waits
        self.frame.take(case)
        self.waiting.watch(case)
        if len(case.waits) > len(waited):
            self._look_at(self.waiting)
            self.frame.announce(self.waiting.accessibleName())

    def _look_at(self, widget: QWidget) -> None:
        self.settle()
        self.scroll.ensureWidgetVisible(widget)

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

    def _report(self) -> None:
        from helodoctor_gui.cases.sending import report

        report(self.frame)

    def next_label(self) -> str:
        """Named for what it leads to."""
        return tr("Check it")

    def actions(self) -> list[Action]:
        """How to take everything back, and the guide on paper."""
        guide = self.frame.case.guide
        if guide is None:
            return []
        printing = Action(tr("Print…"), self._print, tr("Prints the steps and the letters"))
        if not any(step.undo for step in guide.steps):
            return [printing]
        return [Action(tr("Undo…"), self._show_undo, tr("Shows how to take each step back")), printing]

    def _print(self) -> None:
        from helodoctor_gui.pages.printing import print_guide

        print_guide(self.frame.case, self)

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
