"""Page 2, "What happened": the answer first, then the facts, then the proof in the user's own text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QListWidget, QWidget

from helodoctor import steps
from helodoctor.model import Bounce, Confidence, Diagnosis, Role, Span, Verdict
from helodoctor.words import readings
from helodoctor_gui.language import tr, trn, words
from helodoctor_gui.pages.page import Page
from helodoctor_gui.widgets.card import Tile
from helodoctor_gui.widgets.card import Verdict as Card
from helodoctor_gui.widgets.evidence import Evidence
from helodoctor_gui.widgets.layouts import Flow
from helodoctor_gui.widgets.role import RoleQuestion
from helodoctor_gui.widgets.text import Text

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame

_LIST_LINES = 4
_PROVING = ("reply", "code", "enhanced-code", "helo-name")


class HappenedPage(Page):
    """Shows the diagnosis the case looks at; where the text reports several failures, the user picks one."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._several = Text("", "strong")
        self.failures = QListWidget()
        self.card = Card()
        self._who, self._when, self._sure = Tile(), Tile(), Tile()
        self.role = RoleQuestion()
        self._asked_about: tuple[Bounce | None, int] | None = None
        self._proof = Text("", "strong")
        self.evidence = Evidence()
        self._left_out = Text("", "small")
        for widget in (self._several, self.failures, self.card):
            self.content.addWidget(widget)
        self.content.addLayout(Flow(self._who, self._when, self._sure, fill=True))
        self.content.addWidget(self.role)
        self.content.addWidget(self._proof)
        self.content.addWidget(self.evidence, 1)
        self.content.addWidget(self._left_out)
        self.failures.setMaximumHeight(self.fontMetrics().height() * (_LIST_LINES * 2 + 1))
        self.failures.currentRowChanged.connect(self._choose)
        self.role.answered.connect(self._take_part)

    def render(self) -> None:
        """Everything the case says about the chosen failure."""
        diagnosis = self.frame.case.diagnosis
        if diagnosis is None:
            return
        self.head(*_heading(diagnosis))
        self.card.say(_tone(diagnosis), readings.summary(words(), diagnosis), readings.next_step(words(), diagnosis))
        self._fill_list()
        self._fill_tiles(diagnosis)
        self._ask_role(diagnosis)
        self._proof.say(tr("The words that show it") if _is_shown(diagnosis) else tr("What was read"))
        self.evidence.setAccessibleName(self._proof.text())
        self.evidence.setAccessibleDescription(self.accessibleName())
        report = diagnosis.report
        self.evidence.show_text(report.text, _proof(diagnosis))
        left_out = self.frame.case.bounce.left_out if self.frame.case.bounce else 0
        self._left_out.setVisible(left_out > 0)
        if left_out:
            self._left_out.say(words().sentence("readings", "left-out", count=f"{left_out:,}"))
        self.frame.announce(readings.summary(words(), diagnosis))

    def _fill_tiles(self, diagnosis: Diagnosis) -> None:
        report = diagnosis.report
        who = tr("Who refused") if report.refused else tr("Who answered")
        self._who.say(who, report.receiver.host or tr("Not said in the text"))
        self._when.say(tr("When"), readings.stage(words(), report.stage))
        self._sure.say(tr("How sure"), _sureness(diagnosis.confidence))
        for tile in (self._who, self._when, self._sure):
            tile.setVisible(diagnosis.verdict is not Verdict.UNKNOWN)

    def _fill_list(self) -> None:
        case = self.frame.case
        several = len(case.diagnoses) > 1
        self._several.setVisible(several)
        self.failures.setVisible(several)
        if not several:
            return
        count = len(case.diagnoses)
        self._several.say(trn("{count} report in the text", "{count} reports in the text. Which is yours?", count))
        self.failures.setAccessibleName(self._several.text())
        self.failures.setAccessibleDescription(self.accessibleName())
        self.failures.blockSignals(True)
        self.failures.clear()
        self.failures.addItems([_one_line(diagnosis) for diagnosis in case.diagnoses])
        self.failures.setCurrentRow(case.chosen)
        self.failures.blockSignals(False)

    def _ask_role(self, diagnosis: Diagnosis) -> None:
        """Only where the text leaves it open; the answer can be changed as long as the text is the same."""
        case = self.frame.case
        about = (case.bounce, case.chosen)
        if diagnosis.report.role is Role.UNKNOWN and diagnosis.verdict is Verdict.HELO:
            self._asked_about = about
        self.role.setVisible(self._asked_about == about)
        self.role.show_answer(diagnosis.report.role)

    def _take_part(self, role: Role) -> None:
        self.frame.take(steps.take_part(self.frame.case, role))
        self.render()
        self.changed.emit()

    def _choose(self, index: int) -> None:
        if index >= 0 and index != self.frame.case.chosen:
            self.frame.take(steps.choose(self.frame.case, index))
            self.render()
            self.changed.emit()

    def next_label(self) -> str:
        """Where the answer is complete, the walk may end."""
        return tr("Close") if self.frame.nextId() == -1 else tr("Find its name")

    def first_focus(self) -> QWidget | None:
        """The list, where there is something to choose."""
        return self.failures if len(self.frame.case.diagnoses) > 1 else None

    def help_text(self) -> str:
        """How to read the page."""
        return tr(
            "The coloured card is the answer. Below it stands who refused the mail, at which point of the "
            "conversation, and how sure this reading is. The marked words in your own text are the proof: anyone "
            "can check them."
        )


def _is_shown(diagnosis: Diagnosis) -> bool:
    """Whether words of the text prove an answer."""
    return bool(diagnosis.evidence) and diagnosis.verdict is not Verdict.UNKNOWN


def _proof(diagnosis: Diagnosis) -> list[Span]:
    """The spans worth marking: what was answered and the name; hosts and addresses only where there is nothing else."""
    spans = diagnosis.evidence or diagnosis.report.evidence
    return [span for span in spans if span.what in _PROVING] or list(spans)


def _heading(diagnosis: Diagnosis) -> tuple[str, str]:
    if diagnosis.verdict is Verdict.HELO:
        if diagnosis.report.role in (Role.RECEIVER, Role.FORWARDER):
            return tr("A server’s name was refused"), tr("It is not the name of your own server.")
        return (
            tr("Your server’s name was refused"),
            tr("This is about the name in the greeting, not about your mailbox, your password or your mail."),
        )
    if diagnosis.verdict is Verdict.NOT_HELO:
        return tr("The name is not the problem"), tr("The mail came back for another reason.")
    if diagnosis.verdict is Verdict.ACCEPTED:
        return tr("This mail was accepted"), tr("The text shows no refusal.")
    return tr("The text does not say why"), tr("Nothing in it says that a name was refused, and nothing rules it out.")


def _tone(diagnosis: Diagnosis) -> str:
    return {
        Verdict.HELO: "refusal",
        Verdict.NOT_HELO: "info",
        Verdict.ACCEPTED: "good",
        Verdict.UNKNOWN: "plain",
    }[diagnosis.verdict]


def _sureness(confidence: Confidence) -> str:
    return {
        Confidence.SURE: tr("Sure: it says so itself"),
        Confidence.LIKELY: tr("Likely: the words and the name agree"),
        Confidence.GUESS: tr("A guess: the text says little"),
    }[confidence]


def _one_line(diagnosis: Diagnosis) -> str:
    about = {
        Verdict.HELO: tr("the name was refused"),
        Verdict.NOT_HELO: tr("refused for another reason"),
        Verdict.ACCEPTED: tr("accepted"),
        Verdict.UNKNOWN: tr("the reason is not clear"),
    }[diagnosis.verdict]
    report = diagnosis.report
    whom = report.recipient or report.receiver.host or report.queue_id or tr("no address given")
    return tr("{whom}: {about}", whom=whom[:120], about=about)
