"""Who would refuse a name: the known receivers grouped by what they would do, with a filter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from helodoctor.model import Answer, Prediction
from helodoctor.words import judgement
from helodoctor.words.predictions import who
from helodoctor_gui.icons import icon
from helodoctor_gui.language import tr, trn, words
from helodoctor_gui.widgets.text import Text

_ORDER = (Answer.REJECT, Answer.TEMPFAIL, Answer.SCORE, Answer.ACCEPT, Answer.UNKNOWN)
_OPEN = (Answer.REJECT, Answer.TEMPFAIL)
_LOOKS = {
    Answer.REJECT: ("refused", "refusal"),
    Answer.TEMPFAIL: ("wait", "caution"),
    Answer.SCORE: ("caution", "caution"),
    Answer.ACCEPT: ("good", "good"),
    Answer.UNKNOWN: ("unknown", "secondary"),
}
_SHARES = (0.4, 0.6)
_CELL_MARGIN = 6
_ROWS_SHOWN = 11


class Receivers(QWidget):
    """Title, filter and table. Groups nothing is known about stay folded."""

    def __init__(self) -> None:
        super().__init__()
        self._predictions: tuple[Prediction, ...] = ()
        self._title = Text("", "strong")
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.table = _Table()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self._title, self.filter, self.table):
            layout.addWidget(widget)
        self.filter.textChanged.connect(self._apply_filter)

    def show_predictions(self, predictions: Iterable[Prediction]) -> None:
        """Fill the table in the language in force; the filter stays."""
        self._predictions = tuple(predictions)
        self._title.say(words().sentence("judgement", "receivers"))
        self.filter.setPlaceholderText(tr("Find a receiver"))
        self.filter.setAccessibleName(tr("Find a receiver"))
        self.table.setAccessibleName(self._title.text())
        for part in (self.filter, self.table):
            part.setAccessibleDescription(tr("Find a receiver, such as Postfix or a provider"))
        self.table.setHeaderLabels([tr("Receiver"), tr("What it says")])
        self.table.clear()
        side = self.fontMetrics().height()
        self.table.setIconSize(QSize(side, side))
        for answer in _ORDER:
            members = [prediction for prediction in self._predictions if prediction.verdict is answer]
            if members:
                self._add_group(answer, members)
        self._apply_filter()

    def _add_group(self, answer: Answer, members: list[Prediction]) -> None:
        group = QTreeWidgetItem(self.table, [_group_title(answer, len(members))])
        group.setIcon(0, icon(*_LOOKS[answer]))
        group.setFirstColumnSpanned(True)
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        for prediction in members:
            said = (judgement.answer(words(), prediction), judgement.known_by(words(), prediction))
            item = QTreeWidgetItem(group, [who(words(), prediction), "\n".join(text for text in said if text)])
            for column in range(len(_SHARES)):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignTop)
        group.setExpanded(answer in _OPEN)

    def _apply_filter(self) -> None:
        """Show what fits; a group with a find in it opens while something is looked for."""
        wanted = self.filter.text().strip().casefold()
        for index in range(self.table.topLevelItemCount()):
            group = self.table.topLevelItem(index)
            if group is None:
                continue
            found = 0
            for row in range(group.childCount()):
                item = group.child(row)
                fits = wanted in item.text(0).casefold()
                item.setHidden(not fits)
                found += fits
            group.setHidden(found == 0)
            if wanted:
                group.setExpanded(found > 0)


class _Cell(QStyledItemDelegate):
    """A cell as high as its wrapped text; QTreeView itself would measure it on one endless line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The width of the column, and the height the text needs in it."""
        table = cast(QTreeWidget, self.parent())
        width = table.columnWidth(index.column()) - 2 * _CELL_MARGIN
        if index.column() == 0:
            width -= table.indentation() * (2 if index.parent().isValid() else 1)
        if not index.parent().isValid():
            width = table.viewport().width() - 4 * table.indentation()
        text = str(index.data())
        room = QRect(0, 0, max(1, width), 10_000)
        box = table.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, text)  # between words, as Qt paints it
        return QSize(width, box.height() + 2 * _CELL_MARGIN)


class _Table(QTreeWidget):
    """A tree of two levels, with the height of some rows; it scrolls by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(len(_SHARES))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setRootIsDecorated(True)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setItemDelegate(_Cell(self))
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width; rows get as high as their text then needs."""
        super().resizeEvent(event)
        width = self.viewport().width()
        for column, share in enumerate(_SHARES):
            self.setColumnWidth(column, round(width * share))
        self.scheduleDelayedItemsLayout()

    def sizeHint(self) -> QSize:
        """Some rows high."""
        return QSize(super().sizeHint().width(), round(self.fontMetrics().height() * 1.6 * _ROWS_SHOWN))

    minimumSizeHint = sizeHint


def _group_title(answer: Answer, count: int) -> str:
    if answer is Answer.UNKNOWN:
        return judgement.unknown(words(), count)
    title = words().sentence("judgement", f"group-{answer.value}")
    return trn("{title} ({count})", "{title} ({count})", count, title=title)
