"""Page 5, "Try it": choose a server, see what will be sent to whom, start; then the conversation, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from helodoctor import steps
from helodoctor.model import Case, HeloDoctorError, Line, Trial, TrialPlan
from helodoctor.network import way_out
from helodoctor.network.target import parse
from helodoctor.report.trial import plan_lines
from helodoctor.words import trials
from helodoctor_gui.icons import Icon
from helodoctor_gui.language import tr, words
from helodoctor_gui.pages.on_server import OnServer
from helodoctor_gui.pages.page import Action, Page
from helodoctor_gui.pages.trials import Runner, awaited, from_where, heading, policy_title, policy_titles
from helodoctor_gui.widgets.choices import ServerChoice
from helodoctor_gui.widgets.conversation import Conversation
from helodoctor_gui.widgets.layouts import Card, column, row
from helodoctor_gui.widgets.outcome import Outcome
from helodoctor_gui.widgets.text import Text
from helodoctor_gui.widgets.wire import Wire

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame

_FRAME_MS = 16  # lines that come at once are laid out together
_MORE_SECONDS = 60.0


class TryPage(Page):
    """First the choice, then the conversation; "Try again" leads back to the choice."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._offered_for: Case | None = None
        self._talking = False
        self._trial: Trial | None = None
        self.runner = Runner(self)
        self.servers = ServerChoice()
        self._what, self._sent, self._wire = Text("", "strong"), Text("", "secondary"), Wire("")
        self._info, self._from = Icon("info", "accent", 1.1), Text("", "secondary")
        self.setup = QWidget()
        preview = Card("plain", column(self._sent, self._wire, spacing=8, margins=(14, 12, 14, 12)))
        self.setup.setLayout(
            column(self.servers, 6, self._what, preview, row(self._info, self._from, spacing=10))
        )
        self.outcome = Outcome()
        self.card = self.outcome.card
        self.conversation = Conversation()
        for widget in (self.setup, self.outcome, self.conversation):
            self.content.addWidget(widget)
        self.content.addStretch(1)
        self.servers.changed.connect(self._show_plan)
        self._following = QTimer(self)
        self._following.setSingleShot(True)
        self._following.setInterval(_FRAME_MS)
        self._following.timeout.connect(self._follow)
        self._asked = ""
        self._waiting = QTimer(self)
        self._waiting.setInterval(1000)
        self._waiting.timeout.connect(self._tell_until_when)
        self.runner.line.connect(self._add)
        self.runner.done.connect(self._done)
        self.runner.failed.connect(self._failed)

    # The choice

    def render(self) -> None:
        """The choice, or the conversation and its reading."""
        case = self.frame.case
        opened_again = self._offered_for is None
        if self._offered_for is None or _asks_other(self._offered_for, case):
            self._offered_for = case
            self._talking = False
            known = case.target if case.target and not case.target.policy else None
            chosen = "practice" if case.sample or known is None else "known"
            self.servers.offer(known, policy_titles(), chosen, from_text=not steps.is_proposed(case))
            self.servers.propose_policy(steps.likely_policy(case))
            if opened_again and case.trials and case.trials[-1].plan.name == case.name:
                self._retell(case.trials[-1])
        else:
            self._rename_policies()
        self.servers.render()
        self.conversation.render()
        self._show_state()

    def _rename_policies(self) -> None:
        for index, title in enumerate(policy_titles().values()):
            self.servers.policy.setItemText(index, title)

    def plan(self) -> TrialPlan:
        """What will be sent, as chosen.

        Raises:
            InputProblem: the typed server is none.
        """
        case, name = self.frame.case, self.frame.case.name or ""
        if self.servers.choice == "practice":
            return steps.practice_plan(case, name, self.servers.policy.currentData())
        if self.servers.choice == "known" and self._offered_for and self._offered_for.target:
            return steps.trial_plan(case, name, self._offered_for.target)
        return steps.trial_plan(case, name, parse(self.servers.address.text()))

    def _show_plan(self) -> None:
        self._what.say(tr("This will be sent"))
        try:
            plan = self.plan()
        except HeloDoctorError:
            self._sent.say(tr("Type the name or the address of the server."))
            self._wire.say("")
            self._from.say("")
        else:
            name, server = plan.name[:255], self._server_of(plan)
            self._sent.say(tr("To {server}, with the name “{name}”:", server=server, name=name))
            self._wire.say("\n".join(plan_lines(plan)))
            self._from.say(from_where(plan))
        self._info.setVisible(bool(self._from.text()))
        self.changed.emit()

    def _server_of(self, plan: TrialPlan) -> str:
        if plan.target.policy:
            return tr("the practice server, with the rules of {rules}", rules=policy_title(plan.target.policy))
        return str(plan.target)

    # The buttons

    def next_label(self) -> str:
        """Names the act, then the way on."""
        if self._talking:
            return tr("Show the fix")
        if self.servers.choice == "practice":
            return tr("Ask the practice server")
        try:
            host = self.plan().target.host
        except HeloDoctorError:
            return tr("Try it")
        return tr("Ask {host}", host=host) if len(host) <= 32 else tr("Ask this server")

    def actions(self) -> list[Action]:
        """Stop while it runs, Try again after, and the way past the test before."""
        if self.runner.running:
            stop = Action(tr("Stop"), self.stop, tr("Hangs up at once"))
            longer = Action(tr("Wait longer"), self._wait_longer, tr("Gives the server one more minute"))
            return [stop] if self._trial else [stop, longer]
        if self._talking:
            again = Action(tr("Try again"), self._again, tr("Back to the choice of the server"))
            puzzling = self._trial is not None and way_out.puzzling(self._trial)
            check = Action(tr("Check port 25"), self._check_port, self.outcome.offer.text())
            return [again, check] if puzzling else [again]
        without = Action(tr("Go on without it"), self.go_on, tr("Leads to the steps without a test"))
        if self.servers.choice == "practice":
            return [without]
        spoken = tr("Shows a script for the mail server, and reads what it printed")
        return [without, Action(tr("Test from the server …"), self._on_server, spoken)]

    def first_focus(self) -> QWidget | None:
        """The chosen server."""
        if self._talking:
            return None
        choice = self.servers
        return next(radio for radio in (choice.known, choice.typed, choice.practice) if radio.isChecked())

    def help_text(self) -> str:
        """What a trial proves."""
        return tr(
            "The test says to the other server what your mail server says, and stops before any mail is sent. The "
            "answer tells how that server sees the name. It comes from this computer, which may not be your mail "
            "server: a refusal can also be about this computer’s address. With the practice server nothing leaves this "
            "computer."
        )

    # The conversation

    def commit(self) -> bool:
        """Start the trial, or go on once it is over."""
        if self._talking:
            return True
        try:
            plan = self.plan()
        except HeloDoctorError as fault:
            self.show_fault(fault)
            self.servers.address.setFocus()
            return False
        self._talking, self._trial = True, None
        self.conversation.clear()
        self.runner.start(self.frame.case, plan)
        self._asked = self._server_of(plan)
        self.set_busy(awaited(self._asked, None, self.runner.seconds_left))
        self._waiting.start()
        self._show_state()
        return False

    def _tell_until_when(self) -> None:
        if self.runner.running:
            self.retell_wait(awaited(self._asked, self.conversation.last(), self.runner.seconds_left))
        else:
            self._waiting.stop()

    def _wait_longer(self) -> None:
        self.runner.extend(_MORE_SECONDS)
        self._tell_until_when()

    def _on_server(self) -> None:
        """The same trial as a script, for where the mail really comes from."""
        self.clear_problem()
        try:
            plan = self.plan()
        except HeloDoctorError as fault:
            self.show_fault(fault)
            return
        dialog = OnServer(self.frame.case, plan, self.frame)
        dialog.read.connect(self._read_from_server)
        dialog.open()

    def _read_from_server(self, case: Case) -> None:
        self._retell(case.trials[-1])
        self._done(case)

    def _retell(self, trial: Trial) -> None:
        """Show a conversation that is over."""
        self._talking, self._trial = True, trial
        self.conversation.clear()
        for line in trial.dialogue:
            self.conversation.add(line)
        self.conversation.conclude(trial)

    def _add(self, line: Line) -> None:
        self.conversation.add(line)
        self._following.start()

    def _follow(self) -> None:
        """Keep the latest line in sight."""
        self.settle()
        bar = self.scroll.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _done(self, case: Case) -> None:
        self.set_busy(None)
        self.frame.take(case)
        self._following.stop()
        trial = self._trial = case.trials[-1]
        self.conversation.conclude(trial)
        self._show_state()
        self.frame.announce(trials.reading(words(), trial))
        self.frame.bar.focus_forward()
        QTimer.singleShot(0, lambda: self.scroll.verticalScrollBar().setValue(0))

    def _check_port(self) -> None:
        """The page says whom this calls."""
        self.clear_problem()
        self.runner.check_port(self.frame.case)
        self.set_busy(tr("Calling well-known mail servers …"))
        self._show_state()

    def _failed(self, fault: BaseException) -> None:
        self._talking = self._trial is not None
        self.set_busy(None)
        self._show_state()
        self.show_fault(fault)

    def stop(self) -> None:
        """Hang up; what was heard stays on the page."""
        self.runner.stop()
        self.set_busy(None)
        self._show_state()

    def _again(self) -> None:
        self._talking = False
        self.clear_problem()
        self._show_state()
        self.frame.focus_page()

    def _show_state(self) -> None:
        case = self.frame.case
        trial = self._trial if self._talking else None
        self.setup.setVisible(not self._talking)
        self.conversation.setVisible(self._talking)
        self.outcome.tell(case, trial)
        if not self._talking:
            name = (case.name or "")[:255]
            told = tr("This shows live what a server says to the name “{name}”. No mail is sent.", name=name)
            self.head(tr("Try the name on a server?"), told)
            self._show_plan()
        elif trial is None:
            stopped = tr("You stopped the test. You can try again.")
            told = tr("The conversation, as it happens.") if self.runner.running else stopped
            self.head(tr("Asking the server"), told)
        else:
            self.head(heading(trial.verdict), trials.next_step(words(), trial))
        self.changed.emit()


def _asks_other(before: Case, now: Case) -> bool:
    """Whether another failure or another name is looked at than when the choice was offered."""
    return before.bounce != now.bounce or before.chosen != now.chosen or before.name != now.name
