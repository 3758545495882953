"""What changed in a case since it was sent, and the reply to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from helodoctor.casefile import CaseFile
from helodoctor.casefile.difference import difference
from helodoctor.journey import Page as Stop
from helodoctor.model import InputProblem
from helodoctor.model.session import SAID_BOUND
from helodoctor.report import changes
from helodoctor.words.changes import page as page_title
from helodoctor.words.forms import moment
from helodoctor.words.problems import problem
from helodoctor_gui.agent.texts import Lines
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.combo import Combo
from helodoctor_gui.widgets.layouts import Flow, column
from helodoctor_gui.widgets.text import Text, restyle


class Answering(QWidget):
    """``replied`` tells text and page (``None``: the whole case); ``compare`` asks for another file to compare with."""

    replied = Signal(str, object)
    compare = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._since = Text("", "strong")
        self.changed = Lines()
        self.other = QPushButton()
        self._label = Text("", "strong")
        self.page = Combo()
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.problem = Text("", "small")
        self.send = QPushButton()
        self.send.setProperty("filled", True)
        restyle(self.send)
        self._label.setBuddy(self.text)
        self.setLayout(
            column(
                self._since, self.changed, Flow(self.other), 6, self._label, self.text, self.page, self.problem,
                Flow(self.send), spacing=6, margins=(8, 8, 8, 8),
            )
        )  # fmt: skip
        self.layout().setStretchFactor(self.changed, 3)
        self.layout().setStretchFactor(self.text, 2)
        self.text.setMinimumHeight(self.fontMetrics().height() * 4)
        self.changed.setMinimumHeight(self.fontMetrics().height() * 7)
        self.send.clicked.connect(self._reply)
        self.other.clicked.connect(self.compare)

    def reword(self) -> None:
        """Everything that does not depend on a case, in the language in force."""
        self.other.setText(tr("Compare with another file…"))
        self.other.setAccessibleDescription(tr("Shows what changed from that file to this case"))
        self._label.say(tr("Your reply"))
        self.text.setAccessibleName(tr("Your reply"))
        self.send.setText(tr("Save with the reply…"))
        for control in (self.send, self.text, self.page):
            told = tr("Writes a file to send back; the reply stands beside its page there")
            control.setAccessibleDescription(told)
        chosen = self.page.currentData()
        self.page.clear()
        self.page.addItem(tr("To the whole case"), None)
        for stop in Stop:
            self.page.addItem(page_title(words(), stop.value), stop.value)
        self.page.setCurrentIndex(max(0, self.page.findData(chosen)))
        self.page.setAccessibleName(tr("The page the reply is about"))

    def show_changes(self, before: CaseFile | None, now: CaseFile | None) -> None:
        """What changed from ``before`` to ``now``; without ``before`` only the way to choose one."""
        self.setEnabled(now is not None)
        rows = changes.rows(difference(before, now), words()) if before and now else []
        titles = (tr("Page"), tr("What"), tr("Before"), tr("Now"))
        self.changed.show_rows(titles, [(row.page, row.what, row.before, row.after) for row in rows])
        if before is None:
            self._since.say(tr("This case was not sent from here, so nothing is known to compare it with."))
        elif not rows:
            self._since.say(words().sentence("changes", "tell", "none"))
        else:
            self._since.say(tr("What changed since {time}", time=moment(words(), before.saved)))
        self.changed.setVisible(bool(rows))
        self.changed.setAccessibleName(self._since.text())

    def _reply(self) -> None:
        text = self.text.toPlainText().strip()
        self.problem.say("")
        if not text:
            self.problem.say(tr("There is no reply yet. Write one first."))
            self.text.setFocus()
        elif len(text) > SAID_BOUND:
            fault = InputProblem("text-too-long", bound=str(SAID_BOUND))
            self.problem.say(problem(words(), fault))
            self.text.setFocus()
        else:
            self.replied.emit(text, self.page.currentData())
