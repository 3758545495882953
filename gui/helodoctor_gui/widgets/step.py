"""A step of the guide as a card: tick box, a number one can say on the phone, who acts, command, check, what if not."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout

from helodoctor.model import Step, StepConfidence
from helodoctor.words import guides
from helodoctor_gui.clock import shown
from helodoctor_gui.icons import Icon
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.check import Check
from helodoctor_gui.widgets.command import CommandBox
from helodoctor_gui.widgets.layouts import Card, Flow, column, row
from helodoctor_gui.widgets.stuck import StuckBox
from helodoctor_gui.widgets.text import Text, restyle

_AFTER = ("expect", "check", "wait")


class StepCard(Card):
    """``ticked`` tells the step's id and whether it is done, ``failed`` that it did not work, ``waits`` a reminder.

    ``minutes`` is how long to wait before one looks at it again, ``None`` where there is nothing to wait for.
    """

    ticked = Signal(str, bool)
    failed = Signal(str)
    waits = Signal(str)

    def __init__(self, step: Step, *, done: bool, minutes: int | None = None) -> None:
        self.step, self._minutes = step, minutes
        self.stuck: StuckBox | None = None
        title = guides.phrase(words(), step.title) or ""
        self.tick = Check(tone="good")
        self.tick.setChecked(done)
        self.tick.setAccessibleName(tr("Step {number} is done: {title}", number=step.number, title=title))
        self.tick.setAccessibleDescription(guides.phrase(words(), step.do) or "")
        actor = Text(guides.actor(words(), step.actor), "small")
        actor.setWordWrap(False)
        actor.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        head = row(spacing=8)
        head.addWidget(Text(f"{step.number}  {title}", "strong"), 1)
        head.addWidget(actor, 0, Qt.AlignmentFlag.AlignTop)
        lines = column(head, spacing=4)
        self._add_body(lines, title)
        self._add_ways(lines, title)
        self._lines = lines
        inside = row(spacing=10, margins=(10, 10, 16, 12))
        inside.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(lines, 1)
        super().__init__("open", inside)
        self.setAccessibleName(f"{step.number} {title}")
        self.tick.toggled.connect(lambda on: self.ticked.emit(step.id, on))

    def _add_body(self, lines: QVBoxLayout, title: str) -> None:
        step, voice = self.step, words()
        lines.addWidget(Text(guides.phrase(voice, step.do) or "", "secondary", selectable=True))
        if step.warning is not None:
            warning = Text(guides.phrase(voice, step.warning) or "", selectable=True)
            lines.addLayout(row(Icon("caution", "caution"), warning, spacing=8))
        if step.where is not None:
            lines.addWidget(_labelled("where", guides.phrase(voice, step.where)))
        if step.command:
            lines.addWidget(CommandBox(step.command, f"{step.number} {title}"))
        for part in _AFTER:
            if (said := guides.phrase(voice, getattr(step, part))) is not None:
                lines.addWidget(_labelled(part, said))
        if step.confidence is not StepConfidence.SURE:
            lines.addWidget(_labelled("confidence", guides.confidence(voice, step.confidence)))

    def _add_ways(self, lines: QVBoxLayout, title: str) -> None:
        """The quiet buttons: what if it did not work, and a reminder where the step takes time."""
        self.did_not = _quiet(tr("This did not work"), f"{self.step.number} {title}")
        self.did_not.clicked.connect(lambda: self.failed.emit(self.step.id))
        ways = Flow(self.did_not, spacing=8)
        self.again = None if self._minutes is None else _quiet("", f"{self.step.number} {title}")
        if self.again is not None:
            self.again.clicked.connect(lambda: self.waits.emit(self.step.id))
            ways.addWidget(self.again)
        self.retell_time()
        lines.addLayout(ways)

    def retell_time(self) -> None:
        """The reminder's time, counted from now."""
        if self.again is not None and self._minutes is not None:
            at = datetime.now().astimezone() + timedelta(minutes=self._minutes)
            self.again.setText(tr("Check again at {time}", time=shown(at)))

    def show_reasons(self, box: StuckBox) -> None:
        """Show why it may not have worked, in the place of the button that asks."""
        self.stuck = box
        self._lines.addWidget(box)
        box.show()
        self.did_not.hide()

    def set_here(self, here: bool) -> None:
        """Outline the step that comes next."""
        self.setProperty("card", "here" if here else "open")
        restyle(self)


def _quiet(label: str, about: str) -> QPushButton:
    button = QPushButton(label)
    button.setProperty("link", True)
    button.setAccessibleDescription(about)
    return button


def _labelled(part: str, said: str | None) -> Text:
    return Text(tr("{label}: {text}", label=guides.label(words(), part), text=said or ""), "small", selectable=True)
