"""SVG icons of the resources, painted in the theme's colours at the size of the text beside them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from helodoctor.knowledge import resource
from helodoctor_gui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon, QPaintEvent


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = resource(f"icons/{name}.svg").read_bytes().replace(b"currentColor", colour.encode())
    renderer = QSvgRenderer(drawing)
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    return renderer


def paint(painter: QPainter, name: str, tone: str, box: QRectF) -> None:
    """Draw the icon ``name`` in the colour of task ``tone`` into ``box``."""
    _renderer(name, theme().colour(tone).name()).render(painter, box)


def icon(name: str, tone: str = "text", size: int = 64, gap: int = 0) -> QIcon:
    """The drawing as an icon for buttons and the window; ``gap`` is left free between it and a text that follows."""
    from PySide6.QtGui import QIcon, QPixmap  # no part of the first picture; a class of Qt costs up to 2 ms to name

    pixmap = QPixmap(size + gap, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint(painter, name, tone, QRectF(0, 0, size, size))
    painter.end()
    return QIcon(pixmap)


class Icon(QWidget):
    """One icon, as high as ``scale`` lines of text; decoration, the words beside it say the same."""

    def __init__(self, name: str, tone: str = "text", scale: float = 1.1) -> None:
        super().__init__()
        self._name, self._tone, self._scale = name, tone, scale
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_as(self, name: str, tone: str) -> None:
        """Show another drawing."""
        self._name, self._tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        side = round(self.fontMetrics().height() * self._scale)
        return QSize(side, side)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the colours in force."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        paint(painter, self._name, self._tone, QRectF(0, (self.height() - side) / 2, side, side))
        painter.end()
