"""Page 4, "Is it a good name?": the findings of the rules, worst first, then who would refuse the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helodoctor.model import Finding, NameReport, NameVerdict, Status
from helodoctor.report.judgement import waits, worst_first
from helodoctor.words import judgement
from helodoctor_gui.language import tr, trn, words
from helodoctor_gui.pages.page import Page
from helodoctor_gui.widgets.card import Verdict
from helodoctor_gui.widgets.check import Fold
from helodoctor_gui.widgets.findings import FindingLine, FindingRow
from helodoctor_gui.widgets.layouts import column, empty, place
from helodoctor_gui.widgets.receivers import Receivers
from helodoctor_gui.widgets.text import Text

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame

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
        self.content.addSpacing(8)
        self.content.addWidget(self.receivers)
        self.content.addStretch(1)
        self.more.toggled.connect(self._show_quiet)

    def render(self) -> None:
        """The whole judgement."""
        report = self.frame.case.judgement
        if report is None:
            return
        self.head(
            _heading(report),
            tr("Checked on this computer, by the rules of mail (RFC) and what receivers are known to do."),
        )
        better = judgement.suggestion(words(), report) or ""
        self.card.say(_TONES[report.verdict], judgement.verdict(words(), report), better)
        self._rules.say(tr("What the rules say"))
        faults = [finding for finding in worst_first(report.findings) if finding.status in (Status.FAIL, Status.WARN)]
        empty(self._faults)
        place(self._faults, *(FindingRow(finding, report.name) for finding in faults))
        self._rules.setVisible(bool(faults))
        self._show_quiet()
        self.receivers.show_predictions(report.predictions)

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

    def next_label(self) -> str:
        """Named for what it leads to."""
        return tr("Try it")

    def help_text(self) -> str:
        """How to read findings and table."""
        return tr(
            "The cards say which rules the name breaks, and why that matters. The table below shows what well-known "
            "mail servers do with such a name, as far as it is known. Nothing was sent to anyone for this page."
        )


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
