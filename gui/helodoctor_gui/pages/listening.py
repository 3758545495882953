"""The listener: a server says its name to this computer, and every name is shown as it is announced."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from msgspec import to_builtins
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from helodoctor import steps
from helodoctor.model import HeloDoctorError, InputProblem, Target
from helodoctor.network.listener import Greeting
from helodoctor.network.own import own_address
from helodoctor.words.listening import pointing_lines
from helodoctor.words.problems import problem
from helodoctor_gui import tasks
from helodoctor_gui.language import tr, words
from helodoctor_gui.pages.proving import LISTENER_PORT
from helodoctor_gui.widgets.check import Radio
from helodoctor_gui.widgets.command import CommandBox
from helodoctor_gui.widgets.dialog import SideDialog
from helodoctor_gui.widgets.layouts import Card, column, empty, place, row
from helodoctor_gui.widgets.text import Text

_MOST_SHOWN = 50
_PAUSE = 0.15  # seconds
_HERE, _EVERYWHERE = "127.0.0.1", "0.0.0.0"


class Listening(SideDialog):
    """``heard`` brings greetings as they come in; it listens from the click on the button until it is closed."""

    heard = Signal(object)

    def __init__(self, system: str | None, parent: QWidget) -> None:
        super().__init__(tr("The listener"), parent)
        self._system = system
        self._task: tasks.Task | None = None
        self.open_at: Target | None = None
        self.here, self.network = Radio(tr("Only programs on this computer")), Radio()
        self.network.setText(tr("Other computers too, such as my mail server"))
        self.here.setChecked(True)
        self.start = QPushButton()
        self._risk, self._state = Text("", "secondary"), Text("", "strong", selectable=True)
        self._steps, self.names = column(spacing=8), Text("", "strong", selectable=True)
        self._card = Card("open", column(self.names, margins=(14, 10, 14, 10)))
        self._card.hide()
        self._said: list[str] = []
        self._build()
        self.start.clicked.connect(self._start_or_stop)
        self.network.toggled.connect(self._show_risk)
        self.finished.connect(self._stop)
        self._show_risk()
        self._say()

    def _build(self) -> None:
        starting = row(self.start)
        starting.addStretch(1)
        told = tr(
            "A small mail server on this computer notes each name it is told. It takes no mail and keeps no login: "
            "your server keeps the mail and tries again later."
        )
        question = Text(tr("Who may reach it?"), "strong")
        for control in (self.here, self.network, self.start):
            control.setAccessibleDescription(question.text())
        inside = column(
            Text(tr("Let your server say its name"), "lead"), Text(told, "secondary"),
            question, self.here, self.network, self._risk, starting,
            self._state, self._steps, self._card,
            spacing=10, margins=(24, 20, 24, 8),
        )  # fmt: skip
        inside.addStretch(1)
        self.fill(inside)

    def _show_risk(self) -> None:
        told = tr("Port {port} of this computer is then open to them until this window is closed.", port=LISTENER_PORT)
        self._risk.say(told)
        self._risk.setVisible(self.network.isChecked())

    def _say(self, state: str = "", tone: str = "") -> None:
        self.start.setText(tr("Stop listening") if self._task else tr("Start listening"))
        for choice in (self.here, self.network):
            choice.setEnabled(self._task is None)
        self._state.set_tone(tone)
        self._state.say(state)
        self._state.setVisible(bool(state))

    def _start_or_stop(self) -> None:
        empty(self._steps)
        if self._task is not None:
            self._stop()
            self._say()
            return
        self._task = tasks.start(_attend, _EVERYWHERE if self.network.isChecked() else _HERE)
        self._task.told.connect(self._told)
        self._task.failed.connect(self._failed)
        self._say()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _failed(self, fault: object) -> None:
        self._task = None
        self._say(problem(words(), fault) if isinstance(fault, HeloDoctorError) else str(fault), "caution")

    def _told(self, news: Target | tuple[Greeting, ...]) -> None:
        """It is open, or names were announced; the newest is shown on top."""
        if isinstance(news, Target):
            self._opened(news)
            return
        self._said = [*(_sentence(greeting) for greeting in reversed(news[-_MOST_SHOWN:])), *self._said][:_MOST_SHOWN]
        self.names.say("\n".join(self._said))
        self._card.show()
        self._look_at(self._card)
        self.heard.emit(news)

    def _opened(self, target: Target) -> None:
        self.open_at = target
        if target.host == _EVERYWHERE:
            target = Target(host=own_address(), port=target.port)
        self._say(tr("Listening on {host}, port {port}.", host=target.host, port=target.port))
        last: QWidget = self.start
        for sentence, text in pointing_lines(words(), steps.pointing(self._system, target), target):
            place(self._steps, Text(sentence))
            if text:
                box = CommandBox(text, sentence)
                place(self._steps, box)
                QWidget.setTabOrder(last, box.copy)  # a new button would come last
                last = box.copy
        self._look_at(self._state)

    def _look_at(self, widget: QWidget) -> None:
        """What has just come is in view, once it has found its place."""
        scroll = self.findChild(QScrollArea)
        QTimer.singleShot(0, widget, lambda: scroll.ensureWidgetVisible(widget, 0, scroll.height() // 2))


def _sentence(greeting: Greeting) -> str:
    part = "heard-tls" if greeting.tls else "heard"
    values = {**to_builtins(greeting), "name": greeting.name[:255]}
    return words().sentence("trials", "listen", part, **values)


async def _attend(host: str, tell: Callable[[object], None]) -> None:
    """At the usual port, or, where that is taken, at any that is free.

    Names are told some at a time: a flood of them must not keep the window busy.
    """
    heard: list[Greeting] = []

    def note(greeting: Greeting) -> None:
        if not heard:
            asyncio.get_running_loop().call_later(_PAUSE, flush)
        heard.append(greeting)

    def flush() -> None:
        tell(tuple(heard))
        heard.clear()

    try:
        await steps.attend(tell, note, host=host, port=LISTENER_PORT)
    except InputProblem:
        await steps.attend(tell, note, host=host)
