"""Asking the DNS about the new name: a button that says whom it asks, and the answer in a line or two."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from helodoctor import steps
from helodoctor.model import Case, Status
from helodoctor_gui import tasks
from helodoctor_gui.language import tr
from helodoctor_gui.widgets.findings import FindingLine
from helodoctor_gui.widgets.layouts import column, empty, place, row
from helodoctor_gui.widgets.text import Text

_SHOWN = ("name-address", "name-matches-address", "reverse-matches-name")


class DnsQuestion(QWidget):
    """``answered`` brings the case with what the DNS said, ``failed`` the fault; ``busy`` tells of begin and end."""

    answered = Signal(object)
    failed = Signal(object)
    busy = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._case = Case()
        self._task: tasks.Task | None = None
        self.button = QPushButton()
        self.button.setProperty("small", True)
        self._note = Text("", "small")
        self._answers = column(spacing=0)
        line = row(spacing=10)
        line.addWidget(self.button)
        line.addWidget(self._note, 1)
        self.setLayout(column(line, self._answers, spacing=4))
        self.button.clicked.connect(self._ask_or_stop)

    def render(self, case: Case) -> None:
        """The button, and what was answered about the new name of ``case``."""
        self._case = case
        name = case.guide.name if case.guide else None
        self.setVisible(name is not None)
        self.button.setText(tr("Ask the DNS") if self._task is None else tr("Stop"))
        asks = tr("“Ask the DNS” asks the name servers this computer uses about {what}.", what=name or "")
        self._note.say(asks)
        self.button.setAccessibleDescription(asks)
        empty(self._answers)
        report = case.new_judgement
        if report is not None and case.addresses is not None:
            told = [found for found in report.findings if found.id in _SHOWN and found.status is not Status.SKIPPED]
            place(self._answers, *(FindingLine(found, report.name) for found in told))

    def stop(self) -> None:
        """Give up waiting."""
        if self._task is not None:
            self._task.cancel()
            self._end()

    def _end(self) -> None:
        self._task = None
        self.render(self._case)
        self.busy.emit(False)

    def _ask_or_stop(self) -> None:
        if self._task is not None:
            self.stop()
            return
        self._task = tasks.start(_asked, self._case)
        self._task.done.connect(self._done)
        self._task.failed.connect(self._not_answered)
        self.render(self._case)
        self.busy.emit(True)

    def _done(self, case: Case) -> None:
        self._end()
        self.answered.emit(case)

    def _not_answered(self, fault: BaseException) -> None:
        self._end()
        self.failed.emit(fault)


async def _asked(case: Case, _tell: Callable[[object], None]) -> Case:
    return await steps.ask_new_name(case)
