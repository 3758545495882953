"""A list to choose from, with the theme's own arrow."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from helodoctor_gui.icons import paint


class Combo(QComboBox):
    """Never wider than its place; long entries are shown in full in the list."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(14)

    def minimumSizeHint(self) -> QSize:
        """Some characters."""
        return QSize(self.fontMetrics().averageCharWidth() * 14, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The usual box and the arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self.fontMetrics().height() * 0.9
        left = side * 0.6 if self.isRightToLeft() else self.width() - side * 1.6
        paint(painter, "down", "secondary", QRectF(left, (self.height() - side) / 2, side, side))
        painter.end()
