"""Who would refuse a name: the known receivers grouped by what they would do, with a filter."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from helodoctor.model import Answer, Prediction
from helodoctor.words import judgement
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
        self.filter.setPlaceholderText(tr("Find a receiver, such as Postfix or a provider"))
        self.filter.setAccessibleName(tr("Find a receiver"))
        self.table.setAccessibleName(self._title.text())
        self.table.setHeaderLabels([tr("Receiver"), tr("What it says"), tr("How this is known")])
        self.table.clear()
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
            said = judgement.answer(words(), prediction) or ""
            QTreeWidgetItem(group, [_who(prediction), said, judgement.known_by(words(), prediction)])
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


class _Table(QTreeWidget):
    """A tree of two levels, with the height of some rows; it scrolls by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(3)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setRootIsDecorated(True)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.itemExpanded.connect(self._fit)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def _fit(self) -> None:
        self.resizeColumnToContents(0)
        self.setColumnWidth(0, min(self.columnWidth(0), self.width() // 2))

    def sizeHint(self) -> QSize:
        """Some rows high."""
        return QSize(super().sizeHint().width(), round(self.fontMetrics().height() * 1.6 * _ROWS_SHOWN))

    minimumSizeHint = sizeHint


def _group_title(answer: Answer, count: int) -> str:
    if answer is Answer.UNKNOWN:
        return judgement.unknown(words(), count)
    title = words().sentence("judgement", f"group-{answer.value}")
    return trn("{title} ({count})", "{title} ({count})", count, title=title)


def _who(prediction: Prediction) -> str:
    if not prediction.setting:
        return prediction.title
    return words().sentence("judgement", "receiver", title=prediction.title, setting=prediction.setting)
