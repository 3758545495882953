"""The frame of the walk: rail, page, buttons. It holds the case and asks the journey which page is next."""

from __future__ import annotations

from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWizard

from helodoctor import journey
from helodoctor.journey import Page as Stop
from helodoctor_gui import language, preferences, spine
from helodoctor_gui.bar import Bar
from helodoctor_gui.language import tr
from helodoctor_gui.pages.page import Page
from helodoctor_gui.theme import theme
from helodoctor_gui.widgets.rail import Rail
from helodoctor_gui.widgets.settling import settle

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from helodoctor.model import Case
    from helodoctor_gui.cases.cases import Cases
    from helodoctor_gui.menus import Menus
    from helodoctor_gui.pages.paste import PastePage

_PAGES = {
    Stop.PASTE: ("paste", "PastePage"),
    Stop.HAPPENED: ("happened", "HappenedPage"),
    Stop.NAME: ("name", "NamePage"),
    Stop.JUDGE: ("judge", "JudgePage"),
    Stop.TRY: ("try_", "TryPage"),
    Stop.FIX: ("fix", "FixPage"),
    Stop.FIXED: ("fixed", "FixedPage"),
}
_USUAL_SIZE, _SMALLEST_SIZE = (1000, 690), (480, 400)


class Frame(QWizard):
    """The window. Pages are made when the walk first comes to them, so that the first one shows at once."""

    def __init__(self, case: Case | None = None) -> None:
        super().__init__()
        if case is not None:
            self.case = case
        self.menus: Menus | None = None
        self.cases: Cases | None = None
        self.setWindowFlag(Qt.WindowType.Window)
        self.setWizardStyle(QWizard.WizardStyle.ClassicStyle)
        option = QWizard.WizardOption
        self.setOptions(
            option.ExtendedWatermarkPixmap  # the rail goes down to the window's edge
            | option.IgnoreSubTitles
            | option.NoCancelButton
            | option.HaveHelpButton
            | option.HaveCustomButton1
            | option.HaveCustomButton2
            | option.NoBackButtonOnStartPage
        )
        self.rail = Rail(len(Stop))
        self.setSideWidget(self.rail)
        self.bar = Bar(self)
        self._make(Stop.PASTE)
        self.currentIdChanged.connect(self._entered)
        self.helpRequested.connect(self.show_help)
        theme().changed.connect(self._relook)
        self._reword()
        self._restore_size()

    # The route

    def _make(self, stop: Stop) -> None:
        if self.page(stop.number) is not None:
            return
        module, name = _PAGES[stop]
        page: Page = getattr(import_module(f"helodoctor_gui.pages.{module}"), name)(self)
        self.setPage(stop.number, page)
        page.changed.connect(self._refresh_buttons)
        page.set_margin(self.page_margin())

    @property
    def stop(self) -> Stop:
        """Where the walk is."""
        return list(Stop)[max(0, self.currentId() - 1)]

    def current(self) -> Page:
        """The page on show."""
        return cast(Page, self.currentPage())

    def nextId(self) -> int:
        """The journey's answer for this case; -1 where the walk ends."""
        following = journey.next_page(self.stop, self.known)
        return -1 if following is None else following.number

    def validateCurrentPage(self) -> bool:
        """Ask the page, then see to it that the next one exists."""
        if not super().validateCurrentPage():
            return False
        following = journey.next_page(self.stop, self.known)
        if following is not None:
            self._make(following)
        return True

    @cached_property
    def case(self) -> Case:
        """All that is known so far; made when first asked for, since the first picture shows none of it."""
        from helodoctor.model import Case

        return Case()

    @property
    def known(self) -> Case | None:
        """The case, once anything is known."""
        return vars(self).get("case")

    def take(self, case: Case) -> None:
        """Go on with ``case``, the result of a step."""
        self.case = case
        self._note()

    def open_file(self, path: Path) -> None:
        """Open a saved case, or read any other file as the message that came back."""
        from helodoctor_gui.cases.opening import open_file

        open_file(self, path)

    def begin(self, case: Case) -> list[Page]:
        """Show the first page for another case; those after it go, and are returned: something may still run there."""
        from helodoctor_gui import tasks

        tasks.cancel_all()  # what still runs is about the case before
        self.case = case
        self.restart()
        later = [cast(Page, self.page(number)) for number in self.pageIds()[1:]]
        for number in self.pageIds()[1:]:
            self.removePage(number)
        cast("PastePage", self.current()).begin(case)
        return later

    def _note(self) -> None:
        """The case or the page is another one: the disk and the rail follow."""
        if self.cases is not None:
            self.cases.note()

    def _entered(self, number: int) -> None:
        if number == -1:
            return
        page = self.current()
        page.clear_problem()
        page.render()
        self.retitle()
        self._refresh_rail()
        self._refresh_buttons()
        self._note()
        page.settle()
        page.scroll.verticalScrollBar().setValue(0)
        QTimer.singleShot(0, self.focus_page)
        if len(self.visitedIds()) > 1:
            self.announce(page.accessibleName())

    def focus_page(self) -> None:
        """Bring the keyboard to where the page begins."""
        if self.current() is None:
            return  # closed meanwhile
        field = self.current().first_focus()
        if field is not None and field.isEnabled():
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.bar.focus_forward()

    def order_stops(self) -> None:
        """Tab goes through page, bar and rail as they read."""
        if self.currentPage() is not None:
            self.bar.order_stops()

    # Texts and looks

    def speak(self, code: str | None) -> None:
        """Change the language at once; nothing that was entered is touched."""
        language.use(code)
        self.reword()

    def reword(self) -> None:
        """Say everything anew in the language in force."""
        self._reword()
        if self.menus is not None:
            self.menus.reword()
        if self.cases is not None:
            self.cases.show_code()
        for number in self.pageIds():
            cast(Page, self.page(number)).render()
        self._refresh_rail()
        self._refresh_buttons()

    def retitle(self) -> None:
        """The window is called after the page, so that task bars and screen readers say where one is."""
        page = self.currentPage()
        heading = page.accessibleName() if page is not None else ""
        self.setWindowTitle(tr("{page} – HELO Doctor", page=heading) if heading else tr("HELO Doctor"))

    def _reword(self) -> None:
        self.rail.say(
            tr("HELO Doctor"),
            [spine.title(stop) for stop in Stop],
            tr("Nothing leaves this computer until you press a button that says so."),
        )
        self.bar.reword()

    def _refresh_rail(self) -> None:
        states = spine.states(self.currentId(), self.visitedIds())
        spoken = [spine.spoken(stop, state) for stop, state in zip(Stop, states, strict=True)]
        self.rail.show_states(states, spoken)

    def _refresh_buttons(self) -> None:
        if self.currentPage() is not None:
            self.bar.refresh()

    def page_margin(self) -> int:
        """The free space left and right of a page in pixels."""
        return 40 if self.width() >= self.fontMetrics().height() * 52 else 24

    def _relook(self) -> None:
        if self.currentPage() is None:
            return  # closed meanwhile
        self._fit()
        for number in self.pageIds():
            cast(Page, self.page(number)).render()

    def _fit(self) -> None:
        """Sizes that follow the window: the rail, the margins, the bar."""
        self.rail.fit(self.width())
        margin = self.page_margin()
        for number in self.pageIds():
            cast(Page, self.page(number)).set_margin(margin)
        self._refresh_buttons()
        settle(self, self.rail, margin)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit rail, margins and bar to the new size."""
        super().resizeEvent(event)
        if self.pageIds():  # on Windows the frame's style resizes it before it has anything to fit
            self._fit()

    def furnish(self) -> None:
        """Add what the first picture of the window does not need."""
        if self.cases is not None:
            return
        from helodoctor_gui.cases.cases import Cases
        from helodoctor_gui.menus import Menus

        self.bar.bind_keys()
        self.menus = Menus(self)
        self.cases = Cases(self)

    # Speaking to the user

    def announce(self, sentence: str) -> None:
        """Have a screen reader say ``sentence`` without moving the keyboard."""
        if sentence:
            from helodoctor_gui.speaking import announce

            announce(self, sentence)

    def show_help(self) -> None:
        """What the page on show is for."""
        from helodoctor_gui.aid import page_help

        page_help.show(self)

    def reject(self) -> None:
        """Close; a question comes only where the case could not be kept."""
        self._close(QWizard.DialogCode.Rejected)

    def accept(self) -> None:
        """The last page's Close."""
        self._close(QWizard.DialogCode.Accepted)

    def _close(self, result: QWizard.DialogCode) -> None:
        if self.cases is None:
            self._leave(result)
        else:
            self.cases.close(partial(self._leave, result))

    def _leave(self, result: QWizard.DialogCode = QWizard.DialogCode.Rejected) -> None:
        preferences.keep_place(self, "window")
        self.done(result)

    def _restore_size(self) -> None:
        self.setMinimumSize(*_SMALLEST_SIZE)  # else the buttons in the bar would keep the window from getting narrower
        self.resize(*_USUAL_SIZE)
        preferences.restore_place(self, "window")

    def showEvent(self, event: QShowEvent) -> None:
        """The first show lays QWizard's parts out; settle them then."""
        super().showEvent(event)
        self._fit()
