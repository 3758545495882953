"""A report as PDF: Qt lays out the report's own HTML; nothing is fetched, and nothing in the file acts."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QUrl
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

_MARGIN_MM = 18
_TEXT_POINTS = 10


class _Closed(QTextDocument):
    """A document that looks nothing up, neither on the network nor on the disk."""

    def loadResource(self, kind: int, name: QUrl) -> object:
        """Nothing."""
        return None


def laid_out(html: str) -> QTextDocument:
    """The page ``html`` (of :mod:`helodoctor.report.layout`), to be printed on paper or into a file."""
    document = _Closed()
    font = QFont()
    font.setPointSizeF(_TEXT_POINTS)
    document.setDefaultFont(font)
    document.setHtml(html)
    return document


def as_pdf(html: str) -> bytes:
    """The page ``html`` on A4 sheets. Only in Qt's own threads: its layout keeps timers."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    writer.setTitle("HELO Doctor")
    writer.setCreator("HELO Doctor")
    laid_out(html).print_(writer)
    del writer  # it writes the end of the file when it goes
    return bytes(buffer.data().data())
