"""A dialog beside the walk: content that scrolls, and Close."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from helodoctor_gui.language import tr


class SideDialog(QDialog):
    """Freed when it is closed; as wide as the window it belongs to, and at most ``tallest`` pixels high."""

    def __init__(self, title: str, parent: QWidget, tallest: int = 10_000) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(parent.width(), min(parent.height(), tallest))

    def fill(self, inside: QLayout) -> None:
        """Show ``inside`` above the Close button."""
        body = QWidget()
        body.setObjectName("body")
        body.setLayout(inside)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))
        buttons.rejected.connect(self.reject)
        buttons.setContentsMargins(24, 8, 24, 16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        layout.addWidget(buttons)
