"""A ready letter: to whom, the subject, the text, and Copy."""

from __future__ import annotations

from helodoctor.model import Letter
from helodoctor.words import guides
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.command import CopyButton
from helodoctor_gui.widgets.layouts import Card, Flow, column
from helodoctor_gui.widgets.text import Text


class LetterCard(Card):
    """The letter as it would be sent."""

    def __init__(self, letter: Letter) -> None:
        subject = guides.phrase(words(), letter.subject) or ""
        body = guides.letter_body(words(), letter)
        to = tr("To: {who}", who=guides.actor(words(), letter.to))
        copy = CopyButton(f"{subject}\n\n{body}", subject, tr("Copy the letter"))
        lines = (Text(to, "small"), Text(subject, "strong"), Text(body, "secondary", selectable=True), Flow(copy))
        super().__init__("plain", column(*lines, spacing=6, margins=(16, 12, 16, 12)))
        self.setAccessibleName(f"{to}. {subject}")

