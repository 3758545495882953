"""Markdown of our own in a text that follows no link to the outside and looks for pictures in our own folders alone."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from helodoctor.words import handbook

_WIDEST, _BESIDE = 900, 24  # pixels: of a picture, and left free beside it
_PICTURE = "\ufffc"  # stands for one in a document (object replacement character)


class Reader(QTextBrowser):
    """``wanted`` brings the chapter and the anchor of a link that was followed."""

    wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self._chapter: handbook.Chapter | None = None
        self.anchorClicked.connect(self._follow)

    def show_chapter(self, chapter: handbook.Chapter, anchor: str | None = None) -> None:
        """Show ``chapter`` from its beginning, or from the heading with ``anchor``."""
        self._chapter = chapter
        self.setSearchPaths([str(folder) for folder in handbook.folders(chapter.language)])
        self.document().setMarkdown(chapter.text, QTextDocument.MarkdownFeature.MarkdownNoHTML)
        for heading in self.headings():
            form = heading.blockFormat()
            form.setTopMargin(self.fontMetrics().height() * (0.2 if heading.atStart() else 0.9))
            form.setBottomMargin(self.fontMetrics().height() * 0.3)
            heading.setBlockFormat(form)
        self._fit_pictures()
        at = chapter.anchors.index(anchor) if anchor in chapter.anchors else 0
        self.setTextCursor(self.headings()[at])
        bar = self.verticalScrollBar()
        bar.setValue(0 if at == 0 else bar.value() + self.cursorRect().top())

    def headings(self) -> list[QTextCursor]:
        """The beginning of every heading, in the order of the anchors."""
        found, block = [], self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel():
                found.append(QTextCursor(block))
            block = block.next()
        return found

    def _fit_pictures(self) -> None:
        """No picture is wider than the text."""
        width = min(_WIDEST, max(1, self.viewport().width() - _BESIDE))
        cursor = self.document().find(_PICTURE, 0)
        while not cursor.isNull():
            form = cursor.charFormat().toImageFormat()
            form.setWidth(width)
            cursor.setCharFormat(form)
            cursor = self.document().find(_PICTURE, cursor)

    def _follow(self, link: QUrl) -> None:
        if link.scheme():
            return  # the handbook leads nowhere else
        here = self._chapter.id if self._chapter else ""
        self.wanted.emit(link.path().removesuffix(".md") or here, link.fragment())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures follow the width."""
        super().resizeEvent(event)
        self._fit_pictures()
