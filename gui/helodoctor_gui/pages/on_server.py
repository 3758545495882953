"""The same test run on the mail server itself: a script to copy there, and a box for what it printed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from helodoctor import steps
from helodoctor.model import Case, HeloDoctorError, TrialPlan
from helodoctor.report.script import as_script
from helodoctor.words.problems import problem
from helodoctor_gui.language import tr, words
from helodoctor_gui.theme import theme
from helodoctor_gui.widgets.check import Radio
from helodoctor_gui.widgets.command import CopyButton
from helodoctor_gui.widgets.dialog import SideDialog
from helodoctor_gui.widgets.layouts import Flow, column, row
from helodoctor_gui.widgets.pastebox import PasteBox
from helodoctor_gui.widgets.text import Text

_SCRIPT_LINES = 12


class OnServer(SideDialog):
    """``read`` brings the case with the trial that the pasted output shows."""

    read = Signal(object)

    def __init__(self, case: Case, plan: TrialPlan, parent: QWidget) -> None:
        super().__init__(tr("Test from the mail server"), parent)
        self._case, self._plan = case, plan
        self.sh, self.powershell = Radio(), Radio()
        self.sh.setText(tr("Linux, BSD or macOS (sh)"))
        self.powershell.setText(tr("Windows (PowerShell)"))
        self.sh.setChecked(True)
        self._script = QPlainTextEdit()
        self._script.setReadOnly(True)
        self._script.setTabChangesFocus(True)
        self._script.setFont(theme().wire_font())
        self._script.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._script.setFixedHeight(self._script.fontMetrics().height() * _SCRIPT_LINES)
        self._script.setAccessibleName(tr("The script"))
        self._copy = row()
        self.box = PasteBox()
        self.box.setAccessibleName(tr("What the script printed"))
        self.take = QPushButton(tr("Read what it printed"))
        self._problem = Text("", "strong", selectable=True)
        self._problem.set_tone("caution")
        self._problem.hide()
        self._build()
        self.sh.toggled.connect(self._show_script)
        self.take.clicked.connect(self._take)
        self._show_script()
        self._describe()

    def _build(self) -> None:
        reading = row(self.take)
        reading.addStretch(1)
        inside = column(
            Text(tr("Run the test on the mail server itself"), "lead"),
            Text(
                tr(
                    "Only a test that runs there comes from the address your mail comes from. The script says the same "
                    "words to the same server, stops before any mail is sent, and changes nothing."
                ),
                "secondary",
            ),
            Flow(self.sh, self.powershell),
            self._copy,
            self._script,
            Text(tr("Copy the script to the mail server, run it there, and paste here what it printed."), "strong"),
            self.box,
            self._problem,
            reading,
            spacing=10,
            margins=(24, 20, 24, 8),
        )
        self.fill(inside)

    def _describe(self) -> None:
        """Every control with a sentence of its own for a screen reader."""
        todo = tr("Copy the script to the mail server, run it there, and paste here what it printed.")
        for control in (self.sh, self.powershell, self._script, self.box, self.take):
            control.setAccessibleDescription(todo)

    def _show_script(self) -> None:
        text = as_script(self._plan, "sh" if self.sh.isChecked() else "powershell", words())
        self._script.setPlainText(text)
        while (item := self._copy.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().deleteLater()
        copy = CopyButton(text, tr("the script"), tr("Copy the script"))
        copy.setAccessibleDescription(self.windowTitle())
        self._copy.addWidget(copy)
        QWidget.setTabOrder(self.powershell, copy)  # a new button would come last
        self._copy.addStretch(1)

    def _take(self) -> None:
        try:
            case = steps.read_trial(self._case, self.box.toPlainText())
        except HeloDoctorError as fault:
            self._problem.say(problem(words(), fault))
            self._problem.show()
            self.box.setFocus()
            return
        self.read.emit(case)
        self.accept()
