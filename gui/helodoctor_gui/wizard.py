"""The frame of the walk: rail, page, buttons. It holds the case and asks the journey which page is next."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QWizard

from helodoctor import journey
from helodoctor.journey import Page as Stop
from helodoctor.model import Case
from helodoctor_gui import language, spine
from helodoctor_gui.language import tr
from helodoctor_gui.pages.page import Action, Page
from helodoctor_gui.theme import theme
from helodoctor_gui.widgets.rail import Rail
from helodoctor_gui.widgets.settling import settle
from helodoctor_gui.widgets.text import restyle

_PAGES = {
    Stop.PASTE: ("paste", "PastePage"),
    Stop.HAPPENED: ("happened", "HappenedPage"),
    Stop.NAME: ("name", "NamePage"),
    Stop.JUDGE: ("judge", "JudgePage"),
    Stop.TRY: ("try_", "TryPage"),
    Stop.FIX: ("fix", "FixPage"),
    Stop.FIXED: ("fixed", "FixedPage"),
}
_OWN_BUTTONS = (QWizard.WizardButton.CustomButton1, QWizard.WizardButton.CustomButton2)
_FORWARD = (QWizard.WizardButton.NextButton, QWizard.WizardButton.FinishButton)
_USUAL_SIZE = (1000, 690)


class Frame(QWizard):
    """The window. Pages are made when the walk first comes to them, so that the first one shows at once."""

    def __init__(self, case: Case | None = None) -> None:
        super().__init__()
        self.case = case or Case()
        self._actions: list[Action] = []
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
        self._set_up_buttons()
        self._make(Stop.PASTE)
        self.currentIdChanged.connect(self._entered)
        self.helpRequested.connect(self._show_help)
        self.customButtonClicked.connect(self._act)
        theme().changed.connect(self._relook)
        self._reword()
        self._restore_size()

    def _set_up_buttons(self) -> None:
        button = QWizard.WizardButton
        self.setButtonLayout(
            [button.HelpButton, *_OWN_BUTTONS, button.Stretch, button.BackButton, *_FORWARD]
        )
        for which in _FORWARD:
            self.button(which).setProperty("filled", True)
            restyle(self.button(which))
        for keys, press in (
            ("F1", self.button(button.HelpButton).click),
            ("Alt+Left", self.button(button.BackButton).click),
            ("Ctrl+Return", self._press_forward),
        ):
            QShortcut(QKeySequence(keys), self, press)

    def _press_forward(self) -> None:
        for which in _FORWARD:
            if self.button(which).isVisible():
                self.button(which).click()
                return

    # The route

    def _make(self, stop: Stop) -> None:
        if self.page(stop.number) is not None:
            return
        module, name = _PAGES[stop]
        page: Page = getattr(import_module(f"helodoctor_gui.pages.{module}"), name)(self)
        self.setPage(stop.number, page)
        page.changed.connect(self._refresh_buttons)
        page.set_margin(self._page_margin())

    @property
    def stop(self) -> Stop:
        """Where the walk is."""
        return list(Stop)[max(0, self.currentId() - 1)]

    def current(self) -> Page:
        """The page on show."""
        return cast(Page, self.currentPage())

    def nextId(self) -> int:
        """The journey's answer for this case; -1 where the walk ends."""
        following = journey.next_page(self.stop, self.case)
        return -1 if following is None else following.number

    def validateCurrentPage(self) -> bool:
        """Ask the page, then see to it that the next one exists."""
        if not super().validateCurrentPage():
            return False
        following = journey.next_page(self.stop, self.case)
        if following is not None:
            self._make(following)
        return True

    def take(self, case: Case) -> None:
        """Go on with ``case``, the result of a step."""
        self.case = case

    def _entered(self, number: int) -> None:
        if number == -1:
            return
        page = self.current()
        page.clear_problem()
        page.render()
        self.retitle()
        self._refresh_rail()
        self._refresh_buttons()
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
            self.focus_forward()

    def focus_forward(self) -> None:
        """Bring the keyboard to the filled button."""
        which = QWizard.WizardButton.FinishButton if self.nextId() == -1 else QWizard.WizardButton.NextButton
        self.button(which).setFocus(Qt.FocusReason.OtherFocusReason)

    # Texts and looks

    def speak(self, code: str | None) -> None:
        """Change the language at once; nothing that was entered is touched."""
        language.use(code)
        self._reword()
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
        self.setButtonText(QWizard.WizardButton.BackButton, tr("Back"))
        self.button(QWizard.WizardButton.HelpButton).setAccessibleName(tr("Help"))
        self.button(QWizard.WizardButton.HelpButton).setAccessibleDescription(tr("Says what this page is for"))
        self.button(QWizard.WizardButton.BackButton).setAccessibleDescription(
            tr("Goes to the page before; your answers stay")
        )

    def _refresh_rail(self) -> None:
        states = [self._state(stop) for stop in Stop]
        spoken = [spine.spoken(stop, state) for stop, state in zip(Stop, states, strict=True)]
        self.rail.show_states(states, spoken)

    def _state(self, stop: Stop) -> str:
        if stop.number == self.currentId():
            return "here"
        return "done" if stop.number < self.currentId() and stop.number in self.visitedIds() else "ahead"

    def _refresh_buttons(self) -> None:
        page = self.current()
        if page is None:
            return
        label = page.next_label()
        for which in _FORWARD:
            self.setButtonText(which, label)
            self.button(which).setAccessibleName(label)
        self._actions = page.actions()
        self.setButtonText(QWizard.WizardButton.HelpButton, tr("Help") if self._fits(tr("Help")) else "?")
        in_bar = self._fits(tr("Help"), *(action.label for action in self._actions))
        for which, index in zip(_OWN_BUTTONS, range(len(_OWN_BUTTONS)), strict=True):
            shown = in_bar and index < len(self._actions)
            if shown:
                self.setButtonText(which, self._actions[index].label)
                self.button(which).setAccessibleDescription(self._actions[index].spoken)
            self.button(which).setVisible(shown)
        page.show_own_actions([] if in_bar else self._actions)

    def _fits(self, *texts: str) -> bool:
        """Whether buttons with ``texts`` have room beside Back and the filled one."""
        everything = [*texts, tr("Back"), self.current().next_label()]
        wanted = sum(self.fontMetrics().horizontalAdvance(text) * 1.1 + 52 for text in everything)
        return wanted <= self.width() - self.rail.width() - 2 * self._page_margin()

    def _act(self, which: int) -> None:
        index = [button.value for button in _OWN_BUTTONS].index(which)
        if index < len(self._actions):
            self._actions[index].act()

    def _page_margin(self) -> int:
        return 40 if self.width() >= self.fontMetrics().height() * 52 else 24

    def _relook(self) -> None:
        self._fit()
        for number in self.pageIds():
            cast(Page, self.page(number)).render()

    def _fit(self) -> None:
        """Sizes that follow the window: the rail, the margins, the bar."""
        self.rail.fit(self.width())
        margin = self._page_margin()
        for number in self.pageIds():
            cast(Page, self.page(number)).set_margin(margin)
        self._refresh_buttons()
        settle(self, self.rail, margin)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit rail, margins and bar to the new size."""
        super().resizeEvent(event)
        self._fit()

    # Speaking to the user

    def announce(self, sentence: str) -> None:
        """Have a screen reader say ``sentence`` without moving the keyboard."""
        if not sentence:
            return
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def _show_help(self) -> None:
        from helodoctor_gui.widgets.message import message

        box = message(self, tr("Help"), self.current().accessibleName())
        box.setInformativeText(self.current().help_text())
        box.open()

    def reject(self) -> None:
        """Close, after a question when something was entered: a case is not kept yet."""
        if self.case == Case() or self.nextId() == -1:
            self._leave()
            return
        from helodoctor_gui.widgets.message import message

        box = message(self, tr("HELO Doctor"), tr("Close HELO Doctor?"))
        box.setInformativeText(tr("What you entered here is not kept. You can save the report on the last page."))
        stay = box.addButton(tr("Keep it open"), box.ButtonRole.RejectRole)
        leave = box.addButton(tr("Close"), box.ButtonRole.AcceptRole)
        box.setDefaultButton(stay)
        leave.clicked.connect(self._leave)
        box.open()

    def accept(self) -> None:
        """The last page's Close."""
        self._leave(QWizard.DialogCode.Accepted)

    def _leave(self, result: object = QWizard.DialogCode.Rejected) -> None:
        QSettings().setValue("window/geometry", self.saveGeometry())
        accepted = result is QWizard.DialogCode.Accepted  # a button's click brings its own argument
        self.done(QWizard.DialogCode.Accepted if accepted else QWizard.DialogCode.Rejected)

    def _restore_size(self) -> None:
        self.resize(*_USUAL_SIZE)
        known = QSettings().value("window/geometry")
        if isinstance(known, QByteArray):
            self.restoreGeometry(known)

    def showEvent(self, event: QShowEvent) -> None:
        """The first show lays QWizard's parts out; settle them then."""
        super().showEvent(event)
        self._fit()
