"""One case in full: its report, its timeline, its trials, and what changed since it was sent."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QPushButton, QTabWidget, QWidget

from helodoctor.casefile import CaseFile, Opened, open_file
from helodoctor.casefile.code import encode, screen_of
from helodoctor.casefile.difference import timeline
from helodoctor.casefile.profile import outgoing
from helodoctor.casefile.sent import sent
from helodoctor.model import HeloDoctorError
from helodoctor.report import changes
from helodoctor.report.case import render
from helodoctor.words import Words
from helodoctor.words.problems import problem
from helodoctor_gui import tasks
from helodoctor_gui.agent.answering import Answering
from helodoctor_gui.agent.texts import Lines, Reading, Scrolling
from helodoctor_gui.agent.trials import Trials
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.layouts import Flow, column
from helodoctor_gui.widgets.text import Text

Loaded = tuple[Opened, CaseFile | None, str]
"""The case, how it was sent if it was sent from here, and its report."""


def load(path: str, voice: Words) -> Loaded:
    """Off the GUI thread.

    Raises:
        InputProblem: the file cannot be read, or is no case file.
    """
    opened = open_file(path)
    return opened, sent(opened.file), ticket(opened.file, voice)


def ticket(file: CaseFile, voice: Words) -> str:
    """The whole case as text for a ticket, masked as the organisation's profile asks."""
    code = encode(screen_of(file.case, file.page))
    return render(outgoing(file.case).case, "text", voice, code)


class Details(QWidget):
    """Empty until a case is chosen. ``exporting`` asks for the report dialog, ``shown`` says that another case is
    on show, ``told`` brings a sentence to say in passing.
    """

    exporting = Signal()
    shown = Signal()
    told = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.path: str | None = None
        self.file: CaseFile | None = None
        self.before: CaseFile | None = None
        self._loading: tasks.Task | None = None
        self._title, self._told = Text("", "lead", selectable=True), Text("", "secondary", selectable=True)
        self.report, self.timeline, self.trials, self.answering = Reading(), Lines(), Trials(), Answering()
        self.copy, self.export = QPushButton(), QPushButton()
        overview = QWidget()
        overview.setLayout(column(self.report, Flow(self.copy, self.export), margins=(8, 8, 8, 8)))
        self.tabs = QTabWidget()
        for widget in (overview, self.timeline, Scrolling(self.trials), Scrolling(self.answering)):
            self.tabs.addTab(widget, "")
        self.setLayout(column(self._title, self._told, self.tabs, spacing=4, margins=(8, 0, 0, 0)))
        self.copy.clicked.connect(self.copy_ticket)
        self.export.clicked.connect(self.exporting)
        self.reword()

    def reword(self) -> None:
        """Everything in the language in force."""
        for index, title in enumerate((tr("Case"), tr("Timeline"), tr("Trials"), tr("Changes and reply"))):
            self.tabs.setTabText(index, title)
        for widget in (self.tabs, self.tabs.tabBar()):
            widget.setAccessibleName(tr("The chosen case"))
        self.copy.setText(tr("Copy as ticket text"))
        self.export.setText(tr("Report…"))
        self.export.setAccessibleDescription(tr("Shows what goes out, in the form you choose"))
        self.report.setAccessibleName(tr("The case as text"))
        self.timeline.setAccessibleName(tr("What happened, in order"))
        for widget in (self.copy, self.report, self.timeline):
            widget.setAccessibleDescription(tr("The chosen case"))
        self.answering.reword()
        if self.path is None:
            self._title.say(tr("Choose a case from the list, or open files and folders with cases."))
        self._render("")
        if self.path is not None:
            self.open(self.path)

    def open(self, path: str) -> None:
        """Show the case at ``path``, read beside the window's own work."""
        if self._loading is not None:
            self._loading.cancel()
        self.path = path
        self._title.say(Path(path).stem[:120])
        self._told.say(tr("Reading {file} …", file=Path(path).name[:120]))
        self._loading = task = tasks.call(load, path, words())
        task.done.connect(self._loaded)
        task.failed.connect(self._not_loaded)

    def clear(self) -> None:
        """Show no case."""
        if self._loading is not None:
            self._loading.cancel()
        self.path = self.file = self.before = None
        self.reword()

    def _loaded(self, loaded: Loaded) -> None:
        opened, self.before, report = loaded
        self.file = opened.file
        self._told.say(self._newer(opened))
        self._render(report)

    def _newer(self, opened: Opened) -> str:
        """Where a newer version made it, that word; else the support code and the page."""
        if opened.read_only:
            part, parts = "partly" if opened.left_out else "whole", ", ".join(opened.left_out)
            return words().sentence("casefile", "newer", part, version=opened.file.app, parts=parts)
        code = encode(screen_of(opened.file.case, opened.file.page))
        return f"{words().sentence('report', 'fact', 'code')}: {code}"

    def _not_loaded(self, fault: BaseException) -> None:
        if not isinstance(fault, HeloDoctorError):
            raise fault
        self.file = self.before = None
        self._told.say(problem(words(), fault))
        self._render("")

    def _render(self, report: str) -> None:
        self.report.say(report)
        rows = changes.rows(timeline(self.file), words()) if self.file else []
        titles = (tr("Time"), tr("Page"), tr("What"), tr("Value"))
        self.timeline.show_rows(titles, [(row.time, row.page, row.what, row.after) for row in rows])
        self.trials.show_case(self.file.case if self.file else None)
        self.answering.show_changes(self.before, self.file)
        for button in (self.copy, self.export):
            button.setEnabled(self.file is not None)
        self.shown.emit()

    def compare_with(self, before: CaseFile) -> None:
        """Show what changed from ``before`` to the chosen case."""
        self.before = before
        self.answering.show_changes(before, self.file)

    def show_reply(self) -> None:
        """Bring the keyboard to the reply."""
        self.tabs.setCurrentIndex(self.tabs.count() - 1)
        self.answering.text.setFocus()

    def copy_ticket(self) -> None:
        """The text on the first tab, to the clipboard."""
        if self.file is not None:
            QApplication.clipboard().setText(ticket(self.file, words()))
            self.told.emit(tr("The report is on the clipboard."))
