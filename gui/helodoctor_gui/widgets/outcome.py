"""What a trial showed: the reading as a card, what it compares with, from where it ran, what else can be asked."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from helodoctor import steps
from helodoctor.model import Case, Trial, TrialVerdict
from helodoctor.network import way_out
from helodoctor.words import trials
from helodoctor.words.comparison import compared
from helodoctor_gui.icons import Icon
from helodoctor_gui.language import words
from helodoctor_gui.widgets.card import Verdict
from helodoctor_gui.widgets.layouts import column, row
from helodoctor_gui.widgets.text import Text

_TONES = {TrialVerdict.ACCEPTED: "good", TrialVerdict.REFUSED: "refusal", TrialVerdict.TEMPFAIL: "caution"}


class Outcome(QWidget):
    """Hidden until there is a trial to tell of."""

    def __init__(self) -> None:
        super().__init__()
        self.card = Verdict()
        self.beside = Text("")
        self.offer = Text("")
        self._scope = Text("", "secondary")
        scope = row(Icon("info", "accent", 1.1), self._scope, spacing=10)
        self.setLayout(column(self.card, self.beside, self.offer, scope, spacing=12))

    def tell(self, case: Case, trial: Trial | None) -> None:
        """The reading of ``trial``, set beside the rest of ``case``; nothing without one."""
        self.setVisible(trial is not None)
        if trial is None:
            return
        self.card.say(_TONES.get(trial.verdict, "plain"), trials.reading(words(), trial))
        _show(self.beside, "\n".join(compared(words(), trial, steps.compare(case, trial))))
        servers = [known.title for known in way_out.known_hosts()]
        _show(self.offer, trials.offer(words(), servers) if way_out.puzzling(trial) else "")
        self._scope.say(trials.scope(words(), trial))


def _show(text: Text, sentence: str) -> None:
    text.say(sentence)
    text.setVisible(bool(sentence))
