"""The first fact on the last page: three ways to see that the server says the new name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from helodoctor import steps
from helodoctor.model import Case, Target
from helodoctor_gui import tasks
from helodoctor_gui.language import tr
from helodoctor_gui.widgets.fact import FactCard
from helodoctor_gui.widgets.layouts import row
from helodoctor_gui.widgets.pastebox import PasteBox
from helodoctor_gui.widgets.text import Text

LISTENER_PORT = 2525


class SaysFact(QWidget):
    """``proven`` brings the case with what was heard or read, ``failed`` the fault; ``case`` is set before each use."""

    proven = Signal(object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.case = Case()
        self._listening: tasks.Task | None = None
        self.card = FactCard()
        self.paste, self.listen, self.sample = QPushButton(), QPushButton(), QPushButton()
        for button in (self.sample, self.paste, self.listen):
            self.card.add_way(button)
        self.box, self.read = PasteBox(), QPushButton()
        self._box_label = Text("", "small")
        self._paper = QWidget()
        paper = QVBoxLayout(self._paper)
        paper.setContentsMargins(0, 4, 0, 0)
        for widget in (self._box_label, self.box):
            paper.addWidget(widget)
        paper.addLayout(row(self.read))
        self._waiting = Text("", "secondary", selectable=True)
        self.card.below.addWidget(self._paper)
        self.card.below.addWidget(self._waiting)
        self._paper.hide()
        self._waiting.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)
        self.paste.clicked.connect(self._open_box)
        self.read.clicked.connect(self._read)
        self.listen.clicked.connect(self._listen_or_stop)
        self.sample.clicked.connect(self._hear_sample)

    def render(self, title: str, told: str, *, proven: bool, sample: bool, usable: bool) -> None:
        """The texts; ``sample``: the built-in sender stands in for a server; ``usable``: there is a name to prove."""
        self.card.say(title, told, proven=proven)
        self.paste.setText(tr("Paste a proof"))
        self.paste.setAccessibleDescription(tr("Opens a box for a fresh log line, header or bounce"))
        self.listen.setText(tr("Stop listening") if self._listening else tr("Listen for my server"))
        self.listen.setAccessibleDescription(tr("Opens a port on this computer and waits for your server to greet"))
        self.sample.setText(tr("Let the sample sender say it"))
        self.sample.setAccessibleDescription(tr("A small built-in sender plays your server, on this computer only"))
        what = tr("A fresh log line of your server, the Received lines of a delivered mail, or a new bounce")
        self._box_label.say(what)
        self.box.setAccessibleName(self._box_label.text())
        for control in (self.box, self.read):
            control.setAccessibleDescription(title)
        self.read.setText(tr("Read this text"))
        self.sample.setVisible(sample)
        for button in (self.paste, self.listen, self.sample):
            button.setEnabled(usable)

    def stop(self) -> None:
        """Close the listener."""
        if self._listening is not None:
            self._listening.cancel()
            self._listening = None
            self._waiting.hide()

    def _open_box(self) -> None:
        self._paper.show()
        self.box.setFocus()

    def _read(self) -> None:
        self._follow(tasks.call(steps.reread, self.case, self.box.toPlainText()))

    def _hear_sample(self) -> None:
        name = self.case.new_name or self.case.name or ""
        self._follow(tasks.start(_heard_sample, self.case, name))

    def _listen_or_stop(self) -> None:
        if self._listening is not None:
            self.stop()
            self.listen.setText(tr("Listen for my server"))
            return
        self._listening = tasks.start(_heard, self.case)
        self._listening.told.connect(self._opened)
        self._follow(self._listening)
        self.listen.setText(tr("Stop listening"))

    def _opened(self, target: Target) -> None:
        self._waiting.say(
            tr(
                "Listening on port {port} of this computer. Let your server send one mail to it, for example with a "
                "transport rule for a test address. The listener takes no mail; it only notes the name.",
                port=target.port,
            )
        )
        self._waiting.show()

    def _follow(self, task: tasks.Task) -> None:
        task.done.connect(self._ended(self.proven))
        task.failed.connect(self._ended(self.failed))

    def _ended(self, signal: object) -> Callable[[object], None]:
        def pass_on(result: object) -> None:
            self._listening = None
            self._waiting.hide()
            signal.emit(result)  # type: ignore[attr-defined]

        return pass_on


async def _heard(case: Case, tell: Callable[[Target], None]) -> Case:
    return await steps.listen(case, tell, host="0.0.0.0", port=LISTENER_PORT)


async def _heard_sample(case: Case, name: str, _tell: Callable[[object], None]) -> Case:
    return await steps.hear_sample(case, name)
