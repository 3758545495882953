"""Small parts the helpdesk's window is made of: long read-only texts and tables of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QPlainTextEdit, QScrollArea, QTableView, QWidget

from helodoctor_gui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
_SHOWN = 400_000  # characters of a text; a case may hold megabytes nobody reads on a screen
_CELL = 300
_WIDEST, _NARROWEST = 32, 9  # characters of a column


class Reading(QPlainTextEdit):
    """A long text from outside, plain and read only, in the fixed font; Tab leaves it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("evidence")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._use_font()
        theme().changed.connect(self._use_font)

    def _use_font(self) -> None:
        self.setFont(theme().wire_font())

    def say(self, text: str) -> None:
        """Show ``text`` from its beginning."""
        self.setPlainText(text[:_SHOWN])


class Scrolling(QScrollArea):
    """A part of the window that scrolls where there is no room for it."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside.setObjectName("body")
        self.setWidget(inside)


class _Rows(QAbstractTableModel):
    """Rows of texts below titles."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(parent)
        self.titles: tuple[str, ...] = ()
        self.rows: list[tuple[str, ...]] = []

    def show(self, titles: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
        self.beginResetModel()
        self.titles, self.rows = tuple(titles), list(rows)
        self.endResetModel()

    def add(self, rows: Sequence[tuple[str, ...]]) -> None:
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.titles[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        text = self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and len(text) > _WIDEST:
            return text[:2000].replace("<", "‹")  # a tool tip takes "<" for markup
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(text[:_CELL].split())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.titles[index.column()]}: {text[:_CELL]}"
        return None


class Table(QTableView):
    """The look and the keys every table of this window has: whole rows, Tab leaves it, arrows move in it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self._fit_rows()
        theme().changed.connect(self._fit_rows)

    def _fit_rows(self) -> None:
        """Rows as high as the text wants, and never too low to be hit."""
        self.verticalHeader().setDefaultSectionSize(max(26, round(self.fontMetrics().height() * 1.6)))

    def share_width(self, characters: Sequence[int]) -> None:
        """Columns about as wide as their longest text of so many characters."""
        for column, width in enumerate(self._wanted(characters)):
            self.setColumnWidth(column, width)

    def _wanted(self, characters: Sequence[int]) -> list[int]:
        """The width of each column if there is room for all, in pixels."""
        letter, model = self.fontMetrics().averageCharWidth(), self.model()
        titles = (str(model.headerData(column, Qt.Orientation.Horizontal) or "") for column in range(len(characters)))
        return [
            letter * (min(_WIDEST, max(count, len(title)) + 3)) + 16
            for count, title in zip(characters, titles, strict=True)
        ]


def _fitted(wanted: Sequence[int], room: int, least: int) -> list[int]:
    """Widths that fit into ``room``: narrow columns keep theirs, wide ones share the rest; each at least ``least``."""
    widths, left = list(wanted), room
    for place, column in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        share = left // (len(wanted) - place)
        widths[column] = min(wanted[column], max(least, share))
        left -= widths[column]
    return widths


class Lines(Table):
    """A table of words to read; where it is narrow, its texts go on in a second line."""

    _longest: Sequence[int] = ()

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self._rows = _Rows(self)
        self.setModel(self._rows)

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """What is shown."""
        return self._rows.rows

    def show_rows(self, titles: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
        """Show ``rows``, each as long as ``titles``."""
        self._rows.show(titles, rows)
        shown = range(len(titles))
        self._longest = [max((len(row[column]) for row in rows[:200]), default=1) for column in shown]
        self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Every column stays in sight as long as there is room for its first words."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        wanted = self._wanted(self._longest)
        least = self.fontMetrics().averageCharWidth() * _NARROWEST
        for column, width in enumerate(_fitted(wanted, self.viewport().width(), least)):
            self.setColumnWidth(column, width)
        self._fit_rows()

    def _fit_rows(self) -> None:
        """Two lines where the columns had to give way."""
        super()._fit_rows()
        rows, cramped = self.verticalHeader(), sum(self._wanted(self._longest)) > self.viewport().width()
        if cramped:
            rows.setDefaultSectionSize(rows.defaultSectionSize() + self.fontMetrics().height())

    def add_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Add more of them."""
        self._rows.add(rows)
