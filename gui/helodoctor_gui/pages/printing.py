"""The guide on paper: the steps with their ticks, how to undo them, and the letters."""

from __future__ import annotations

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from helodoctor.model import Case
from helodoctor.report.case import guide_page
from helodoctor_gui.cases.pdf import laid_out
from helodoctor_gui.language import words


def print_guide(case: Case, parent: QWidget) -> QPrintDialog:
    """Ask for a printer, and print the guide of ``case`` there."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.accepted.connect(lambda: document(case).print_(printer))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def document(case: Case) -> QTextDocument:
    """The guide as a page; it fetches nothing, and every text from outside is escaped in it."""
    return laid_out(guide_page(case, words()))
