"""Text of the wire: what servers and programs say, and what is typed into a terminal."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy

from helodoctor_gui.theme import theme


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
