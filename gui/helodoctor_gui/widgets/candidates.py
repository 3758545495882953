"""The names a server may announce, side by side: where each stands, what it holds for, and a way to take it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from helodoctor.model import Candidate, Detection
from helodoctor.words import detection
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.layouts import Card, Flow, column, empty, place
from helodoctor_gui.widgets.text import Text


class Candidates(QWidget):
    """``chosen`` brings the name of the row whose button was pressed."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows = column(spacing=8)
        self._remark = Text("", "secondary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self.rows)
        layout.addWidget(self._remark)

    def show_candidates(self, found: tuple[Candidate, ...]) -> None:
        """The rows, and what it means where they differ."""
        empty(self.rows)
        place(self.rows, *(self._row(candidate) for candidate in found))
        remark = detection.note(words(), Detection(candidates=found))
        self._remark.say(remark or "")
        self._remark.setVisible(remark is not None)
        self.setVisible(bool(found))

    def _row(self, candidate: Candidate) -> Card:
        default = detection.default(words(), candidate)
        title = candidate.name or tr("No name is set. Announced then: {default}", default=default or "")
        where, sure = detection.origin(words(), candidate), detection.confidence(words(), candidate)
        scope = tr("{where}. Holds for: {scope}.", where=where, scope=detection.scope(words(), candidate))
        scope = f"{scope} {sure}"
        lines = column(Text(title[:255], "strong", selectable=True), Text(scope, "secondary"), spacing=2)
        inside = column(lines, spacing=6, margins=(14, 10, 10, 10))
        if candidate.name is not None:
            inside.addLayout(Flow(self._button(candidate.name, scope)))  # below, where there is room in any language
        card = Card("open", inside)
        card.setAccessibleName(f"{title}. {scope}")
        return card

    def _button(self, name: str, scope: str) -> QPushButton:
        button = QPushButton(tr("Use this name"))
        button.setProperty("small", True)
        button.setAccessibleName(tr("Use the name {name}", name=name[:255]))
        button.setAccessibleDescription(scope)
        button.clicked.connect(lambda _checked: self.chosen.emit(name))
        return button
