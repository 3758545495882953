"""Page 3, "The name your server announces": pre-filled from the bounce where it shows it, else asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from helodoctor import steps
from helodoctor.model import Case
from helodoctor_gui import tasks
from helodoctor_gui.icons import Icon
from helodoctor_gui.language import tr
from helodoctor_gui.pages.finding import FindName
from helodoctor_gui.pages.page import Page
from helodoctor_gui.widgets.check import Check
from helodoctor_gui.widgets.layouts import Card, column, row
from helodoctor_gui.widgets.text import Text

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame

_NAME_BOUND = 4096  # far above the 255 octets of a name; what is too long is judged, not cut off


class NamePage(Page):
    """One field and one honest way out of it."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._shown_for: Case | None = None
        self._label = Text("", "strong")
        self.field = QLineEdit()
        self.field.setMaxLength(_NAME_BOUND)
        self._label.setBuddy(self.field)
        self._origin, self._example = Text("", "secondary"), Text("", "small")
        self.unknown = Check()
        self._then = Text("")
        self._then_more = Text("", "secondary")
        inside = row(
            Icon("info", "accent", 1.3), column(self._then, self._then_more, spacing=6),
            spacing=12, margins=(16, 14, 16, 14),
        )  # fmt: skip
        self._card = Card("info", inside)
        for widget in (self._label, self.field, self._example, self._origin):
            self.content.addWidget(widget)
        self.content.addSpacing(8)
        self.content.addWidget(self.unknown)
        self.content.addWidget(self._card)
        self.find = FindName()
        self.content.addSpacing(8)
        self.content.addWidget(self.find)
        self.content.addStretch(1)
        self.find.found.connect(self._found)
        self.find.failed.connect(self.show_fault)
        self.find.chosen.connect(self._take_name)
        self.unknown.toggled.connect(self._toggled)
        self.field.textEdited.connect(self._edited)

    def render(self) -> None:
        """Texts, and the answer so far; what the user typed stays."""
        case = self.frame.case
        if self._shown_for is None or self._shown_for.bounce != case.bounce or self._shown_for.chosen != case.chosen:
            self.field.setText(case.name or "")
            self.unknown.setChecked(case.name_unknown)
        self._shown_for = case
        self.head(
            tr("Which name does your server announce?"),
            tr("When your mail server delivers, it introduces itself to the other server with a name (HELO)."),
        )
        self._label.say(tr("The name it gives"))
        self.field.setAccessibleName(self._label.text())
        self.field.setAccessibleDescription(self.accessibleDescription())
        self._example.say(tr("for example mail.yourcompany.example"))
        self.unknown.setText(tr("I don’t know the name"))
        self.unknown.setAccessibleDescription(tr("That is fine. The steps will begin with finding it out."))
        self._then.say(tr("That is fine. The steps will begin with finding it out."))
        self._then_more.say(
            tr(
                "Often it stands in the technical part of the bounce, after “helo=”, “HELO” or “EHLO”, or in the first "
                "Received line of a mail your server sent: the word right after “from”."
            )
        )
        self.find.render(case)
        self._show_origin()
        self._show_unknown()

    def _found(self, case: Case) -> None:
        """Candidates came in; of this computer there may be none."""
        self.clear_problem()
        if not case.candidates:
            self.show_problem(tr("No mail system was found on this computer, and no name in what could be read."))
            return
        self.frame.take(case)
        self._shown_for = case
        self.find.render(case)
        self.frame.announce(tr("Names were found. They are listed on the page."))
        self.settle()

    def _take_name(self, name: str) -> None:
        self.unknown.setChecked(False)
        self.field.setText(name[:_NAME_BOUND])
        self._edited()
        self.field.setFocus()

    def _show_origin(self) -> None:
        self._example.setVisible(not self.field.text().strip())
        case = self.frame.case
        found = case.diagnosis.helo_name or case.diagnosis.report.helo_name if case.diagnosis else None
        if found and self.field.text().strip() == found:
            self._origin.say(tr("Taken from the text you pasted. Change it if your server says another name."))
        elif found:
            self._origin.say(tr("Typed by you. The text you pasted shows “{name}”.", name=found[:255]))
        else:
            self._origin.say(tr("The text you pasted does not show the name. It is a setting of your mail server."))

    def _show_unknown(self) -> None:
        unknown = self.unknown.isChecked()
        self.field.setEnabled(not unknown)
        self._card.setVisible(unknown)
        self.find.ask(unknown)

    def _toggled(self) -> None:
        self.clear_problem()
        self._show_unknown()
        self.changed.emit()

    def _edited(self) -> None:
        self.clear_problem()
        self._show_origin()

    def next_label(self) -> str:
        """Named for what it does."""
        return tr("Show the steps") if self.unknown.isChecked() else tr("Check the name")

    def first_focus(self) -> QWidget:
        """The field."""
        return self.unknown if self.unknown.isChecked() else self.field

    def help_text(self) -> str:
        """Where the name comes from."""
        return tr(
            "Mail servers greet each other before a mail is handed over. The one that delivers says its name first. "
            "This is not your mail address and not the greeting that visitors of your server see. It is a setting of "
            "the server or program that sends. If you do not know it, say so; the steps then begin with finding it out."
        )

    def commit(self) -> bool:
        """Take the answer and judge the name beside the window's own work."""
        if self.unknown.isChecked():
            self.frame.take(steps.announce(self.frame.case, None))
            return True
        name = self.field.text().strip()
        if not name:
            self.show_problem(tr("Type the name your server gives, or choose “I don’t know the name”."), self.field)
            return False
        case = steps.announce(self.frame.case, name)
        if case.judgement is not None:
            self.frame.take(case)
            return True
        self.set_busy(tr("Checking the name …"))
        task = tasks.call(steps.judge, case)
        task.ended.connect(lambda: self.set_busy(None))
        task.done.connect(self._judged)
        task.failed.connect(self.show_fault)
        return False

    def _judged(self, case: Case) -> None:
        self.set_busy(None)
        self.frame.take(case)
        self.go_on()
