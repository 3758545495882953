"""Finding the configured name: from settings, on this computer, or said to the listener; part of the name page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from helodoctor import guides, steps
from helodoctor.cli.input import read_bytes
from helodoctor.model import Case
from helodoctor.network.listener import Greeting
from helodoctor.words import guides as sentences
from helodoctor_gui import tasks
from helodoctor_gui.language import tr, words
from helodoctor_gui.pages.listening import Listening
from helodoctor_gui.widgets.candidates import Candidates
from helodoctor_gui.widgets.command import CommandBox
from helodoctor_gui.widgets.finder import Finder
from helodoctor_gui.widgets.layouts import Flow, column, empty, place, row
from helodoctor_gui.widgets.pastebox import PasteBox
from helodoctor_gui.widgets.text import Text

_UNKNOWN = "unknown"


class FindName(QWidget):
    """``found`` brings the case with new candidates, ``failed`` the fault, ``chosen`` the name that was taken."""

    found = Signal(object)
    failed = Signal(object)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.case = Case()
        self._heading, self._told = Text("", "strong"), Text("", "secondary")
        self._system_label, self.system = Text("", "small"), Finder()
        self._system_label.setBuddy(self.system)
        self._hints = column(spacing=6)
        self._asked = QWidget()
        self._asked.setLayout(column(self._system_label, self.system, self._hints, spacing=4))
        self._asked.hide()
        self.paste, self.here, self.listen = QPushButton(), QPushButton(), QPushButton()
        self.box, self.read = PasteBox(), QPushButton()
        self._label = Text("", "small")
        reading = row(self.read)
        reading.addStretch(1)
        self._paper = QWidget()
        self._paper.setLayout(column(self._label, self.box, reading, spacing=8, margins=(0, 4, 0, 0)))
        self._paper.hide()
        self.candidates = Candidates()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._heading, self._told, self.candidates, self._asked):
            layout.addWidget(widget)
        layout.addLayout(Flow(self.paste, self.here, self.listen))
        layout.addWidget(self._paper)
        self.paste.clicked.connect(self._open_box)
        self.read.clicked.connect(self._read)
        self.here.clicked.connect(self._look_here)
        self.listen.clicked.connect(self._listen)
        self.box.dropped.connect(self._read_file)
        self.candidates.chosen.connect(self.chosen)
        self.system.chosen.connect(self._show_hints)

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
        self.listen.setText(tr("Listen for my server"))
        self.listen.setAccessibleDescription(tr("Opens a port on this computer and waits for your server to greet"))
        what = tr("Settings, a command’s output, or the headers of a delivered mail; a file can be dropped here")
        self._label.say(what)
        self.box.setAccessibleName(self._label.text())
        for control in (self.box, self.read):
            control.setAccessibleDescription(told)
        self.read.setText(tr("Read these settings"))
        self._system_label.say(tr("What sends your mail?"))
        self.system.name_field(self._system_label.text(), told)
        self.candidates.show_candidates(steps.candidates(case) if case.candidates else ())

    def ask(self, asked: bool) -> None:
        """Where the user does not know the name, ask what sends the mail, and tell the way that suits it."""
        if asked and not self.system.count():
            self._offer()
        self._asked.setVisible(asked)
        if asked:
            self._show_hints()

    def _offer(self) -> None:
        known = [system.id for system in guides.systems() if system.has_guide]
        titles = sorted((sentences.system_title(words(), system), system) for system in known)
        first = sorted(titles, key=lambda one: (one[1] != _UNKNOWN, one[0].casefold()))
        self.system.offer(first, self.case.system or steps.likely_system(self.case))

    @property
    def _chosen_system(self) -> str | None:
        """What sends the mail, as far as the user said so."""
        choice = self.system.choice if self.system.count() else self.case.system
        return None if choice == _UNKNOWN else choice

    def _show_hints(self) -> None:
        """The command whose output shows the name, or the file that holds it."""
        empty(self._hints)
        if self._chosen_system is None:
            return
        system = guides.find_system(self._chosen_system)
        command = next((show.command for show in system.show), None)
        file = next((spot.file for spot in system.places if spot.file), None)
        if command:
            told = tr("Run this where it runs, and paste here what it prints:")
            box = CommandBox(command, told)
            place(self._hints, Text(told, "secondary"), box)
            QWidget.setTabOrder(self.system, box.copy)  # a new button would come last
        if file:
            place(self._hints, Text(tr("Or drop its file {file} into the box below.", file=file), "secondary"))
        if command or file:
            self._paper.show()
        else:
            place(self._hints, Text(tr("It has no file that could be read here. Let it say its name to the listener.")))

    def _open_box(self) -> None:
        self._paper.show()
        self.box.setFocus()

    def _read(self) -> None:
        self._follow(tasks.call(steps.look_in, self.case, self.box.toPlainText(), "", self._chosen_system))

    def _read_file(self, path: Path) -> None:
        self._follow(tasks.call(_look_in_file, self.case, path, self._chosen_system))

    def _look_here(self) -> None:
        self._follow(tasks.call(steps.look_here, self.case))

    def _listen(self) -> None:
        dialog = Listening(self._chosen_system or steps.likely_system(self.case), self.window())
        dialog.heard.connect(self._heard)
        dialog.open()

    def _heard(self, greetings: tuple[Greeting, ...]) -> None:
        case = self.case
        for greeting in greetings:
            case = steps.heard(case, greeting)
        if case != self.case:
            self.found.emit(case)

    def _follow(self, task: tasks.Task) -> None:
        task.done.connect(self.found)
        task.failed.connect(self.failed)


def _look_in_file(case: Case, path: Path, system: str | None) -> Case:
    return steps.look_in(case, read_bytes(str(path.absolute())), str(path), system)
