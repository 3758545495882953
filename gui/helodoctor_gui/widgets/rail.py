"""The rail at the left: the product, the fixed spine of steps with where one is, and the promise of privacy."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from helodoctor_gui.icons import Icon, paint
from helodoctor_gui.theme import theme
from helodoctor_gui.widgets.layouts import column, row
from helodoctor_gui.widgets.text import Text, restyle

_WIDTH_IN_LINES = 13.4  # of the height of one line of text; 228 px at the usual size


class _Mark(QWidget):
    """The circle of one step: its number, or a tick once it is done."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.state = "ahead"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = round(self.fontMetrics().height() * 1.45)
        return QSize(side, side)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        look = theme()
        if self.state == "here":
            self._disc(painter, circle, look.colour("accent"))
            self._figure(painter, look.colour("on_accent"))
        elif self.state == "done":
            self._disc(painter, circle, look.colour("good_soft"))
            inset = self.width() * 0.2
            paint(painter, "check", "good", circle.adjusted(inset, inset, -inset, -inset))
        else:
            painter.setPen(QPen(look.colour("outline"), 1))
            painter.setBrush(look.colour("background"))
            painter.drawEllipse(circle)
            self._figure(painter, look.colour("secondary"))
        painter.end()

    def _disc(self, painter: QPainter, circle: QRectF, colour: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(circle)

    def _figure(self, painter: QPainter, colour: QColor) -> None:
        painter.setPen(colour)
        painter.setFont(theme().font(0.95, QFont.Weight.DemiBold))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self.number))


class _Stop(QFrame):
    """One step of the spine."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.setObjectName("stop")
        self.mark = _Mark(number)
        self.label = Text()
        self.label.setWordWrap(True)
        self.setLayout(row(self.mark, self.label, spacing=10, margins=(10, 8, 8, 8)))

    def set_state(self, state: str, spoken: str) -> None:
        self.setAccessibleName(spoken)
        if state == self.mark.state:
            return
        self.mark.state = state
        self.setProperty("state", state)
        for widget in (self, self.label, self.mark):
            restyle(widget)

    def set_compact(self, compact: bool) -> None:
        self.label.setVisible(not compact)
        self.layout().setContentsMargins(*((4, 4, 4, 4) if compact else (10, 8, 8, 8)))
        self.setToolTip(self.label.text() if compact else "")


class Rail(QFrame):
    """The spine. In a narrow window (or with very large text) only the circles stay."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._logo = Icon("app", scale=1.35)
        self._product = Text("", "product")
        self._stops = [_Stop(number) for number in range(1, count + 1)]
        self._stops[0].set_state("here", "")  # where every walk begins; said now, it needs no second look-up of styles
        self._promise = Text("", "small")
        self._compact = False
        self._added: list[QWidget] = []
        spine = column(*self._stops, spacing=4)
        self._column = column(row(self._logo, self._product, spacing=8, margins=(2, 0, 0, 0)), 20, spine, spacing=0)
        self._column.addStretch(1)
        self._column.addWidget(self._promise)
        self._column.setContentsMargins(22, 24, 18, 18)
        self.setLayout(self._column)

    def say(self, product: str, titles: list[str], promise: str) -> None:
        """Set the texts, in the language in force."""
        self._product.say(product)
        self._promise.say(promise)
        for stop, title in zip(self._stops, titles, strict=True):
            stop.label.say(title)
            stop.set_compact(self._compact)  # the tool tip speaks the language too

    def show_states(self, states: list[str], spoken: list[str]) -> None:
        """Where one is: ``done``, ``here`` or ``ahead`` for every step, and the same in words for a screen reader."""
        for stop, state, words in zip(self._stops, states, spoken, strict=True):
            stop.set_state(state, words)

    def add(self, widget: QWidget) -> None:
        """Show ``widget`` above the promise, as long as there is room for words."""
        self._added.append(widget)
        self._column.insertWidget(self._column.indexOf(self._promise), widget)
        widget.setVisible(not self._compact)
        self._give_way()

    def remove(self, widget: QWidget) -> None:
        """Take away what was added."""
        self._added.remove(widget)
        self._column.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what there is room for."""
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """In a low window the steps stay whole: first the promise goes, then what was added."""
        if self._compact:
            return
        extra = (self._promise, *self._added)
        for widget in extra:
            widget.show()
        for widget in extra:
            if self._column.totalHeightForWidth(self.width()) <= self.height():
                return
            widget.hide()

    def fit(self, window_width: int) -> None:
        """Take the width that suits a window of ``window_width`` pixels."""
        line = self.fontMetrics().height()
        compact = window_width < line * 36
        self.setFixedWidth(round(line * 3.2) if compact else round(line * _WIDTH_IN_LINES))
        if compact == self._compact:
            return
        self._compact = compact
        self._product.setVisible(not compact)
        for widget in (self._promise, *self._added):
            widget.setVisible(not compact)
        self._column.setContentsMargins(*((8, 24, 8, 18) if compact else (22, 24, 18, 18)))
        for stop in self._stops:
            stop.set_compact(compact)
