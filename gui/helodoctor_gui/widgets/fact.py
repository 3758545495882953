"""One of the two facts of "fixed": whether it is proven, how, and the ways to prove it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from helodoctor_gui.icons import Icon
from helodoctor_gui.language import tr
from helodoctor_gui.widgets.layouts import Card, Flow, column, row
from helodoctor_gui.widgets.text import Text, restyle


class FactCard(Card):
    """``ways`` takes the controls of the page."""

    def __init__(self) -> None:
        self._icon = Icon("unknown", "secondary", 1.4)
        self._title = Text("", "strong")
        self._state = Text("", "small")
        self._told = Text("", "secondary", selectable=True)
        self.ways = Flow(spacing=8)
        self.below = column(spacing=8)
        inside = row(spacing=12, margins=(16, 14, 16, 14))
        inside.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        lines = column(self._title, self._state, self._told, 4, self.ways, self.below, spacing=4)
        inside.addLayout(lines, 1)
        super().__init__("open", inside)

    def say(self, title: str, told: str, *, proven: bool) -> None:
        """Show the fact and whether it is proven."""
        state = tr("Proven") if proven else tr("Not proven yet")
        self._title.say(title)
        self._state.say(state)
        self._state.set_tone("good" if proven else "")
        self._told.say(told)
        self._icon.show_as("good" if proven else "unknown", "good" if proven else "secondary")
        self.setProperty("card", "good" if proven else "open")
        self.setAccessibleName(f"{title}: {state}. {told}")
        restyle(self)

    def add_way(self, widget: QWidget) -> None:
        """One more way to prove it."""
        self.ways.addWidget(widget)
