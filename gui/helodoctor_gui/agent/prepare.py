"""Preparing a session: what the helpdesk sets up for one user, saved as a file to send."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from helodoctor import guides, steps
from helodoctor.casefile import new_file
from helodoctor.casefile.sent import send
from helodoctor.casefile.store import SUFFIX
from helodoctor.journey import Page as Stop
from helodoctor.model import HeloDoctorError, InputProblem, OwnLetter, PageNote, Session
from helodoctor.model.session import LABEL_BOUND, SAID_BOUND
from helodoctor.network.target import parse
from helodoctor.organisation import profile
from helodoctor.words import guides as sentences
from helodoctor.words.problems import problem
from helodoctor_gui import spine
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.check import Check
from helodoctor_gui.widgets.combo import Combo
from helodoctor_gui.widgets.dialog import SideDialog
from helodoctor_gui.widgets.layouts import Card, column, row
from helodoctor_gui.widgets.text import Text, restyle

_KEPT = {"helpdesk": "agent/helpdesk", "contact": "agent/contact"}
_LETTERS = 3


class PrepareDialog(SideDialog):
    """``saved`` tells where the prepared case was written."""

    saved = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Prepare a session"), parent)
        self.fields = {key: QLineEdit() for key in ("helpdesk", "contact", "target", "recipient", "name")}
        self.system = Combo()
        self.pages = {stop: Check(spine.title(stop)) for stop in Stop}
        self.notes = {stop: _text() for stop in Stop}
        self.letters = [(QLineEdit(), _text()) for _ in range(_LETTERS)]
        self.problem = Text("", "strong")
        self.problem.hide()
        self.save = QPushButton(tr("Save the session…"))
        self.save.setProperty("filled", True)
        restyle(self.save)
        self._prefill()
        inside = column(spacing=6, margins=(24, 20, 24, 8))
        self._lay_out(inside)
        self.fill(inside, self.save)
        self.save.setDefault(True)  # Enter in a field saves; it must not close
        self.save.clicked.connect(self._choose_file)
        self.fields["helpdesk"].setFocus()

    def _prefill(self) -> None:
        told = profile()
        for key, usual in (("helpdesk", told.helpdesk), ("contact", told.contact)):
            self.fields[key].setText(usual or str(QSettings().value(_KEPT[key]) or ""))
        self.fields["target"].setText(told.target or "")
        for field in self.fields.values():
            field.setMaxLength(LABEL_BOUND)
        known = [system.id for system in guides.systems() if system.has_guide]
        titled = [(sentences.system_title(words(), system), system) for system in known]
        self.system.addItem(tr("Not known yet"), None)
        for title, system in sorted(titled, key=lambda one: one[0].casefold()):
            self.system.addItem(title, system)
        for stop, check in self.pages.items():
            check.setChecked(True)
            check.setEnabled(stop not in (Stop.PASTE, Stop.HAPPENED, Stop.FIX))

    def _lay_out(self, inside: QVBoxLayout) -> None:
        inside.addWidget(Text(tr("What should the user find when the file is opened?"), "lead"))
        inside.addWidget(Text(tr("All of it may stay empty. The pages propose what stands here."), "secondary"))
        for key, title in _titles().items():
            self._labelled(inside, title, self.fields[key])
        self._labelled(inside, tr("What sends the mail"), self.system)
        inside.addSpacing(8)
        inside.addWidget(Text(tr("Pages to walk through, and a note for each"), "strong"))
        for stop in Stop:
            note = self.notes[stop]
            note.setAccessibleName(tr("Note for page {number}, {title}", number=stop.number, title=spine.title(stop)))
            inside.addWidget(_card(self.pages[stop], note))
        inside.addSpacing(8)
        inside.addWidget(Text(tr("Letters in your own words"), "strong"))
        for number, (subject, body) in enumerate(self.letters, 1):
            subject.setMaxLength(LABEL_BOUND)
            subject.setAccessibleName(tr("Subject of letter {number}", number=number))
            subject.setPlaceholderText(subject.accessibleName())
            body.setAccessibleName(tr("Text of letter {number}", number=number))
            inside.addWidget(_card(subject, body))
        inside.addLayout(row(self.problem))

    def _labelled(self, inside: QVBoxLayout, title: str, field: QWidget) -> None:
        label = Text(title, "small")
        label.setBuddy(field)
        field.setAccessibleName(title)
        inside.addWidget(label)
        inside.addWidget(field)

    def session(self) -> Session:
        """What stands in the fields.

        Raises:
            InputProblem: the server is none, or a text is longer than there is room for.
        """
        said = {key: field.text().strip() for key, field in self.fields.items()}
        pages = tuple(stop.value for stop, check in self.pages.items() if check.isChecked())
        notes = tuple(
            PageNote(page=stop.value, text=_said(edit)) for stop, edit in self.notes.items() if _said(edit)
        )  # fmt: skip
        letters = tuple(
            OwnLetter(subject=subject.text().strip(), body=_said(body))
            for subject, body in self.letters
            if subject.text().strip() or _said(body)
        )
        return Session(
            helpdesk=said["helpdesk"],
            contact=said["contact"],
            target=parse(said["target"]) if said["target"] else None,
            recipient=said["recipient"] or None,
            name=said["name"] or None,
            system=self.system.currentData(),
            pages=() if len(pages) == len(Stop) else pages,
            notes=notes,
            letters=letters,
        )

    def _tell(self, fault: HeloDoctorError) -> None:
        self.problem.say(problem(words(), fault))
        self.problem.show()

    def _choose_file(self) -> None:
        try:
            self.session()
        except HeloDoctorError as fault:
            self._tell(fault)
            return
        dialog = QFileDialog(self, tr("Save the session"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{tr('Saved cases')} (*{SUFFIX})"])
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, path: Path) -> None:
        """Write the prepared case to ``path``, and remember whose helpdesk this is."""
        try:
            send(new_file(steps.prepared(self.session())), path)
        except HeloDoctorError as fault:
            self._tell(fault)
            return
        for key, kept in _KEPT.items():
            QSettings().setValue(kept, self.fields[key].text().strip())
        self.saved.emit(str(path))
        self.accept()


def _titles() -> dict[str, str]:
    return {
        "helpdesk": tr("Your helpdesk’s name"),
        "contact": tr("How to reach it"),
        "target": tr("The server to try"),
        "recipient": tr("The recipient to try it with"),
        "name": tr("The name the server should announce"),
    }


def _card(*widgets: QWidget) -> Card:
    return Card("plain", column(*widgets, spacing=4, margins=(12, 8, 12, 10)))


def _text() -> QPlainTextEdit:
    edit = QPlainTextEdit()
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(round(edit.fontMetrics().height() * 3.4))
    return edit


def _said(edit: QPlainTextEdit) -> str:
    """What was typed.

    Raises:
        InputProblem: it is longer than there is room for.
    """
    text = edit.toPlainText().strip()
    if len(text) > SAID_BOUND:
        raise InputProblem("text-too-long", bound=str(SAID_BOUND))
    return text
