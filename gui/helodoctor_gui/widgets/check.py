"""Check boxes and radio buttons that grow with the text, wrap it, and show their state in the theme's colours."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy

from helodoctor_gui.icons import paint
from helodoctor_gui.theme import theme

_GAP, _PADDING = 10, 4
_FLAGS = int(Qt.TextFlag.TextWordWrap.value | (Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter).value)


class _Drawn:
    """What both share: size, focus ring, text. Mixed in before the Qt class."""

    def _side(self) -> int:
        return max(20, round(self.fontMetrics().height() * 1.2))

    def _text_box(self, width: int) -> QRect:
        room = max(1, width - self._side() - 2 * _PADDING - (_GAP if self.text() else 0))
        return self.fontMetrics().boundingRect(QRect(0, 0, room, 10_000), _FLAGS, self.text())

    def sizeHint(self) -> QSize:
        """One line of text if there is room for it."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2
        wanted = width + self._side() + 2 * _PADDING + (_GAP if self.text() else 0)
        return QSize(wanted, self.heightForWidth(wanted))

    def minimumSizeHint(self) -> QSize:
        """Room for the box and a word."""
        width = self._side() + 2 * _PADDING + (self.fontMetrics().averageCharWidth() * 10 if self.text() else 0)
        return QSize(width, self._side() + 2 * _PADDING)

    def hasHeightForWidth(self) -> bool:
        """Text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The box, or the wrapped text if that is higher; at least 24 px, so that it can be hit."""
        text = self._text_box(width).height() if self.text() else 0
        return max(24, self._side() + 2 * _PADDING, text + 2 * _PADDING)

    def hitButton(self, position: QPoint) -> bool:
        """The words belong to the button."""
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, text, and the ring that shows where the keyboard is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._side()
        left = self.width() - side - _PADDING if self.isRightToLeft() else _PADDING
        self.draw_box(painter, QRectF(left + 1, (self.height() - side) / 2 + 1, side - 2, side - 2))
        painter.setPen(theme().colour("text" if self.isEnabled() else "secondary"))
        words = self.rect().adjusted(_PADDING + side + _GAP, 0, -_PADDING, 0)
        if self.isRightToLeft():
            words = self.rect().adjusted(_PADDING, 0, -_PADDING - side - _GAP, 0)
        painter.drawText(words, _FLAGS, self.text())
        if self.hasFocus():
            painter.setPen(QPen(theme().colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def draw_box(self, painter: QPainter, box: QRectF) -> None:
        """The state."""
        raise NotImplementedError


def _flexible() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    return policy


class Check(_Drawn, QCheckBox):
    """A tick box; ``tone`` is the colour of the filled box."""

    def __init__(self, text: str = "", tone: str = "accent") -> None:
        super().__init__()
        self._tone = tone
        self.setSizePolicy(_flexible())
        self.setText(text)

    def draw_box(self, painter: QPainter, box: QRectF) -> None:
        """An outlined square, or a filled one with a tick."""
        look = theme()
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(self._tone))
            painter.drawRoundedRect(box, 5, 5)
            inset = box.width() * 0.16
            paint(painter, "check", "background", box.adjusted(inset, inset, -inset, -inset))
        else:
            painter.setPen(QPen(look.colour("secondary"), 2))
            painter.setBrush(look.colour("background"))
            painter.drawRoundedRect(box, 5, 5)


class Fold(_Drawn, QCheckBox):
    """Opens and closes what stands below it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(_flexible())

    def draw_box(self, painter: QPainter, box: QRectF) -> None:
        """An arrow, down when open."""
        paint(painter, "down" if self.isChecked() else "right", "accent", box)


class Radio(_Drawn, QRadioButton):
    """A radio button."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setSizePolicy(_flexible())
        self.setText(text)

    def draw_box(self, painter: QPainter, box: QRectF) -> None:
        """A ring, with a dot in it when chosen."""
        look = theme()
        painter.setPen(QPen(look.colour("accent" if self.isChecked() else "secondary"), 2))
        painter.setBrush(look.colour("background"))
        painter.drawEllipse(box)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            inset = box.width() * 0.24
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
