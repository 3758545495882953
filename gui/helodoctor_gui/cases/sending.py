"""Before anything leaves: a dialog that shows exactly what goes out; its form and its masks are chosen there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QLayout, QPlainTextEdit, QPushButton, QWidget

from helodoctor.casefile import CaseFile
from helodoctor.casefile.private import Kind
from helodoctor.casefile.profile import always_masked
from helodoctor.casefile.store import write
from helodoctor.model import HeloDoctorError
from helodoctor.words.catalogue import languages
from helodoctor.words.problems import problem
from helodoctor_gui import tasks
from helodoctor_gui.cases import outgoing
from helodoctor_gui.cases.opening import cases_of
from helodoctor_gui.cases.outgoing import ENDINGS, READABLE, Form, Outgoing, Wish
from helodoctor_gui.language import tr, trn, words
from helodoctor_gui.looking import own_name
from helodoctor_gui.theme import theme
from helodoctor_gui.widgets.check import Check
from helodoctor_gui.widgets.combo import Combo
from helodoctor_gui.widgets.dialog import SideDialog
from helodoctor_gui.widgets.layouts import Flow, column
from helodoctor_gui.widgets.text import Text, restyle

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame

_LINES = 14
_PAUSE_MS = 60


def report(frame: Frame) -> None:
    """Open the dialog for the case of ``frame``."""
    Sending(cases_of(frame).keeper.current(), frame).open()


class Sending(SideDialog):
    """``shown`` tells that the preview is what the choices ask for."""

    shown = Signal()

    def __init__(self, file: CaseFile, parent: QWidget) -> None:
        super().__init__(tr("Report"), parent)
        self._file = file
        self.made: Outgoing | None = None
        self._task: tasks.Task | None = None
        self.form, self.length, self.language = Combo(), Combo(), Combo()
        self.masks = {kind: Check() for kind in Kind}
        self._fill_choices()
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setFont(theme().wire_font())
        self.preview.setMinimumHeight(self.preview.fontMetrics().height() * _LINES)
        self.told = Text("", "small")
        self.copy, self.save = QPushButton(tr("Copy")), QPushButton(tr("Save…"))
        self.save.setProperty("filled", True)
        restyle(self.save)
        self.fill(self._laid_out(), self.copy, self.save)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._make)
        for box in (self.form, self.length, self.language):
            box.currentIndexChanged.connect(self._changed)
        for check in self.masks.values():
            check.toggled.connect(self._changed)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._choose_file)
        self._changed()

    def _fill_choices(self) -> None:
        for form, title in form_titles().items():
            self.form.addItem(title, form)
        self.length.addItem(tr("In full"), userData="full")
        self.length.addItem(tr("In short"), userData="short")
        for code in languages():
            self.language.addItem(own_name(code), code)
        self.language.setCurrentIndex(self.language.findData(words().language))
        for kind, title in mask_titles().items():
            self.masks[kind].setText(title)
            self.masks[kind].setChecked(True)
            self.masks[kind].setEnabled(kind not in always_masked())

    def _laid_out(self) -> QLayout:
        choices = Flow(fill=True)
        for title, box in (
            (tr("Form"), self.form), (tr("Length"), self.length), (tr("Language of the reader"), self.language),
        ):  # fmt: skip
            label, place = Text(title, "small"), QWidget()
            label.setBuddy(box)
            box.setAccessibleName(title)
            place.setLayout(column(label, box, spacing=4))
            choices.addWidget(place)
        hidden = Text(tr("Leave out"), "strong")
        self.shown_title = Text(tr("This goes out, letter for letter"), "strong")
        self.preview.setAccessibleName(self.shown_title.text())
        return column(
            Text(tr("What do you want to hand on?"), "lead"),
            Text(tr("Nothing is sent from here. Copy it or save it, and send it yourself."), "secondary"),
            choices, 4, hidden, Flow(*self.masks.values()), 4, self.shown_title, self.preview, self.told,
            spacing=8, margins=(24, 20, 24, 8),
        )  # fmt: skip

    @property
    def wish(self) -> Wish:
        """What the choices ask for."""
        masks = frozenset(kind for kind, check in self.masks.items() if check.isChecked())
        return Wish(
            form=self.form.currentData(),
            length=self.length.currentData(),
            language=self.language.currentData(),
            masks=masks,
        )

    def _changed(self) -> None:
        """Nothing may be copied or saved until the preview shows it."""
        form: Form = self.form.currentData()
        self.length.setEnabled(form in READABLE)
        self.language.setEnabled(form != "helocase")
        self.copy.setEnabled(False)
        self.save.setEnabled(False)
        self._pause.start()

    def _make(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self.told.say(tr("Preparing what goes out …"))
        self._task = task = tasks.call(outgoing.make, self._file, self.wish)
        task.done.connect(self._show)
        task.failed.connect(self._tell)

    def _show(self, made: Outgoing) -> None:
        self.made = made
        pdf = made.wish.form == "pdf"
        self.shown_title.say(tr("This is printed") if pdf else tr("This goes out, letter for letter"))
        with QSignalBlocker(self.preview):
            self.preview.setPlainText(made.text)
        count = made.masked
        self.told.say(
            trn("{count} piece was masked.", "{count} pieces were masked.", count)
            + " "
            + tr("Passwords and keys are never part of a case. Read it through before you send it.")
        )
        self.copy.setEnabled(not pdf)
        self.save.setEnabled(True)
        self.shown.emit()

    def _tell(self, fault: BaseException) -> None:
        if not isinstance(fault, HeloDoctorError):
            raise fault
        self.told.say(problem(words(), fault))
        self.save.setEnabled(self.made is not None)

    def _copy(self) -> None:
        if self.made is not None:
            QApplication.clipboard().setText(self.made.text)
            self.told.say(tr("The report is on the clipboard."))

    def _choose_file(self) -> None:
        if self.made is None:
            return
        ending = ENDINGS[self.made.wish.form]
        dialog = QFileDialog(self, tr("Save the report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{form_titles()[self.made.wish.form]} (*{ending})"])
        dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, path: Path) -> None:
        """Write what the preview shows to ``path``."""
        if self.made is None:
            return
        task = tasks.call(write, path, self._bytes(self.made))
        task.done.connect(lambda _nothing: self.told.say(tr("Saved as {path}.", path=path)))
        task.failed.connect(self._tell)

    def _bytes(self, made: Outgoing) -> bytes:
        if made.wish.form != "pdf":
            return made.text.encode("utf-8", "replace")
        from helodoctor_gui.cases.pdf import as_pdf

        return as_pdf(outgoing.page(made, self._file))


def form_titles() -> dict[Form, str]:
    """What can be handed on, the usual first."""
    return {
        "text": tr("Text"),
        "md": "Markdown",
        "html": tr("Web page"),
        "pdf": "PDF",
        "json": "JSON",
        "helocase": tr("Case file for the helpdesk"),
    }


def mask_titles() -> dict[Kind, str]:
    """What can be left out."""
    return {
        Kind.MAILBOX: tr("Names of mailboxes"),
        Kind.SUBJECT: tr("Subjects"),
        Kind.TEXT: tr("Text of the message"),
        Kind.INTERNAL: tr("Internal names and addresses"),
    }
