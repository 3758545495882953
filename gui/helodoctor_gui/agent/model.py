"""The list of cases as a model: rows of short texts, sorted at once, filtered by state and by words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from helodoctor.casefile.summary import Summary
from helodoctor.words import changes
from helodoctor.words.forms import moment
from helodoctor.words.guides import system_title
from helodoctor_gui.language import tr, words

_Index = QModelIndex | QPersistentModelIndex
_LONGEST = 200  # characters of a cell; what is longer is seen in the case itself


def _cells(line: Summary) -> tuple[str, ...]:
    """One row as it is shown."""
    name = f"{line.name} → {line.new_name}" if line.new_name and line.new_name != line.name else line.name
    saved = moment(words(), line.saved) if line.saved else ""
    system = system_title(words(), line.system) if line.system else ""
    page = changes.page(words(), line.page) if line.page else ""
    state, title = changes.state(words(), line.state), Path(line.path).stem
    told = (title, state, name, line.cause, line.receiver, system, page, saved)
    return tuple(text.replace("\n", " ")[:_LONGEST] for text in told)


def headers() -> tuple[str, ...]:
    """The columns, in the language in force."""
    label = words().sentence
    return (
        tr("Case"), tr("State"), label("casefile", "code", "kind"), label("casefile", "code", "cause"),
        label("casefile", "code", "receiver"), label("casefile", "code", "system"), label("casefile", "code", "page"),
        label("changes", "what", "saved"),
    )  # fmt: skip


class Cases(QAbstractTableModel):
    """One line for each file; a file that is added again takes its own place."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[Summary] = []
        self._shown: list[tuple[str, ...] | None] = []
        self._places: dict[str, int] = {}
        self._headers = headers()

    def line(self, row: int) -> Summary:
        """The case of ``row``."""
        return self._lines[row]

    def row_of(self, path: str) -> int | None:
        """Where the file at ``path`` stands, if it is listed."""
        return self._places.get(path)

    def add(self, lines: Iterable[Summary]) -> None:
        """List ``lines``, each file once."""
        new = []
        for line in lines:
            row = self._places.get(line.path)
            if row is None:
                self._places[line.path] = len(self._lines) + len(new)
                new.append(line)
            elif row < len(self._lines):
                self._lines[row], self._shown[row] = line, None
                self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
        if new:
            first = len(self._lines)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._lines += new
            self._shown += [None] * len(new)
            self.endInsertRows()

    def clear(self) -> None:
        """List nothing."""
        self.beginResetModel()
        self._lines, self._shown, self._places = [], [], {}
        self.endResetModel()

    def reword(self) -> None:
        """Everything in the language in force."""
        self._headers = headers()
        self._shown = [None] * len(self._lines)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, self.columnCount() - 1))

    # What a view asks

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many cases there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many things are told of each."""
        return 0 if parent.isValid() else len(self._headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell; a screen reader hears the column's title with it."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._lines[index.row()].path if index.column() == 0 else None
        told = self._told(index.row())[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return told
        return f"{self._headers[index.column()]}: {told}"

    def _told(self, row: int) -> tuple[str, ...]:
        """The cells of a row, made when they are first shown."""
        known = self._shown[row]
        if known is None:
            known = self._shown[row] = _cells(self._lines[row])
        return known

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """All lines by one column: at once, since a question per comparison would hold the window up."""
        self.layoutAboutToBeChanged.emit()
        before = [self._lines[index.row()].path for index in self.persistentIndexList()]
        lines = sorted(self._lines, key=_KEYS[column], reverse=order is Qt.SortOrder.DescendingOrder)
        self._lines, self._shown = lines, [None] * len(lines)
        self._places = {line.path: row for row, line in enumerate(lines)}
        old = self.persistentIndexList()
        new = [self.index(self._places[path], index.column()) for path, index in zip(before, old, strict=True)]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()


_KEYS: tuple[Callable[[Summary], Any], ...] = (
    lambda line: Path(line.path).stem.casefold(),
    lambda line: line.state,
    lambda line: line.name.casefold(),
    lambda line: line.cause,
    lambda line: line.receiver.casefold(),
    lambda line: line.system,
    lambda line: line.page,
    lambda line: line.saved.timestamp() if line.saved else 0.0,
)


class Found(QSortFilterProxyModel):
    """The lines that are in the wanted state and hold every wanted word."""

    def __init__(self, cases: Cases) -> None:
        super().__init__(cases)
        self._cases = cases
        self._state: str | None = None
        self._wanted: list[str] = []
        self.setDynamicSortFilter(False)
        self.setSourceModel(cases)

    def look_for(self, text: str, state: str | None) -> None:
        """Show only what fits."""
        self._wanted, self._state = text.casefold().split(), state
        self.invalidate()  # invalidateFilter() is deprecated in newer Qt, its successor missing in older

    def filterAcceptsRow(self, row: int, _parent: _Index) -> bool:
        """Whether a line fits."""
        line = self._cases.line(row)
        if self._state is not None and line.state != self._state:
            return False
        return all(word in line.needle for word in self._wanted)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Left to the model itself, see :meth:`Cases.sort`."""
        if 0 <= column < self.columnCount():
            self._cases.sort(column, order)
