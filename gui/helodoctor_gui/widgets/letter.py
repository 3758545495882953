"""A ready letter: to whom, the subject, the text; to copy, to save, or to open in the mail program."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton

from helodoctor.model import Letter
from helodoctor.words import guides
from helodoctor_gui import tasks
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.command import CopyButton
from helodoctor_gui.widgets.layouts import Card, Flow, column
from helodoctor_gui.widgets.text import Text


class LetterCard(Card):
    """The letter as it would be sent; nothing is sent from here."""

    def __init__(self, letter: Letter) -> None:
        self.subject = guides.phrase(words(), letter.subject) or ""
        self.body = guides.letter_body(words(), letter)
        self.recipient = letter.address or ""
        to = tr("To: {who}", who=guides.letter_to(words(), letter))
        self.copy = CopyButton(f"{self.subject}\n\n{self.body}", self.subject, tr("Copy the letter"))
        self.mail, self.keep = QPushButton(tr("Open in the mail program")), QPushButton(tr("Save the letter…"))
        self.mail.clicked.connect(self._open)
        self.keep.clicked.connect(self._choose_file)
        for button in (self.mail, self.keep):
            button.setProperty("small", True)
            button.setAccessibleDescription(self.subject)
        self.told = Text("", "small")
        self.told.hide()
        self.text = Text(self.body, "secondary", selectable=True)
        lines = (Text(to, "small"), Text(self.subject, "strong"), self.text, Flow(self.copy, self.mail, self.keep))
        super().__init__("plain", column(*lines, self.told, spacing=6, margins=(16, 12, 16, 12)))
        self.setAccessibleName(f"{to}. {self.subject}")

    @property
    def address(self) -> QUrl:
        """The letter as a ``mailto`` address (RFC 6068 2); its lines end in CR LF (5)."""
        body = self.body.replace("\n", "\r\n")
        to = quote(self.recipient, safe="@")
        return QUrl(f"mailto:{to}?subject={quote(self.subject, safe='')}&body={quote(body, safe='')}")

    def _open(self) -> None:
        if not QDesktopServices.openUrl(self.address):
            self.copy.click()
            self._tell(tr("No mail program was found. The letter is on the clipboard."))

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, tr("Save the letter…").rstrip("…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{tr('Text')} (*.txt)"])
        dialog.setDefaultSuffix("txt")
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, path: Path) -> None:
        """Write the letter as text."""
        from helodoctor.words.problems import problem

        task = tasks.call(_write, path, f"{self.subject}\n\n{self.body}\n")
        task.done.connect(lambda _none: self._tell(tr("The letter is saved.")))
        task.failed.connect(lambda fault: self._tell(problem(words(), fault)))

    def _tell(self, sentence: str) -> None:
        self.told.say(sentence)
        self.told.show()


def _write(path: Path, text: str) -> None:
    """Off the GUI thread.

    Raises:
        InputProblem: the file cannot be written.
    """
    from helodoctor.model import InputProblem

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise InputProblem("file-unwritable", path=str(path), reason=fault.strerror or str(fault)) from fault
