"""Markdown of our own in a text that follows no link to the outside and loads nothing but our pictures."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QImage, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from helodoctor.words import handbook

_MARGIN = 24  # pixels left and right of a picture


class Reader(QTextBrowser):
    """``wanted`` brings the chapter and the anchor of a link that was followed."""

    wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self._chapter: handbook.Chapter | None = None
        self._anchor: str | None = None
        self.anchorClicked.connect(self._follow)

    def show_chapter(self, chapter: handbook.Chapter, anchor: str | None = None) -> None:
        """Show ``chapter`` from its beginning, or from the heading with ``anchor``."""
        self._chapter, self._anchor = chapter, anchor
        self.document().clear()
        self.document().setMarkdown(chapter.text, QTextDocument.MarkdownFeature.MarkdownNoHTML)
        for heading in self._headings():
            form = heading.blockFormat()
            form.setTopMargin(self.fontMetrics().height() * (0.2 if heading.atStart() else 0.9))
            form.setBottomMargin(self.fontMetrics().height() * 0.3)
            heading.setBlockFormat(form)
        at = chapter.anchors.index(anchor) if anchor in chapter.anchors else 0
        self.setTextCursor(self._headings()[at])
        bar = self.verticalScrollBar()
        bar.setValue(0 if at == 0 else bar.value() + self.cursorRect().top())

    def _headings(self) -> list[QTextCursor]:
        """The beginning of every heading, in the order of the anchors."""
        found, block = [], self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel():
                found.append(QTextCursor(block))
            block = block.next()
        return found

    def _follow(self, link: QUrl) -> None:
        if link.scheme():
            return  # the handbook leads nowhere else
        here = self._chapter.id if self._chapter else ""
        self.wanted.emit(link.path().removesuffix(".md") or here, link.fragment())

    def loadResource(self, kind: int, name: QUrl) -> object:
        """Our own pictures, as wide as there is room; nothing else, wherever it is said to lie."""
        data = handbook.picture(self._chapter.language, name.toString()) if self._chapter else None
        if data is None:
            return None
        image = QImage.fromData(data)
        room = self.viewport().width() - _MARGIN
        return image.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation) if image.width() > room else image

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures follow the width."""
        super().resizeEvent(event)
        if self._chapter is not None and event.oldSize().width() != event.size().width():
            self.show_chapter(self._chapter, self._anchor)
