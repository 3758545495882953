"""Asking for files, and what is done with them: a reply written, two cases compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from helodoctor.casefile import open_file
from helodoctor.casefile.sent import answered, send
from helodoctor.casefile.store import SUFFIX
from helodoctor.model import HeloDoctorError, PageId
from helodoctor.organisation import profile
from helodoctor_gui import tasks
from helodoctor_gui.language import tr

if TYPE_CHECKING:
    from helodoctor_gui.agent.window import AgentWindow


def case_dialog(parent: QWidget, title: str, *, save: bool = False) -> QFileDialog:
    """A dialog for case files."""
    dialog = QFileDialog(parent, title)
    dialog.setNameFilters([f"{tr('Saved cases')} (*{SUFFIX})"])
    dialog.finished.connect(dialog.deleteLater)
    if save:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return dialog


class Replying(QObject):
    """One per window; acts on the case on show."""

    def __init__(self, window: AgentWindow) -> None:
        super().__init__(window)
        self._window = window
        answering = window.details.answering
        answering.replied.connect(self._ask_where)
        answering.compare.connect(self._ask_what)

    def _ask_where(self, text: str, page: PageId | None) -> None:
        dialog = case_dialog(self._window, tr("Save with the reply"), save=True)
        if path := self._window.details.path:
            dialog.setDirectory(str(Path(path).parent))
            dialog.selectFile(Path(path).name)
        dialog.fileSelected.connect(lambda name: self.reply(Path(name), text, page))
        dialog.open()

    def reply(self, path: Path, text: str, page: PageId | None) -> None:
        """Write the case on show with one reply more to ``path``."""
        window = self._window
        if window.details.file is None:
            return
        try:
            send(answered(window.details.file, text, page, profile().helpdesk), path)
        except HeloDoctorError as fault:
            window.tell(fault)
            return
        window.details.answering.text.clear()
        window.say(tr("Saved as {path}.", path=path))
        window.add([str(path)])
        window.details.open(str(path))

    def _ask_what(self) -> None:
        dialog = case_dialog(self._window, tr("Compare with another file"))
        dialog.fileSelected.connect(lambda name: self.compare_with(Path(name)))
        dialog.open()

    def compare_with(self, path: Path) -> None:
        """Show what changed from the case at ``path`` to the one on show."""
        task = tasks.call(open_file, path)
        task.done.connect(lambda opened: self._window.details.compare_with(opened.file))
        task.failed.connect(self._window.tell)
