"""“What is this?”: what the page on show is for, the words it uses, and the way to the handbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from helodoctor.words.handbook import used_words
from helodoctor_gui.aid import handbook
from helodoctor_gui.language import tr, words
from helodoctor_gui.pages.page import Page
from helodoctor_gui.widgets.dialog import SideDialog
from helodoctor_gui.widgets.layouts import Card, column
from helodoctor_gui.widgets.text import Text
from helodoctor_gui.widgets.wire import Wire

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame

_TALLEST = 640


class PageHelp(SideDialog):
    """The help text of a page, and below it every word of mail servers that the page uses, explained."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(tr("Help"), frame, tallest=_TALLEST)
        page = frame.current()
        told = page.help_text()
        self.more = QPushButton(tr("Open the handbook"))
        self.more.setAccessibleDescription(page.accessibleName())
        self.more.clicked.connect(lambda: self._open(frame))
        inside = column(
            Text(page.accessibleName(), "lead", selectable=True), Text(told, selectable=True),
            spacing=10, margins=(24, 20, 24, 8),
        )  # fmt: skip
        if frame.cases is not None and frame.cases.code is not None:
            code = tr("Support code {code}", code=frame.cases.code.code)
            inside.addWidget(Text(code, "strong", selectable=True))
        self.terms = list(used_words(words(), f"{_read(page)}\n{told}"))
        if self.terms:
            inside.addSpacing(6)
            inside.addWidget(Text(tr("Words on this page"), "strong"))
        for term, explanation in self.terms:
            lines = (Text(term, "strong", selectable=True), Text(explanation, "secondary", selectable=True))
            inside.addWidget(Card("plain", column(*lines, spacing=2, margins=(14, 10, 14, 10))))
        inside.addStretch(1)
        self.fill(inside, self.more)

    def _open(self, frame: Frame) -> None:
        self.close()
        handbook.show_stop(frame)


def _read(page: Page) -> str:
    """What stands on the page, but not what came over the wire."""
    labels = [label for label in page.findChildren(Text) if label.isVisible() and not isinstance(label, Wire)]
    return "\n".join(label.accessibleName() for label in labels)


def show(frame: QWidget) -> None:
    """Open it."""
    PageHelp(frame).open()  # type: ignore[arg-type]
