"""What every page is: a heading, one grey sentence, content that scrolls, and a place for a problem or a wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QWidget, QWizardPage

from helodoctor.folders import has_profile
from helodoctor_gui import language
from helodoctor_gui.widgets.layouts import Flow, column, empty, hairline, place, row
from helodoctor_gui.widgets.text import Text, restyle

if TYPE_CHECKING:
    from helodoctor_gui.widgets.note import Notes
    from helodoctor_gui.widgets.notices import Notice, Wait
    from helodoctor_gui.wizard import Frame


class Action(NamedTuple):
    """One thing this page offers besides going on; a button at the left of the bar."""

    label: str
    act: Callable[[], object]
    spoken: str = ""


class Page(QWizardPage):
    """A page shows ``frame.case`` and collects one answer.

    It exposes ``complete``, ``busy`` and ``problem`` and one signal, ``changed``; the frame decides about the buttons.
    """

    changed = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.complete = True
        self._passed = False
        self._marked: QWidget | None = None
        self._heading, self._subtitle = Text("", "heading"), Text("", "subtitle")
        self._notice: Notice | None = None  # made when there is something to say: most pages never have a problem
        self._notice_place = column(margins=(0, 0, 0, 12))
        self._wait: Wait | None = None
        self._wait_place = column()
        self._notes: Notes | None = None
        self._own_actions = Flow()
        self.content = column(spacing=10)
        whole = column(
            self._heading, 6, self._subtitle, 16, self._notice_place, self.content, self._wait_place,
            8, self._own_actions,
            spacing=0, margins=(40, 34, 40, 16),
        )  # fmt: skip
        whole.setStretchFactor(self.content, 1)
        body = QWidget()
        body.setObjectName("body")
        body.setLayout(whole)
        self._whole = whole
        self.scroll = QScrollArea()
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setWidgetResizable(True)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll.setWidget(body)
        self._line = hairline()
        self._foot = row(self._line)
        self.setLayout(column(self.scroll, self._foot, spacing=0))
        self.changed.connect(self.completeChanged)
        self._side = 40
        self.scroll.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._align())

    # What the frame asks a page.

    @property
    def busy(self) -> str | None:
        """What is awaited, in one line; ``None`` when nothing is."""
        return self._wait.sentence if self._wait else None

    @property
    def problem(self) -> str | None:
        """The one sentence that keeps this page from going on."""
        return self._notice.sentence if self._notice else None

    def isComplete(self) -> bool:
        """The way on is open except while something runs; what is missing is said when it is taken."""
        return self.complete and self.busy is None

    def validatePage(self) -> bool:
        """Do what the filled button says, and go on when that is done."""
        if self._passed:
            self._passed = False
            return True
        from helodoctor.model import HeloDoctorError

        self.clear_problem()
        try:
            return self.commit()
        except HeloDoctorError as fault:
            self.show_fault(fault)
            return False

    def commit(self) -> bool:
        """Carry out what the filled button names; ``False`` when it goes on later (:meth:`go_on`) or not at all."""
        return True

    def next_label(self) -> str:
        """What the filled button does, in the language in force."""
        raise NotImplementedError

    def actions(self) -> list[Action]:
        """The page's own buttons in the bar, two at most."""
        return []

    def render(self) -> None:
        """Show the case in the language in force; called on entering and when language or look change."""
        raise NotImplementedError

    def spoken(self) -> str:
        """What a screen reader hears beside the filled button: the heading, and the answer where the page shows one."""
        card = getattr(self, "card", None)
        answer = card.accessibleName() if isinstance(card, QWidget) and card.isVisibleTo(self) else ""
        return f"{self.accessibleName()}. {answer}" if answer else self.accessibleName()

    def first_focus(self) -> QWidget | None:
        """Where the keyboard starts; ``None`` leaves it to the filled button."""
        return None

    def help_text(self) -> str:
        """What this page is, in a few sentences."""
        raise NotImplementedError

    # What a page does.

    def head(self, heading: str, subtitle: str) -> None:
        """Set the heading (a question, or the answer itself) and the grey sentence under it."""
        self._heading.say(heading)
        self._subtitle.say(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self.setAccessibleName(heading)
        self.setAccessibleDescription(subtitle)
        if self.frame.currentPage() is self:
            self.frame.retitle()
        self._show_notes()

    def _show_notes(self) -> None:
        """What the helpdesk says here, where there is one that says something."""
        known = self.frame.known
        if self._notes is None and not has_profile() and (known is None or known.session is None):
            return
        from helodoctor.organisation import profile

        if self._notes is None:
            from helodoctor_gui.widgets.note import Notes

            self._notes = Notes()
            self._whole.insertLayout(self._whole.indexOf(self._notice_place), self._notes)
        if self.frame.page(self.frame.stop.number) is self:
            self._notes.show_notes(self.frame.stop.value, self.frame.case, profile())

    def set_busy(self, sentence: str | None) -> None:
        """Say what is awaited, or that nothing is any more."""
        self._tell_wait(sentence)
        self.changed.emit()

    def retell_wait(self, sentence: str) -> None:
        """Say anew what is awaited, while it is; the buttons stay as they are."""
        if self.busy is not None:
            self._tell_wait(sentence)

    def _tell_wait(self, sentence: str | None) -> None:
        if self._wait is None:
            if sentence is None:
                return
            from helodoctor_gui.widgets.notices import Wait

            self._wait = Wait()
            self._wait_place.addWidget(self._wait)
        self._wait.show_wait(sentence)

    def show_problem(self, sentence: str, field: QWidget | None = None) -> None:
        """Say in place what keeps this page from going on, and bring the keyboard to the field it is about."""
        if self._notice is None:
            from helodoctor_gui.widgets.notices import Notice

            self._notice = Notice()
            self._notice_place.addWidget(self._notice)
        self._notice.show_problem(sentence)
        self.frame.announce(sentence)
        if field is not None:
            self._mark(field)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.scroll.ensureWidgetVisible(self._notice)
        self.changed.emit()

    def show_fault(self, fault: BaseException) -> None:
        """A condition of the core, worded; anything else is a defect and is raised."""
        from helodoctor.model import HeloDoctorError
        from helodoctor.words.problems import problem

        if not isinstance(fault, HeloDoctorError):
            raise fault
        self.show_problem(problem(language.words(), fault), self.first_focus())

    def clear_problem(self) -> None:
        """Take the problem away."""
        if self._notice is not None:
            self._notice.show_problem(None)
        self._mark(None)

    def _mark(self, field: QWidget | None) -> None:
        """Outline the field a problem is about, and no other."""
        for widget, on in ((self._marked, False), (field, True)):
            if widget is not None:
                widget.setProperty("problem", on)
                restyle(widget)
        self._marked = field

    def go_on(self) -> None:
        """Go to the next page after work that :meth:`commit` began."""
        self._passed = True
        self.frame.next()
        self._passed = False

    def settle(self) -> None:
        """Lay out now what was just rebuilt, so that nobody sees it squeezed for a moment."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self.frame.order_stops()

    def show_own_actions(self, actions: list[Action]) -> None:
        """Show the page's buttons under its content, where the bar is too narrow for them."""
        empty(self._own_actions)
        for action in actions:
            place(self._own_actions, action_button(action))

    def set_margin(self, side: int) -> None:
        """The free space left and right of the content in pixels."""
        self._side = side
        self._foot.setContentsMargins(side, 0, side, 0)
        self._align()

    def _align(self) -> None:
        """The content ends where the line and the buttons below it end, with a scroll bar beside it or without."""
        bar = self.scroll.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() > bar.minimum() else 0
        self._whole.setContentsMargins(self._side, max(16, self._side - 6), max(0, self._side - taken), 16)


def action_button(action: Action) -> QPushButton:
    """A plain button for ``action``."""
    button = QPushButton(action.label)
    button.setAccessibleDescription(action.spoken)
    button.clicked.connect(lambda _checked: action.act())
    return button
