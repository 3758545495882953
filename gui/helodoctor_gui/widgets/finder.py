"""A long list to choose from by typing any part of a title."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter

from helodoctor_gui.widgets.combo import Combo


class Finder(Combo):
    """``chosen`` tells the data of a new choice, ``unknown`` a text that fits no entry; then the last choice stays."""

    chosen = Signal(object)
    unknown = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(10)
        self.setCompleter(completer)
        self._last = -1
        self.activated.connect(self._choose)
        self.lineEdit().editingFinished.connect(self._typed)
        self.lineEdit().installEventFilter(self)

    def offer(self, entries: list[tuple[str, str]], chosen: str | None) -> None:
        """Set the entries (title, data) and the choice, the first where ``chosen`` is none of them."""
        self.blockSignals(True)
        self.clear()
        for title, data in entries:
            self.addItem(title, data)
        self._last = max(0, self.findData(chosen))
        self.setCurrentIndex(self._last)
        self.blockSignals(False)

    @property
    def choice(self) -> str:
        """The data of the chosen entry; what is being typed does not count yet."""
        return str(self.itemData(self._last))

    def choose(self, data: str) -> None:
        """Choose the entry with ``data``."""
        self._choose(self.findData(data))

    def name_field(self, name: str, description: str) -> None:
        """What a screen reader says of the field."""
        for widget in (self, self.lineEdit()):
            widget.setAccessibleName(name)
            widget.setAccessibleDescription(description)

    def _choose(self, index: int) -> None:
        self.setCurrentIndex(index)
        self.lineEdit().setCursorPosition(0)
        if index != self._last:
            self._last = index
            self.chosen.emit(self.itemData(index))

    def _typed(self) -> None:
        """The field was left: the entry meant, if there is just one."""
        text = self.currentText().strip()
        exact = self.findText(text, Qt.MatchFlag.MatchFixedString)
        if exact >= 0:
            self._choose(exact)
            return
        titles = [self.itemText(index) for index in range(self.count())]
        fitting = [index for index, title in enumerate(titles) if text and text.casefold() in title.casefold()]
        if len(fitting) == 1:
            self._choose(fitting[0])
            return
        self.setCurrentIndex(self._last)
        if text:
            self.unknown.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On coming in by keyboard the old title is selected, so that typing replaces it."""
        if event.type() == QEvent.Type.FocusIn and watched is self.lineEdit():
            self.lineEdit().selectAll()
        return super().eventFilter(watched, event)
