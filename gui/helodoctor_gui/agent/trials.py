"""The trials of a case: any two side by side, each with its whole conversation."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from helodoctor.model import Case, Trial
from helodoctor.report import trial as report
from helodoctor.report.compared import compared
from helodoctor_gui.agent.texts import Lines, Reading
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.combo import Combo
from helodoctor_gui.widgets.layouts import column, row
from helodoctor_gui.widgets.text import Text


class Trials(QWidget):
    """Two choices; the first and the last trial to begin with."""

    def __init__(self) -> None:
        super().__init__()
        self._made: tuple[Trial, ...] = ()
        self.none = Text("", "secondary")
        self.choices = (Combo(), Combo())
        self.compared = Lines()
        self.texts = (Reading(), Reading())
        self._both = QWidget()
        sides = row(*self.texts, spacing=8)
        self._both.setLayout(column(row(*self.choices, spacing=8), self.compared, sides, spacing=8))
        for widget in (self.compared, *self.texts):
            widget.setMinimumHeight(self.fontMetrics().height() * 7)
        whole = column(self.none, self._both, margins=(8, 8, 8, 8))
        whole.setAlignment(self.none, Qt.AlignmentFlag.AlignTop)
        self.setLayout(whole)
        for choice in self.choices:
            choice.currentIndexChanged.connect(self._compare)

    def show_case(self, case: Case | None) -> None:
        """Offer the trials of ``case``."""
        self._made = case.trials if case else ()
        self.none.say(tr("No trial was made in this case."))
        self.none.setVisible(not self._made)
        self._both.setVisible(bool(self._made))
        names = (tr("First trial"), tr("Second trial"))
        for choice, name, chosen in zip(self.choices, names, (0, len(self._made) - 1), strict=True):
            choice.blockSignals(True)
            choice.clear()
            choice.addItems([_title(number, made) for number, made in enumerate(self._made, 1)])
            choice.setCurrentIndex(chosen)
            choice.setAccessibleName(name)
            choice.blockSignals(False)
        self.compared.setAccessibleName(tr("Two trials compared"))
        self._compare()

    def _compare(self) -> None:
        if not self._made:
            return
        first, second = (self._made[max(0, choice.currentIndex())] for choice in self.choices)
        told = compared(first, second, words())
        self.compared.show_rows(("", self.choices[0].currentText(), self.choices[1].currentText()), told)
        for text, made, choice in zip(self.texts, (first, second), self.choices, strict=True):
            text.say(report.as_text(made, words()))
            text.setAccessibleName(choice.currentText())


def _title(number: int, made: Trial) -> str:
    verdict = words().sentence("report", "result", made.verdict)
    return f"{number}: {made.plan.name[:40]} – {str(made.plan.target)[:40]} – {verdict}"
