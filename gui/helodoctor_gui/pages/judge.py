"""Page 4, "Is it a good name?": the findings of the rules, worst first, then who would refuse the name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec.structs import replace

from helodoctor import steps
from helodoctor.model import Case, Finding, HeloDoctorError, NameReport, NameVerdict, Status
from helodoctor.report.judgement import waits, worst_first
from helodoctor.words import judgement
from helodoctor.words.problems import problem
from helodoctor_gui import tasks
from helodoctor_gui.aid import handbook
from helodoctor_gui.language import tr, trn, words
from helodoctor_gui.pages.page import Action, Page
from helodoctor_gui.widgets.address import SendingAddress
from helodoctor_gui.widgets.card import Verdict
from helodoctor_gui.widgets.check import Fold
from helodoctor_gui.widgets.findings import FindingLine, FindingRow
from helodoctor_gui.widgets.layouts import column, empty, place
from helodoctor_gui.widgets.receivers import Receivers
from helodoctor_gui.widgets.text import Text

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame

Work = Callable[[Case, Callable[[object], None]], Awaitable[Case]]

_TONES = {NameVerdict.GOOD: "good", NameVerdict.RISKY: "caution", NameVerdict.BAD: "refusal"}


class JudgePage(Page):
    """Shows the judgement the name page asked for."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.card = Verdict()
        self._rules = Text("", "strong")
        self._faults = column(spacing=8)
        self.more = Fold()
        self._quiet = column(spacing=2)
        self.receivers = Receivers()
        self.content.addWidget(self.card)
        self.content.addWidget(self._rules)
        self.content.addLayout(self._faults)
        self.content.addWidget(self.more)
        self.content.addLayout(self._quiet)
        self._asking: tasks.Task | None = None
        self._asks = Text("", "secondary")
        self.address = SendingAddress()
        self.content.addSpacing(8)
        self.content.addWidget(self.address)
        self.content.addWidget(self._asks)
        self.content.addSpacing(8)
        self.content.addWidget(self.receivers)
        self.content.addStretch(1)
        self.more.toggled.connect(self._show_quiet)
        self.address.wanted.connect(self._ask_own_address)
        self.address.field.editingFinished.connect(self._try_address)

    def render(self) -> None:
        """The whole judgement."""
        report = self.frame.case.judgement
        if report is None:
            return
        report = _as_seen(report, self.frame.case)
        offline = _is_offline(report)
        by_rules = tr("Checked on this computer, by the rules of mail (RFC) and what receivers are known to do.")
        by_both = tr("Checked by the rules of mail (RFC) and by asking the DNS.")
        self.head(_heading(report), by_rules if offline else by_both)
        self._asks.setVisible(offline)
        asks = tr("“Ask the DNS” asks the name servers this computer uses about {what}.", what=self._what())
        self._asks.say(asks)
        self.address.render(self.frame.case)
        better = judgement.suggestion(words(), report) or ""
        self.card.say(_TONES[report.verdict], judgement.verdict(words(), report), better)
        self._rules.say(tr("What the rules say"))
        faults = [finding for finding in worst_first(report.findings) if finding.status in (Status.FAIL, Status.WARN)]
        empty(self._faults)
        place(self._faults, *(self._row(finding, report.name) for finding in faults))
        self._rules.setVisible(bool(faults))
        self._show_quiet()
        self.receivers.show_predictions(report.predictions)

    def _row(self, finding: Finding, name: str) -> FindingRow:
        row = FindingRow(finding, name)
        row.more.clicked.connect(lambda: handbook.show_check(self.frame, finding.id))
        return row

    def _what(self) -> str:
        """What the DNS would be asked about: the name, and the address it is announced from."""
        case = self.frame.case
        ip = case.sending_address
        name = (case.name or "")[:255]
        return tr("{name} and {address}", name=name, address=ip) if ip else name

    def actions(self) -> list[Action]:
        """Asking the DNS, until it has been asked; Stop while it is."""
        if self._asking is not None:
            return [Action(tr("Stop"), self._stop_asking, tr("Gives up waiting for the DNS"))]
        report = self.frame.case.judgement
        if report is None or not _is_offline(report):
            return []
        return [Action(tr("Ask the DNS"), self._ask_dns, tr("Asks this computer’s name servers about the name"))]

    def _take_address(self) -> bool:
        """Judge with the typed address; whether it is one."""
        self.clear_problem()
        before = self.frame.case
        try:
            case = steps.come_from(before, self.address.text)
        except HeloDoctorError as fault:
            self.show_problem(problem(words(), fault), self.address.field)
            return False
        if case is not before:
            self.frame.take(case)
            self.render()
            self.changed.emit()
        return True

    def _try_address(self) -> None:
        """While it is still being typed it may be none; that is told when it is needed."""
        with suppress(HeloDoctorError):
            steps.come_from(self.frame.case, self.address.text)
            self._take_address()

    def _ask_own_address(self) -> None:
        self._ask(_own_address, self._address_told, tr("Waiting for the answer about this computer’s address …"))

    def _address_told(self, case: Case) -> None:
        self._stop_asking()
        self.frame.take(case)
        self.render()
        self.frame.announce(tr("This computer’s address is {address}.", address=case.sending_address or ""))

    def _ask_dns(self) -> None:
        if self._take_address():
            self._ask(_asked, self._answered, tr("Waiting for the answers of the DNS …"))

    def _ask(self, work: Work, done: Callable[[Case], None], awaited: str) -> None:
        self.clear_problem()
        self._asking = tasks.start(work, self.frame.case)
        self._asking.done.connect(done)
        self._asking.failed.connect(self._not_answered)
        self.set_busy(awaited)

    def _stop_asking(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        self._asking = None
        self.set_busy(None)

    def _answered(self, case: Case) -> None:
        self._stop_asking()
        self.frame.take(case)
        self.render()
        self.changed.emit()
        self.frame.announce(tr("The DNS has answered. The findings are up to date."))

    def _not_answered(self, fault: BaseException) -> None:
        self._stop_asking()
        self.show_fault(fault)

    def _show_quiet(self) -> None:
        """What passed and what was not checked, on demand."""
        report = self.frame.case.judgement
        if report is None:
            return
        rest = [found for found in worst_first(report.findings) if found.status is Status.PASS or waits(found)]
        shown = self.more.isChecked()
        self.more.setText(_rest_in_words(rest))
        self.more.setAccessibleDescription(tr("Shows or hides these checks"))
        empty(self._quiet)
        if shown:
            place(self._quiet, *(FindingLine(finding, report.name) for finding in rest))
        self.settle()

    def commit(self) -> bool:
        """An address that is none is told before the page is left."""
        return self._take_address()

    def next_label(self) -> str:
        """Named for what it leads to."""
        return tr("Try it")

    def help_text(self) -> str:
        """How to read findings and table."""
        return tr(
            "The cards say which rules the name breaks, and why that matters. The table below shows what well-known "
            "mail servers do with such a name, as far as it is known. Nothing is sent to anyone, unless you ask the "
            "directory of names (DNS): then your own name servers are asked whether the name leads to your server."
        )


async def _own_address(case: Case, _tell: Callable[[object], None]) -> Case:
    return await steps.ask_own_address(case)


async def _asked(case: Case, _tell: Callable[[object], None]) -> Case:
    return await steps.ask_dns(case)


def _is_offline(report: NameReport) -> bool:
    """Whether checks wait for the DNS."""
    return any(finding.reason == "offline" for finding in report.findings)


def _as_seen(report: NameReport, case: Case) -> NameReport:
    """``report``, with no praise for a name that was just refused: the rules do not see what that server goes by."""
    blamed = case.diagnosis is not None and case.diagnosis.helo_name == report.name
    praised = report.verdict is NameVerdict.GOOD
    return replace(report, verdict=NameVerdict.RISKY) if blamed and praised else report


def _heading(report: NameReport) -> str:
    return {
        NameVerdict.GOOD: tr("It is a good name"),
        NameVerdict.RISKY: tr("The name may cause trouble"),
        NameVerdict.BAD: tr("It is not a good name"),
    }[report.verdict]


def _rest_in_words(rest: list[Finding]) -> str:
    passed = sum(finding.status is Status.PASS for finding in rest)
    waiting = len(rest) - passed
    told = judgement.passed(words(), passed)
    if not waiting:
        return told
    left = trn("{count} could not be checked here.", "{count} could not be checked here.", waiting)
    return f"{told} {left}"
