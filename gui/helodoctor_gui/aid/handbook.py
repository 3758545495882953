"""The handbook as offline help: chapters to choose and links between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from helodoctor.journey import Page as Stop
from helodoctor.words import handbook
from helodoctor_gui.aid.reader import Reader
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.combo import Combo
from helodoctor_gui.widgets.dialog import SideDialog
from helodoctor_gui.widgets.layouts import column
from helodoctor_gui.widgets.text import Text

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame

_BY_STOP = {
    Stop.PASTE: "paste",
    Stop.HAPPENED: "happened",
    Stop.NAME: "name",
    Stop.JUDGE: "judge",
    Stop.TRY: "try",
    Stop.FIX: "fix",
    Stop.FIXED: "fixed",
}


class Handbook(SideDialog):
    """A window of its own beside the walk, so that one can read and work at once."""

    def __init__(self, parent: QWidget, chapter: str, anchor: str | None = None) -> None:
        super().__init__(tr("Handbook"), parent)
        self.setModal(False)
        self._label = Text(tr("Chapter"), "small")
        self.chapters = Combo()
        self.chapters.setAccessibleName(self._label.text())
        self.chapters.setAccessibleDescription(self.windowTitle())
        for name in handbook.CHAPTERS:
            self.chapters.addItem(handbook.chapter(words(), name).title, name)
        self.reader = Reader()
        self.reader.setAccessibleDescription(self.windowTitle())
        layout = column(self._label, self.chapters, 4, self.reader, spacing=4, margins=(24, 20, 24, 8))
        layout.setStretchFactor(self.reader, 1)
        self.fill(layout)
        self.chapters.currentIndexChanged.connect(lambda _index: self._show(self.chapters.currentData()))
        self.reader.wanted.connect(self.go_to)
        self.go_to(chapter, anchor)

    def go_to(self, chapter: str, anchor: str | None = None) -> None:
        """Open ``chapter`` at ``anchor``."""
        index = self.chapters.findData(chapter)
        if index < 0:
            return
        self.chapters.blockSignals(True)
        self.chapters.setCurrentIndex(index)
        self.chapters.blockSignals(False)
        self._show(chapter, anchor)

    def _show(self, chapter: str, anchor: str | None = None) -> None:
        self.reader.show_chapter(handbook.chapter(words(), chapter), anchor)
        self.reader.setAccessibleName(self.chapters.currentText())


def show(frame: Frame) -> None:
    """The handbook from its beginning."""
    Handbook(frame, "start").show()


def show_glossary(frame: Frame) -> None:
    """The words of mail servers."""
    Handbook(frame, "words").show()


def show_check(frame: Frame, check: str) -> None:
    """What is said about the check with the id ``check``."""
    Handbook(frame, "checks", check).show()


def show_stop(frame: Frame) -> None:
    """The chapter on the page on show."""
    Handbook(frame, _BY_STOP[frame.stop]).show()
