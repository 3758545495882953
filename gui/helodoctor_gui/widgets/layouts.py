"""Small layout helpers, so that pages read as what they show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

Item = QWidget | QLayout | int
Margins = tuple[int, int, int, int]
_Box = TypeVar("_Box", bound=QBoxLayout)


def column(*items: Item, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """A column of widgets, layouts and fixed gaps (pixels)."""
    return _fill(QVBoxLayout(), items, spacing, margins)


def row(*items: Item, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """A row of widgets, layouts and fixed gaps (pixels)."""
    return _fill(QHBoxLayout(), items, spacing, margins)


def _fill(layout: _Box, items: Iterable[Item], spacing: int, margins: Margins) -> _Box:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    for item in items:
        if isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
    return layout


def place(layout: QLayout, *widgets: QWidget) -> None:
    """Add ``widgets`` to a layout that is on show already, and have Tab come to them where they stand.

    Left to itself Qt shows them only later, after a flicker, and Tab comes to them last.
    """
    for widget in widgets:
        layout.addWidget(widget)
        widget.show()
    order_stops = getattr(widgets[0].window(), "order_stops", None) if widgets else None
    if order_stops is not None:
        order_stops()


def empty(layout: QLayout) -> None:
    """Take everything out of ``layout`` and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)


def stops(layout: QLayout) -> Iterator[QWidget]:
    """Everything in ``layout`` that takes the keyboard, in the order in which it is laid out."""
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                yield widget
            inner = widget.widget().layout() if isinstance(widget, QScrollArea) else widget.layout()
        if inner is not None:
            yield from stops(inner)


class Card(QFrame):
    """A ground for one thing; ``kind`` picks its colours in the style sheet."""

    def __init__(self, kind: str, layout: QLayout) -> None:
        super().__init__()
        self.setProperty("card", kind)
        self.setLayout(layout)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


def hairline() -> QFrame:
    """One thin line."""
    line = QFrame()
    line.setObjectName("hairline")
    line.setFixedHeight(1)
    return line


class Flow(QLayout):
    """Items side by side, going on in the next row where the width ends; ``fill`` makes a row as wide as it can be."""

    def __init__(self, *widgets: QWidget, spacing: int = 10, fill: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._fill = fill
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's own name for taking one more item."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at ``index``, ``None`` outside."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return the item at ``index``, ``None`` outside."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """None: the flow is as high as its rows."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """A narrow flow is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all rows at ``width``."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """All items in one row."""
        shown = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        """The widest item alone."""
        shown = [item.minimumSize() for item in self._shown()]
        return QSize(max((s.width() for s in shown), default=0), max((s.height() for s in shown), default=0))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            wanted = item.sizeHint().width()
            if rows and used + self.spacing() + wanted <= width:
                rows[-1].append(item)
                used += self.spacing() + wanted
            else:
                rows.append([item])
                used = wanted
        return rows

    def _widths(self, items: list[QLayoutItem], width: int) -> list[int]:
        wanted = [min(item.sizeHint().width(), width) for item in items]
        if not self._fill:
            return wanted
        spare = max(0, width - sum(wanted) - self.spacing() * (len(items) - 1))
        return [w + spare // len(items) for w in wanted]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        right_to_left = self.parentWidget() is not None and self.parentWidget().isRightToLeft()
        top = rect.y()
        for items in self._rows(rect.width()):
            left, height = rect.x(), 0
            widths = self._widths(items, rect.width())
            for item, width in zip(items, widths, strict=True):
                wanted = item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
                height = max(height, wanted)
            for item, width in zip(items, widths, strict=True):
                if move:
                    x = rect.right() - (left - rect.x()) - width + 1 if right_to_left else left
                    item.setGeometry(QRect(QPoint(x, top), QSize(width, height)))
                left += width + self.spacing()
            top += height + self.spacing()
        return max(0, top - rect.y() - self.spacing())
