"""All steps of a guide, one card each: their ticks, their reminders, and the reasons why one did not work."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from helodoctor import steps
from helodoctor.model import Case, Step
from helodoctor_gui.widgets.layouts import column, empty, place
from helodoctor_gui.widgets.step import StepCard
from helodoctor_gui.widgets.stuck import StuckBox

_MINUTE_MS = 60_000


class StepList(QWidget):
    """``changed`` brings the case with a tick or a wait more; ``opened`` the widget to look at, ``said`` a sentence.

    ``report`` asks for the report, for a hand-over.
    """

    changed = Signal(object)
    opened = Signal(object)
    said = Signal(str)
    report = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._case = Case()
        self.cards: list[StepCard] = []
        self._looked_at: dict[str, int] = {}  # how far the reasons of a step that did not work were gone through
        self._lines = column(spacing=10)
        self.setLayout(self._lines)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._retell_times)
        self._minute.start()

    def show_case(self, case: Case) -> None:
        """A card for each step of the guide of ``case``, as far as it is done; opened reasons stay open."""
        self._case = case
        empty(self._lines)
        self.cards = [self._card(step) for step in (case.guide.steps if case.guide else ())]
        place(self._lines, *self.cards)
        for card in self.cards:
            if card.step.id in self._looked_at:
                self._show_reasons(card)
        self._mark_next()

    def _card(self, step: Step) -> StepCard:
        case = self._case
        card = StepCard(step, done=step.id in case.ticks, minutes=steps.minutes_to_wait(case, step.id))
        card.ticked.connect(self._tick)
        card.failed.connect(lambda: self._ask_why(card))
        card.waits.connect(self._wait)
        return card

    def _tick(self, step_id: str, done: bool) -> None:
        self._take(steps.tick(self._case, step_id, done))
        self._mark_next()

    def _wait(self, step_id: str) -> None:
        self._take(steps.wait_for(self._case, step_id))

    def _take(self, case: Case) -> None:
        self._case = case
        self.changed.emit(case)

    def _mark_next(self) -> None:
        """Outline the first step that is not done."""
        following = next((card for card in self.cards if card.step.id not in self._case.ticks), None)
        for card in self.cards:
            card.set_here(card is following)

    def _retell_times(self) -> None:
        for card in self.cards:
            card.retell_time()

    def _ask_why(self, card: StepCard) -> None:
        self._looked_at[card.step.id] = 0
        box = self._show_reasons(card)
        self._tell(box)
        box.way_on.setFocus()

    def _show_reasons(self, card: StepCard) -> StuckBox:
        step_id = card.step.id
        box = StuckBox(steps.stuck(self._case, step_id), self.report.emit, self._looked_at[step_id])
        box.moved.connect(lambda index: self._moved(step_id, index, box))
        card.show_reasons(box)
        return box

    def _moved(self, step_id: str, index: int, box: StuckBox) -> None:
        self._looked_at[step_id] = index
        self._tell(box)

    def _tell(self, box: StuckBox) -> None:
        self.opened.emit(box)
        self.said.emit(box.accessibleName())
