"""Finding the configured name: from pasted settings, from a file, or on this computer; part of the name page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from helodoctor import steps
from helodoctor.cli.input import read_bytes
from helodoctor.model import Case
from helodoctor_gui import tasks
from helodoctor_gui.language import tr
from helodoctor_gui.widgets.candidates import Candidates
from helodoctor_gui.widgets.layouts import Flow, row
from helodoctor_gui.widgets.pastebox import PasteBox
from helodoctor_gui.widgets.text import Text


class FindName(QWidget):
    """``found`` brings the case with new candidates, ``failed`` the fault, ``chosen`` the name that was taken."""

    found = Signal(object)
    failed = Signal(object)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.case = Case()
        self._heading, self._told = Text("", "strong"), Text("", "secondary")
        self.paste, self.here = QPushButton(), QPushButton()
        ways = Flow()
        ways.addWidget(self.paste)
        ways.addWidget(self.here)
        self.box, self.read = PasteBox(), QPushButton()
        self._label = Text("", "small")
        self._paper = QWidget()
        paper = QVBoxLayout(self._paper)
        paper.setContentsMargins(0, 4, 0, 0)
        for widget in (self._label, self.box):
            paper.addWidget(widget)
        reading = row(self.read)
        reading.addStretch(1)
        paper.addLayout(reading)
        self._paper.hide()
        self.candidates = Candidates()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._heading)
        layout.addWidget(self._told)
        layout.addLayout(ways)
        layout.addWidget(self._paper)
        layout.addWidget(self.candidates)
        self.paste.clicked.connect(self._open_box)
        self.read.clicked.connect(self._read)
        self.here.clicked.connect(self._look_here)
        self.box.dropped.connect(self._read_file)
        self.candidates.chosen.connect(self.chosen)

    def render(self, case: Case) -> None:
        """The texts, and what was found so far."""
        self.case = case
        self._heading.say(tr("Where the name is set"))
        told = tr("The settings of your mail system say which name it gives. They are only read, never changed.")
        self._told.say(told)
        self.paste.setText(tr("Paste the settings …"))
        self.paste.setAccessibleDescription(tr("Opens a box for settings, a command’s output or message headers"))
        self.here.setText(tr("Look on this computer"))
        self.here.setAccessibleDescription(tr("Reads the settings of mail systems on this computer; runs nothing"))
        what = tr("Settings, a command’s output, or the headers of a delivered mail; a file can be dropped here")
        self._label.say(what)
        self.box.setAccessibleName(self._label.text())
        for control in (self.box, self.read):
            control.setAccessibleDescription(told)
        self.read.setText(tr("Read these settings"))
        self.candidates.show_candidates(case.candidates)

    def _open_box(self) -> None:
        self._paper.show()
        self.box.setFocus()

    def _read(self) -> None:
        self._follow(tasks.call(steps.look_in, self.case, self.box.toPlainText()))

    def _read_file(self, path: Path) -> None:
        self._follow(tasks.call(_look_in_file, self.case, path))

    def _look_here(self) -> None:
        self._follow(tasks.call(steps.look_here, self.case))

    def _follow(self, task: tasks.Task) -> None:
        task.done.connect(self.found)
        task.failed.connect(self.failed)


def _look_in_file(case: Case, path: Path) -> Case:
    text = read_bytes(str(path.absolute())).decode("utf-8-sig", "replace")
    return steps.look_in(case, text, str(path))
