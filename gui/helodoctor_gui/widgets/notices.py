"""What a page says in place: the problem that keeps it from going on, and what is awaited."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QProgressBar

from helodoctor_gui.icons import Icon
from helodoctor_gui.preferences import less_motion
from helodoctor_gui.widgets.layouts import Card, column, row
from helodoctor_gui.widgets.text import Text

_QUIET_MS = 500  # a wait shorter than this needs no words


class Notice(Card):
    """The problem, in place: icon, word and sentence."""

    def __init__(self) -> None:
        self._text = Text("", "strong", selectable=True)
        super().__init__("caution", row(Icon("caution", "caution"), self._text, spacing=10, margins=(14, 12, 14, 12)))
        self.sentence: str | None = None
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(False)
        self.setSizePolicy(policy)
        self.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_problem(self, sentence: str | None) -> None:
        """Show the sentence; ``None`` hides it."""
        self.sentence = sentence
        self._text.say(sentence or "")
        self.setVisible(sentence is not None)


class Wait(QFrame):
    """A line that says what is awaited, with a moving bar under it; quiet for the first half second."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence: str | None = None
        self._text = Text("", "secondary")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self.setLayout(column(self._text, self._bar, spacing=6, margins=(0, 10, 0, 0)))
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self.show)
        self.hide()

    def show_wait(self, sentence: str | None) -> None:
        """Show the sentence after a moment; ``None`` hides it."""
        self.sentence = sentence
        self._text.say(sentence or "")
        self._bar.setAccessibleName(sentence or "")
        if sentence is None:
            self._quiet.stop()
            self.hide()
        elif not self.isVisible():
            self._bar.setVisible(not less_motion())
            self._quiet.start(_QUIET_MS)
