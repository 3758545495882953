"""A ready letter: to whom, the subject, the text, and Copy."""

from __future__ import annotations

from PySide6.QtCore import Qt

from helodoctor.model import Letter
from helodoctor.words import guides
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.command import CopyButton
from helodoctor_gui.widgets.layouts import Card, column, row
from helodoctor_gui.widgets.text import Text


class LetterCard(Card):
    """The letter as it would be sent."""

    def __init__(self, letter: Letter) -> None:
        subject = guides.phrase(words(), letter.subject) or ""
        body = guides.letter_body(words(), letter)
        to = tr("To: {who}", who=guides.actor(words(), letter.to))
        head = row(spacing=12)
        head.addWidget(column_of(to, subject), 1)
        head.addWidget(CopyButton(f"{subject}\n\n{body}", subject, tr("Copy the letter")), 0, Qt.AlignmentFlag.AlignTop)
        text = Text(body, "secondary", selectable=True)
        super().__init__("plain", column(head, text, spacing=8, margins=(16, 12, 12, 12)))
        self.setAccessibleName(f"{to}. {subject}")


def column_of(to: str, subject: str) -> Card:
    """Addressee above subject."""
    return Card("none", column(Text(to, "small"), Text(subject, "strong"), spacing=2))
