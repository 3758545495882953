"""A dialog beside the walk: content that scrolls, and Close."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from helodoctor_gui.language import tr
from helodoctor_gui.widgets.layouts import stops


class SideDialog(QDialog):
    """Freed when it is closed; as wide as the window it belongs to, and at most ``tallest`` pixels high."""

    def __init__(self, title: str, parent: QWidget, tallest: int = 10_000) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._find)
        self.resize(parent.width(), min(parent.height(), tallest))

    def order_stops(self) -> None:
        """Tab goes through the dialog as it reads."""
        for one, other in pairwise(stops(self.layout())):
            QWidget.setTabOrder(one, other)

    def _find(self) -> None:
        from helodoctor_gui.aid import find

        find.show(self)

    def fill(self, inside: QLayout, *own: QPushButton) -> None:
        """Show ``inside`` above the Close button and the dialog's ``own``."""
        body = QWidget()
        body.setObjectName("body")
        body.setLayout(inside)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.close_button = close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(tr("Close"))
        close.setAccessibleDescription(self.windowTitle())
        for button in own:
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        for control in (*stops(inside), *own):
            if not control.accessibleDescription():
                control.setAccessibleDescription(self.windowTitle())
        buttons.rejected.connect(self.reject)
        buttons.setContentsMargins(24, 8, 24, 16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        layout.addWidget(buttons)
