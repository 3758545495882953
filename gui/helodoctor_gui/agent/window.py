"""The helpdesk's window: the list at the left, the chosen case at the right, the support code above."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import get_args

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QMainWindow, QPushButton, QSplitter, QWidget

from helodoctor.casefile.code import decode
from helodoctor.casefile.summary import State, Summary
from helodoctor.model import HeloDoctorError
from helodoctor.words import changes
from helodoctor.words.problems import problem
from helodoctor_gui import preferences, tasks
from helodoctor_gui.agent.details import Details
from helodoctor_gui.agent.indexing import index
from helodoctor_gui.agent.menus import Menus
from helodoctor_gui.agent.model import Cases, Found
from helodoctor_gui.agent.replying import Replying
from helodoctor_gui.agent.texts import Table
from helodoctor_gui.language import tr, trn, words
from helodoctor_gui.speaking import announce
from helodoctor_gui.widgets.combo import Combo
from helodoctor_gui.widgets.layouts import column, row
from helodoctor_gui.widgets.message import message
from helodoctor_gui.widgets.text import Text

_PAUSE_MS = 120  # after the last key or arrow, before something is looked for or opened
_USUAL_SIZE = (1180, 760)
_CODE_FORM = "XXXX-XXXX-XXXX"
_COLUMNS = (22, 12, 30, 18, 24, 14, 22, 16)


class AgentWindow(QMainWindow):
    """Lists cases, shows one, answers it."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self._stop = Event()
        self._index: tasks.Task | None = None
        self.search, self.state, self.code = QLineEdit(), Combo(), QLineEdit()
        self.search.setClearButtonEnabled(True)
        self._labels = {widget: Text("", "small") for widget in (self.search, self.state, self.code)}
        self._code_problem, self._count = Text("", "small"), Text("", "small")
        self._code_problem.set_tone("refusal")
        self.stop = QPushButton()
        self.cases = Cases(self)
        self.found = Found(self.cases)
        self.list = Table()
        self.details = Details()
        self.menus = Menus(self)
        self._lay_out()
        self._connect()
        self.reword()
        self._restore_size()

    def _lay_out(self) -> None:
        self.list.setModel(self.found)
        self.list.share_width(_COLUMNS)
        self.list.setSortingEnabled(True)
        self.list.sortByColumn(len(_COLUMNS) - 1, Qt.SortOrder.DescendingOrder)
        self.stop.hide()
        for widget, label in self._labels.items():
            label.setBuddy(widget)
        asked = [column(label, widget, spacing=2) for widget, label in self._labels.items()]
        top = row(spacing=12)
        for layout, share in zip(asked, (4, 2, 2), strict=True):
            top.addLayout(layout, share)
        left = QWidget()
        left.setLayout(column(self.list, row(self._count, self.stop), spacing=6))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.details)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([_USUAL_SIZE[0] // 2] * 2)
        body = QWidget()
        body.setObjectName("body")
        whole = column(top, self._code_problem, self.splitter, spacing=8, margins=(16, 12, 16, 12))
        whole.setStretchFactor(self.splitter, 1)
        body.setLayout(whole)
        self.setCentralWidget(body)
        self._code_problem.hide()

    def _connect(self) -> None:
        self._looking, self._opening = QTimer(self), QTimer(self)
        for timer, act in ((self._looking, self._look), (self._opening, self._open_chosen)):
            timer.setSingleShot(True)
            timer.setInterval(_PAUSE_MS)
            timer.timeout.connect(act)
        self.search.textChanged.connect(lambda _text: self._looking.start())
        self.state.currentIndexChanged.connect(lambda _index: self._looking.start())
        self.code.returnPressed.connect(self.show_code)
        self.list.selectionModel().selectionChanged.connect(lambda _now, _before: self._opening.start())
        self.stop.clicked.connect(self._stop_reading)
        self.details.told.connect(self.say)
        self.details.shown.connect(self._retitle)
        self.details.exporting.connect(self.export)
        self.replying = Replying(self)
        for number in range(4):
            act = lambda tab=number: self.details.tabs.setCurrentIndex(tab)  # noqa: E731
            QShortcut(QKeySequence(f"Alt+{number + 1}"), self, act)

    def reword(self) -> None:
        """Everything in the language in force."""
        self._retitle()
        for widget, title in (
            (self.search, tr("Search")),
            (self.state, tr("State")),
            (self.code, words().sentence("report", "fact", "code")),
        ):
            self._labels[widget].say(title)
            widget.setAccessibleName(title)
        self.search.setPlaceholderText(tr("Name, address, receiver, cause or file"))
        self.code.setPlaceholderText(_CODE_FORM)
        self.code.setAccessibleDescription(tr("Enter shows what the other side sees"))
        self.list.setAccessibleName(tr("Cases"))
        for widget in (self.state, self.list):
            widget.setAccessibleDescription(self.windowTitle())
        self.stop.setText(tr("Stop"))
        self._fill_states()
        self.cases.reword()
        self.details.reword()
        self.menus.reword()
        self._tell_count()

    def _retitle(self) -> None:
        """The window is called after the case on show."""
        path = self.details.path if self.details.file else None
        told = tr("{case} – Helpdesk – HELO Doctor", case=Path(path).stem[:80]) if path else ""
        self.setWindowTitle(told or tr("Helpdesk – HELO Doctor"))

    def _fill_states(self) -> None:
        chosen = self.state.currentData()
        self.state.blockSignals(True)
        self.state.clear()
        self.state.addItem(tr("All"), None)
        for state in get_args(State):
            self.state.addItem(changes.state(words(), state), state)
        self.state.setCurrentIndex(max(0, self.state.findData(chosen)))
        self.state.blockSignals(False)

    # The list

    def add(self, paths: list[str]) -> None:
        """List the cases at ``paths``, files and folders, read beside the window's own work."""
        if not paths:
            return
        self._stop.set()  # what is being read now goes on no further; its cases stay
        self._stop = Event()
        self._index = task = tasks.call_telling(index, paths, self._stop)
        task.told.connect(self._listed)
        task.done.connect(self._indexed)
        task.failed.connect(self._not_indexed)
        self.stop.show()

    def _stop_reading(self) -> None:
        self._stop.set()

    def _listed(self, lines: list[Summary]) -> None:
        self.cases.add(lines)
        self._tell_count()

    def _indexed(self, others: int) -> None:
        self.stop.hide()
        header = self.list.horizontalHeader()
        self.list.sortByColumn(header.sortIndicatorSection(), header.sortIndicatorOrder())
        self._tell_count()
        if others:
            told = trn("{count} other file lay among them.", "{count} other files lay among them.", others)
            self.say(f"{told} {tr('“Triage” reads those too.')}")
        if self.found.rowCount() and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.found.index(0, 0))

    def _not_indexed(self, fault: BaseException) -> None:
        self.stop.hide()
        if not isinstance(fault, OSError):
            raise fault
        self.say(fault.strerror or str(fault))

    def _look(self) -> None:
        self.found.look_for(self.search.text(), self.state.currentData())
        self._tell_count()

    def _tell_count(self) -> None:
        shown, all_ = self.found.rowCount(), self.cases.rowCount()
        self._count.say(tr("{shown} of {count} cases", shown=shown, count=all_))

    def _open_chosen(self) -> None:
        chosen = self.list.selectionModel().selectedIndexes()  # a screen reader selects without moving the cursor there
        if chosen:
            path = self.cases.line(self.found.mapToSource(chosen[0]).row()).path
            if path != self.details.path or self.details.file is None:
                self.details.open(path)

    # The support code

    def show_code(self) -> None:
        """What the typed code says, or why it says nothing."""
        from helodoctor_gui.agent.screen import ScreenDialog

        try:
            screen = decode(self.code.text())
        except HeloDoctorError as fault:
            self._code_problem.say(problem(words(), fault))
            self._code_problem.show()
            self.code.setFocus()
            return
        self._code_problem.hide()
        ScreenDialog(screen, self).open()

    # The case on show

    def export(self) -> None:
        """The report dialog for the chosen case."""
        if self.details.file is not None:
            from helodoctor_gui.cases.sending import Sending

            Sending(self.details.file, self).open()

    # Speaking to the user

    def say(self, sentence: str) -> None:
        """Say something in passing; a screen reader hears it too."""
        self.statusBar().showMessage(sentence)
        announce(self, sentence)

    def tell(self, fault: BaseException) -> None:
        """Why something could not be done."""
        if not isinstance(fault, HeloDoctorError):
            raise fault
        message(self, tr("HELO Doctor"), problem(words(), fault)).open()

    # What Qt asks

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """List what was dropped."""
        self.add([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop reading and remember the size."""
        self._stop.set()
        preferences.keep_place(self, "agent")
        super().closeEvent(event)
        self.closed.emit()

    def _restore_size(self) -> None:
        self.resize(*_USUAL_SIZE)
        preferences.restore_place(self, "agent")
