"""The answer as a card, and facts as small labelled tiles."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from helodoctor_gui.icons import Icon
from helodoctor_gui.widgets.layouts import Card, column, row
from helodoctor_gui.widgets.text import Text, restyle

_ICONS = {"refusal": "refused", "good": "good", "caution": "caution", "info": "info", "plain": "unknown"}
_TONES = {"plain": "secondary", "info": "accent"}


class Verdict(Card):
    """One sentence in the user's own terms, with icon and colour, and what follows from it underneath."""

    def __init__(self) -> None:
        self._icon = Icon("info", "accent", 1.7)
        self._sentence = Text("", "lead", selectable=True)
        self._more = Text("", "secondary", selectable=True)
        words = column(self._sentence, self._more, spacing=4)
        inside = row(spacing=14, margins=(18, 16, 18, 16))
        inside.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(words, 1)
        super().__init__("info", inside)

    def say(self, tone: str, sentence: str, more: str = "") -> None:
        """Show the answer; ``tone`` is ``refusal``, ``good``, ``caution``, ``info`` or ``plain``."""
        self._icon.show_as(_ICONS[tone], _TONES.get(tone, tone))
        self._sentence.say(sentence)
        self._more.say(more)
        self._more.setVisible(bool(more))
        self.setProperty("card", tone)
        self.setAccessibleName(f"{sentence} {more}".strip())
        restyle(self)


class Tile(Card):
    """A fact: a small label above, the value in strong letters below."""

    def __init__(self) -> None:
        self._label = Text("", "small")
        self._value = Text("", "strong", selectable=True)
        inside = column(self._label, self._value, spacing=2, margins=(14, 10, 14, 10))
        inside.addStretch(1)
        super().__init__("plain", inside)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def say(self, label: str, value: str) -> None:
        """Show the fact."""
        self._label.say(label)
        self._value.say(value)
        self.setAccessibleName(f"{label}: {value}")
