"""Page 1, "What came back?": paste, drop or open the bounce; it is read quietly along the way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from helodoctor_gui.icons import Icon
from helodoctor_gui.language import tr
from helodoctor_gui.pages.page import Page
from helodoctor_gui.widgets.layouts import Flow, row
from helodoctor_gui.widgets.pastebox import BOUND, PasteBox
from helodoctor_gui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from helodoctor.model import Case
    from helodoctor_gui.documents import Document
    from helodoctor_gui.dragged import Message
    from helodoctor_gui.tasks import Task
    from helodoctor_gui.wizard import Frame

_PAUSE_MS = 400
_OFFER_BOUND = 200_000


class PastePage(Page):
    """The box keeps whatever was put in; reading happens beside it, never in it."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._document: Document | None = None
        self._sample: str | None = None
        self._read: tuple[int, Case] | None = None
        self._reading: Task | None = None
        self._wants_on = False
        self._known: Case | None = None  # of a text that is on its way into the box
        self.box = PasteBox()
        self._so_far = Text("", "secondary")
        self._open, self._paste, self._samples = QPushButton(), QPushButton(), QPushButton()
        self.content.addWidget(self.box, 1)
        self.content.addLayout(row(Icon("info", "accent", 0.95), self._so_far, spacing=10))
        self.content.addLayout(Flow(self._open, self._paste, self._samples))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._read_quietly)
        self.box.textChanged.connect(self._edited)
        self.box.dropped.connect(self.open_file)
        self.box.filled.connect(self._arrived)
        self.box.handed.connect(self.take_message)
        self.box.picture.connect(self._explain_picture)
        self._open.clicked.connect(self._choose_file)
        self._paste.clicked.connect(self._paste_clipboard)
        self._samples.clicked.connect(self._offer_samples)

    def render(self) -> None:
        """Texts only; the box belongs to the user."""
        self.head(
            tr("What came back?"),
            tr(
                "Paste the whole message you got when your mail was refused, or drop the file here. "
                "A log line or a screenful from the program is fine too."
            ),
        )
        self.box.setAccessibleName(tr("The message that came back"))
        self.box.setAccessibleDescription(self.accessibleDescription())
        self._open.setText(tr("Open a file…"))
        self._paste.setText(tr("Paste from clipboard"))
        for button in (self._open, self._paste):
            button.setAccessibleDescription(self.accessibleDescription())
        self._samples.setText(tr("Try a sample"))
        self._samples.setAccessibleDescription(tr("Fills the box with a made-up bounce to look around with"))
        self._show_so_far()

    def next_label(self) -> str:
        """Named for what it does."""
        return tr("Read it")

    def first_focus(self) -> QWidget:
        """The box."""
        return self.box

    def help_text(self) -> str:
        """What to paste, and that it stays here."""
        return tr(
            "When a mail is refused, your mail program or your server gets a message about it: the bounce. "
            "Copy all of it, with the technical part, and paste it here. A line from the mail server’s log or the text "
            "of an error window works too. The text is read on this computer and goes nowhere."
        )

    def begin(self, case: Case) -> None:
        """Show another case; its text is read already, and pressing on keeps its answers."""
        self.clear_problem()
        self.set_busy(None)
        self._pause.stop()
        self._wants_on, self._reading = False, None
        self._read, self._known = None, case if case.bounce else None
        self.box.replace(case.bounce.text if case.bounce else "")
        self._document, self._sample = None, case.sample

    # Getting a text in

    def open_file(self, path: Path) -> None:
        """Read a file beside the window's own work and put its text into the box; a saved case opens as a case."""
        from helodoctor.casefile.store import SUFFIX
        from helodoctor_gui import documents, tasks

        if path.suffix.lower() == SUFFIX:
            self.frame.open_file(path)
            return
        self.clear_problem()
        self._known = None
        self.set_busy(tr("Reading {file} …", file=path.name))
        self._follow(tasks.call(documents.load, path))

    def _follow(self, task: Task) -> None:
        task.done.connect(self._opened)
        task.failed.connect(self.show_fault)
        task.ended.connect(lambda: self.set_busy(None))

    def take_message(self, message: Message | None) -> None:
        """A message dragged out of a mail program; from a mere link nothing can be read."""
        from helodoctor_gui import documents, tasks

        self.clear_problem()
        if message is None:
            self._show_input_problem("message-not-handed-over")
            return
        self._known = None
        self.set_busy(tr("Reading {file} …", file=message.name))
        self._follow(tasks.call(documents.read, message.name, message.data))

    def _explain_picture(self) -> None:
        self._show_input_problem("picture-no-text")

    def _show_input_problem(self, problem: str) -> None:
        from helodoctor.model import InputProblem

        self.show_fault(InputProblem(problem))

    def _opened(self, document: Document) -> None:
        self.box.replace(document.text)
        self._document, self._sample = document, None

    def _choose_file(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self, tr("Open the message that came back"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _paste_clipboard(self) -> None:
        self._known = None
        self.box.setFocus()
        source = QApplication.clipboard().mimeData()
        if source is not None and self.box.canInsertFromMimeData(source):
            self.box.insertFromMimeData(source)
        else:
            self.show_problem(tr("The clipboard holds no text. Copy the message, then press this button again."), None)

    def samples_menu(self) -> QMenu:
        """The samples by their titles, in the language in force."""
        from PySide6.QtWidgets import QMenu

        from helodoctor_gui import samples

        menu = QMenu(self._samples)
        menu.aboutToHide.connect(menu.deleteLater)
        for sample in samples.ORDER:
            menu.addAction(samples.title(sample), lambda sample=sample: self._take_sample(sample))
        return menu

    def _offer_samples(self) -> None:
        self.samples_menu().popup(self._samples.mapToGlobal(self._samples.rect().bottomLeft()))

    def _take_sample(self, sample: str) -> None:
        from helodoctor_gui import samples

        self.clear_problem()
        self._known = None
        self.box.replace(samples.text(sample))
        self._document, self._sample = None, sample
        self.box.setFocus()

    # Reading along

    def warm_up(self) -> None:
        """While the user looks for the bounce: load what reading needs, and see what the clipboard holds."""
        from helodoctor_gui import tasks

        clipboard = QApplication.clipboard().text()
        task = tasks.call(_look_at, clipboard if len(clipboard) <= _OFFER_BOUND else "")
        task.done.connect(self._offer)

    def _offer(self, holds_bounce: bool) -> None:
        if holds_bounce and self.box.document().isEmpty():
            self._so_far.say(tr("The clipboard holds a bounce. “{button}” takes it.", button=self._paste.text()))

    def _edited(self) -> None:
        self._document = None
        if self.box.document().isEmpty():
            self._sample = None
        if self.problem:
            self.clear_problem()
        self._pause.start()

    def _arrived(self) -> None:
        if self._known is not None and not self.box.filling:
            self._read, self._known = (self.box.document().revision(), self._known), None
        self._pause.start(0)

    def _read_quietly(self) -> None:
        if self._read is not None and self._read[0] == self.box.document().revision():
            self._show_so_far()
            return
        if self.box.filling or self.box.document().isEmpty():
            self._read = None
            self._show_so_far()
            return
        self._begin_reading()

    def _begin_reading(self) -> None:
        from helodoctor import steps
        from helodoctor_gui import tasks

        if self._reading is not None:
            self._reading.cancel()
        revision = self.box.document().revision()
        given = self._document.data if self._document else self.box.toPlainText()
        self._reading = task = tasks.call(steps.read, self.frame.case, given, self._sample)
        task.done.connect(lambda case: self._have_read(revision, case))
        task.failed.connect(self._could_not_read)

    def _have_read(self, revision: int, case: Case) -> None:
        self._reading = None
        self._read = (revision, case)
        self._show_so_far()
        if self._wants_on:
            self._wants_on = False
            self.set_busy(None)
            self.frame.take(case)
            self.go_on()

    def _could_not_read(self, fault: BaseException) -> None:
        self._reading = None
        wanted, self._wants_on = self._wants_on, False
        self.set_busy(None)
        if wanted:
            self.show_fault(fault)

    def _show_so_far(self) -> None:
        if self._read is None:
            self._so_far.say(tr("Read so far: nothing. The text stays on this computer."))
            return
        from helodoctor_gui.samples import read_so_far

        self._so_far.say(read_so_far(self._read[1], cut=len(self.box.toPlainText()) >= BOUND))

    def commit(self) -> bool:
        """Take what was read along the way, or read it now."""
        if self._read is not None and self._read[0] == self.box.document().revision():
            self.frame.take(self._current(self._read[1]))
            return True
        self._pause.stop()
        self._wants_on = True
        self.set_busy(tr("Reading the text …"))
        self._begin_reading()
        return False

    def _current(self, read: Case) -> Case:
        """The case as it is now, when the text is still the one it was made from."""
        case = self.frame.case
        return case if case.bounce == read.bounce and case.sample == read.sample else read


def _look_at(clipboard: str) -> bool:
    """Off the GUI thread: is this a bounce? On the way everything is loaded that the next pages need."""
    from helodoctor import guides, steps
    from helodoctor.model import Case, InputProblem

    steps.assess("www")
    guides.systems()
    try:
        case = steps.read(Case(), clipboard or "220")
    except InputProblem:
        return False
    return any(diagnosis.report.refused for diagnosis in case.diagnoses)
