"""A step of the guide as a card: tick box, a number one can say on the phone, who acts, command, check."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from helodoctor.model import Step, StepConfidence
from helodoctor.words import guides
from helodoctor_gui.icons import Icon
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.check import Check
from helodoctor_gui.widgets.command import CommandBox
from helodoctor_gui.widgets.layouts import Card, column, row
from helodoctor_gui.widgets.text import Text, restyle

_AFTER = ("expect", "check", "wait")


class StepCard(Card):
    """``ticked`` tells the step's id and whether it is done."""

    ticked = Signal(str, bool)

    def __init__(self, step: Step, *, done: bool) -> None:
        self.step = step
        title = guides.phrase(words(), step.title) or ""
        self.tick = Check(tone="good")
        self.tick.setChecked(done)
        self.tick.setAccessibleName(tr("Step {number} is done: {title}", number=step.number, title=title))
        actor = Text(guides.actor(words(), step.actor), "small")
        actor.setWordWrap(False)
        actor.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        head = row(spacing=8)
        head.addWidget(Text(f"{step.number}  {title}", "strong"), 1)
        head.addWidget(actor, 0, Qt.AlignmentFlag.AlignTop)
        lines = column(head, spacing=4)
        self._add_body(lines, title)
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

    def set_here(self, here: bool) -> None:
        """Outline the step that comes next."""
        self.setProperty("card", "here" if here else "open")
        restyle(self)


def _labelled(part: str, said: str | None) -> Text:
    return Text(tr("{label}: {text}", label=guides.label(words(), part), text=said or ""), "small", selectable=True)
