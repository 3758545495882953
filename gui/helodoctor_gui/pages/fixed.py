"""Page 7, "Is it fixed?": two facts, shown apart, each with ways to prove it; before beside after; the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from helodoctor import steps
from helodoctor.model import Case, Line, ProofState, Trial, TrialPlan
from helodoctor.words import proofs, readings, trials
from helodoctor_gui.language import tr, words
from helodoctor_gui.pages.page import Action, Page
from helodoctor_gui.pages.proving import SaysFact
from helodoctor_gui.pages.trials import Runner
from helodoctor_gui.widgets.asking import DnsQuestion
from helodoctor_gui.widgets.card import Tile, Verdict
from helodoctor_gui.widgets.compared import Compared
from helodoctor_gui.widgets.conversation import Conversation
from helodoctor_gui.widgets.fact import FactCard
from helodoctor_gui.widgets.layouts import Flow
from helodoctor_gui.widgets.text import Text
from helodoctor_gui.widgets.waiting import WaitCard

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame

_TONES = {
    ProofState.NOTHING: "plain",
    ProofState.HALF_SAYS: "caution",
    ProofState.HALF_TAKES: "caution",
    ProofState.FIXED: "good",
}


class FixedPage(Page):
    """Our own trial proves only the second fact; without the first the page says "half proven"."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.runner = Runner(self)
        self.card = Verdict()
        self.says, self.takes = SaysFact(), FactCard()
        self.ask, self.practise = QPushButton(), QPushButton()
        self._note = Text("", "small")
        for button in (self.ask, self.practise):
            self.takes.add_way(button)
        self.takes.below.addWidget(self._note)
        self.conversation = Conversation()
        self._before, self._after = Tile(), Tile()
        self.waiting, self.dns, self.compared = WaitCard(), DnsQuestion(), Compared()
        for widget in (self.card, self.waiting, self.says, self.takes):
            self.content.addWidget(widget)
        self.content.addLayout(Flow(self._before, self._after, fill=True))
        self.content.addWidget(self.compared)
        self.content.addWidget(self.dns)
        self.content.addWidget(self.conversation)
        self.content.addStretch(1)
        self.dns.answered.connect(self._dns_answered)
        self.dns.failed.connect(self.show_fault)
        self.dns.busy.connect(self._asking)
        self.waiting.due.connect(frame.announce)
        self.says.proven.connect(self._proven)
        self.says.failed.connect(self.show_fault)
        self.ask.clicked.connect(self._ask_receiver)
        self.practise.clicked.connect(self._ask_practice)
        self.runner.line.connect(self._add)
        self.runner.done.connect(self._tried)
        self.runner.failed.connect(self._not_tried)

    @property
    def _name(self) -> str:
        return self.frame.case.new_name or self.frame.case.name or ""

    def render(self) -> None:
        """Both facts as they stand."""
        case = self.frame.case
        proof = steps.proof(case)
        voice = words()
        self.head(_heading(proof.state), tr("Two things have to be true, and each needs its own proof."))
        self.card.say(_TONES[proof.state], proofs.state(voice, proof), self._next(proof.state))
        self.says.case = case
        self.says.render(
            voice.sentence("proofs", "says", "title"),
            proofs.says(voice, proof),
            proven=proof.says is not None,
            sample=case.sample is not None,
            usable=bool(self._name),
        )
        self.takes.say(
            voice.sentence("proofs", "takes", "title"), proofs.takes(voice, proof), proven=proof.takes is not None
        )
        self._show_ways(case)
        self._show_before_and_after(case)
        self.waiting.watch(case)
        self.conversation.render()
        self.settle()
        self.changed.emit()

    def _next(self, state: ProofState) -> str:
        if not self._name:
            return tr("Go back and choose the new name first.")
        return proofs.next_step(words(), steps.proof(self.frame.case))

    def _show_ways(self, case: Case) -> None:
        self.ask.setVisible(case.target is not None and case.sample is None)
        if case.target is not None:
            self.ask.setText(tr("Ask {host}", host=case.target.host[:40]))
        self.practise.setText(tr("Ask the practice server"))
        note = tr("The server will be greeted with “{name}”, from this computer. No mail is sent.", name=self._name)
        self._note.say(note)
        for button in (self.ask, self.practise):
            button.setAccessibleDescription(note)
        for widget in (self.ask, self.practise):
            widget.setEnabled(bool(self._name) and not self.runner.running)
        self._note.setVisible(bool(self._name) and self.conversation.last() is None)

    def _show_before_and_after(self, case: Case) -> None:
        diagnosis = case.diagnosis
        old = [trial for trial in case.trials if trial.plan.name == case.name]
        new = [trial for trial in case.trials if trial.plan.name == self._name and self._name != case.name]
        told = _reading(old) or (readings.summary(words(), diagnosis) if diagnosis else "")
        self._before.say(tr("Before: {name}", name=case.name or tr("not known")), told)
        name = self._name or tr("not chosen yet")
        self._after.say(tr("After: {name}", name=name), _reading(new) or tr("Not tried yet"))

        self.compared.show_changes(steps.changes(case), case.name or "", self._name)
        self.dns.render(case)

    # Proving

    def _asking(self, busy: bool) -> None:
        if busy:
            self.clear_problem()
        self.set_busy(tr("Waiting for the answers of the DNS …") if busy else None)

    def _dns_answered(self, case: Case) -> None:
        self.frame.take(steps.answered(self.frame.case, case))
        self.render()
        self.frame.announce(tr("The DNS has answered. The findings are up to date."))

    def _proven(self, case: Case) -> None:
        self.clear_problem()
        now = self.frame.case  # a trial may have ended meanwhile
        for heard in case.announcements:
            if heard not in now.announcements:
                now = steps.hear(now, heard)
        self.frame.take(now)
        self.render()
        self.frame.announce(proofs.state(words(), steps.proof(now)))

    def _policy(self) -> str:
        """The rules the walk has practised with, or those that fit the bounce."""
        practised = [trial.plan.target.policy for trial in self.frame.case.trials if trial.plan.target.policy]
        return practised[-1] if practised else steps.likely_policy(self.frame.case)

    def _ask_practice(self) -> None:
        self._start(steps.practice_plan(self.frame.case, self._name, self._policy()))

    def _ask_receiver(self) -> None:
        if self.frame.case.target is not None:
            self._start(steps.trial_plan(self.frame.case, self._name, self.frame.case.target))

    def _start(self, plan: TrialPlan) -> None:
        self.clear_problem()
        self.conversation.clear()
        self.runner.start(self.frame.case, plan)
        self.set_busy(tr("Talking to the server …"))
        self._show_ways(self.frame.case)

    def _add(self, line: Line) -> None:
        self.conversation.add(line)

    def _tried(self, case: Case) -> None:
        self.set_busy(None)
        self.frame.take(steps.add_trial(self.frame.case, case.trials[-1]))  # what was heard meanwhile stays
        self.conversation.conclude(case.trials[-1])
        self.render()
        self.frame.announce(proofs.state(words(), steps.proof(self.frame.case)))

    def _not_tried(self, fault: BaseException) -> None:
        self.set_busy(None)
        self._show_ways(self.frame.case)
        self.show_fault(fault)

    def _stop(self) -> None:
        self.runner.stop()
        self.set_busy(None)
        self._show_ways(self.frame.case)

    # The report

    def actions(self) -> list[Action]:
        """Stop while something runs; else what to do with the report."""
        if self.runner.running:
            return [Action(tr("Stop"), self._stop, tr("Hangs up at once"))]
        return [Action(tr("Report…"), self._report, tr("Shows what goes out before you copy or save it"))]

    def _report(self) -> None:
        from helodoctor_gui.cases.sending import report

        report(self.frame)

    def next_label(self) -> str:
        """The end of the walk."""
        return tr("Close")

    def first_focus(self) -> QWidget | None:
        """The first way to prove something."""
        return self.says.sample if self.frame.case.sample else self.says.paste

    def help_text(self) -> str:
        """What fixed means."""
        return tr(
            "Fixed means two things: your server says the new name, and the receiver takes it. A test from this "
            "computer can only show the second. For the first, paste a fresh log line, the Received lines of a mail "
            "that was delivered, or let your server greet the listener. The report holds all that this walk has found."
        )


def _heading(state: ProofState) -> str:
    return {
        ProofState.NOTHING: tr("Is it fixed?"),
        ProofState.HALF_SAYS: tr("Half proven"),
        ProofState.HALF_TAKES: tr("Half proven"),
        ProofState.FIXED: tr("It is fixed"),
    }[state]


def _reading(done: list[Trial]) -> str:
    return trials.reading(words(), done[-1]) if done else ""
