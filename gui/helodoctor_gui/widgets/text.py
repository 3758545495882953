"""Labels that are safe for text from outside: plain, wrapped anywhere if need be, and reachable by keyboard."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from helodoctor_gui.theme import theme

_LONG_RUN = re.compile(r"\S{30,}")
_PIECE = re.compile(r"[^.@/_-]{1,14}[.@/_-]?|[.@/_-]")
_BREAK = "\u200b"  # zero width space: QLabel breaks lines only between words


def soften(text: str) -> str:
    """``text`` with places to break inside very long words, such as a host name of 253 characters."""
    return _LONG_RUN.sub(lambda run: _BREAK.join(_PIECE.findall(run[0])), text)


class Text(QLabel):
    """Plain text that wraps. ``name`` picks its look in the style sheet (``heading``, ``small``, ``strong`` ...)."""

    def __init__(self, text: str = "", name: str = "", *, selectable: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.say(text)

    def say(self, text: str) -> None:
        """Show ``text``; a screen reader hears it without the break marks."""
        self.setText(soften(text))
        self.setAccessibleName(text)

    def set_tone(self, tone: str) -> None:
        """Colour the text as ``refusal``, ``good`` or ``caution``; the words must say it too."""
        self.setProperty("tone", tone)
        restyle(self)


class Wire(QLabel):
    """Text of the wire in the fixed font, wrapped at any character, so that no line from outside can widen the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._heights: dict[int, int] = {}
        self.say(text)

    def say(self, text: str) -> None:
        """Show ``text``."""
        self._heights.clear()
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def _laid_out(self, width: int) -> QTextLayout:
        layout = QTextLayout(self.text().replace("\n", "\u2028"), theme().wire_font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)  # SMTP is ASCII, whatever the page's language
        layout.setTextOption(option)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout

    def hasHeightForWidth(self) -> bool:
        """Wrapped text is as high as its width makes it."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the text laid out in ``width`` pixels; layouts ask for the same width many times."""
        if width not in self._heights:
            self._heights[width] = round(self._laid_out(width).boundingRect().height() + 0.5)
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:
        """Another text size makes other heights."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._heights.clear()

    def sizeHint(self) -> QSize:
        """About sixty characters wide at most."""
        natural = self._laid_out(10_000).boundingRect()
        width = min(round(natural.width() + 1.5), self.fontMetrics().averageCharWidth() * 80)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """A few characters."""
        return QSize(self.fontMetrics().averageCharWidth() * 12, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the laid out lines."""
        painter = QPainter(self)
        painter.setPen(theme().colour("text"))
        laid_out = self._laid_out(self.width())
        laid_out.draw(painter, QPointF(0, max(0.0, (self.height() - laid_out.boundingRect().height()) / 2)))
        painter.end()


def restyle(widget: QWidget) -> None:
    """Look the widget up in the style sheet again, after one of its properties changed."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # its first look-up is still to come
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
