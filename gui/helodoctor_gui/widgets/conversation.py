"""A live trial as a conversation: their lines left, ours right, a plain gloss under each, the refusing one marked."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from helodoctor.model import Line, Trial
from helodoctor.words import trials
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.layouts import Card, column, empty, row
from helodoctor_gui.widgets.text import Text, restyle
from helodoctor_gui.widgets.wire import Wire

_ROWS_SHOWN = 12
_CHARACTERS_SHOWN = 2_000


class _Bubble(Card):
    """One line of the dialogue."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self._gloss = Text("", "small")
        super().__init__(
            "theirs" if line.speaker == "server" else "ours",
            column(Wire(_shown(line.text)), self._gloss, spacing=2, margins=(14, 8, 14, 8)),
        )
        self.render_gloss()

    def render_gloss(self, remark: str | None = None) -> None:
        gloss = remark or trials.gloss(words(), self.line)
        speaker = tr("The server says") if self.line.speaker == "server" else tr("We say")
        self._gloss.say(gloss)
        text = _shown(self.line.text)
        self.setAccessibleName(tr("{speaker}: {text} ({gloss})", speaker=speaker, text=text, gloss=gloss))

    def mark(self) -> None:
        self.setProperty("card", "refusing")
        restyle(self)
        restyle(self._gloss)
        self.render_gloss(tr("Here it is: this answer is the refusal."))


class Conversation(QWidget):
    """Lines come one by one; :meth:`conclude` marks where it was refused."""

    def __init__(self) -> None:
        super().__init__()
        self._bubbles: list[_Bubble] = []
        self._refusing: _Bubble | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)

    def clear(self) -> None:
        """Begin anew."""
        empty(self._layout)
        self._bubbles = []
        self._refusing = None

    def add(self, line: Line) -> None:
        """One more line, at its speaker's side, about three quarters of the width."""
        bubble = _Bubble(line)
        self._bubbles.append(bubble)
        self._layout.addLayout(_at_side(bubble, ours=line.speaker == "us"))
        bubble.show()

    def show_trial(self, trial: Trial) -> None:
        """A finished trial at once."""
        self.clear()
        for line in trial.dialogue:
            self.add(line)
        self.conclude(trial)

    def conclude(self, trial: Trial) -> None:
        """Mark the line that refused, if one did."""
        if trial.refused_at is None or trial.reply_code is None:
            return
        code = str(trial.reply_code)
        refusing = [
            bubble
            for bubble in self._bubbles
            if bubble.line.speaker == "server" and bubble.line.text.startswith(code)
        ]
        if refusing:
            self._refusing = refusing[-1]
            self._refusing.mark()

    def render(self) -> None:
        """The glosses again, in the language in force."""
        for bubble in self._bubbles:
            if bubble is self._refusing:
                bubble.mark()
            else:
                bubble.render_gloss()

    def last(self) -> Line | None:
        """What was said last."""
        return self._bubbles[-1].line if self._bubbles else None


def _at_side(bubble: QWidget, *, ours: bool) -> QHBoxLayout:
    side = row(spacing=0)
    if ours:
        side.addStretch(1)
    side.addWidget(bubble, 3)
    if not ours:
        side.addStretch(1)
    return side


def _shown(text: str) -> str:
    """The beginning of a very long answer, with a note that it goes on."""
    rows = text.split("\n")
    cut = "\n".join(rows[:_ROWS_SHOWN])[:_CHARACTERS_SHOWN]
    return cut if len(cut) == len(text) else f"{cut} …"
