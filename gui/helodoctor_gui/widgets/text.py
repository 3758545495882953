"""Labels that are safe for text from outside: plain, wrapped anywhere if need be, and reachable by keyboard."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

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


def restyle(widget: QWidget) -> None:
    """Look the widget up in the style sheet again, after one of its properties changed."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # its first look-up is still to come
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
