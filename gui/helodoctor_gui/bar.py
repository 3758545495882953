"""The wizard's row of buttons: Help and the page's own at the left, Back and the one filled button at the right."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget, QWizard

from helodoctor_gui.language import tr

if TYPE_CHECKING:
    from helodoctor_gui.pages.page import Action
    from helodoctor_gui.wizard import Frame

_BUTTON = QWizard.WizardButton
_OWN_BUTTONS = (_BUTTON.CustomButton1, _BUTTON.CustomButton2)
_FORWARD = (_BUTTON.NextButton, _BUTTON.FinishButton)


def _filled() -> QPushButton:
    """The page's main button; QWizard's own has its style looked up already, and once more costs the start 10 ms."""
    button = QPushButton()
    button.setProperty("filled", True)
    return button


class Bar:
    """Says in QWizard's buttons what the page on show offers."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._actions: list[Action] = []
        for which in _FORWARD:
            frame.setButton(which, _filled())
        frame.setButtonLayout([_BUTTON.HelpButton, *_OWN_BUTTONS, _BUTTON.Stretch, _BUTTON.BackButton, *_FORWARD])
        frame.customButtonClicked.connect(self._act)

    def bind_keys(self) -> None:
        """Give Back and the filled button their keys, once the first picture is there."""
        from PySide6.QtGui import QKeySequence, QShortcut

        QShortcut(QKeySequence("Alt+Left"), self._frame, self._frame.button(_BUTTON.BackButton).click)
        QShortcut(QKeySequence("Ctrl+Return"), self._frame, self.press_forward)

    def press_forward(self) -> None:
        """Press the filled button."""
        for which in _FORWARD:
            if self._frame.button(which).isVisible():
                self._frame.button(which).click()
                return

    def reword(self) -> None:
        """The buttons that are the same on every page, in the language in force."""
        frame = self._frame
        frame.setButtonText(_BUTTON.BackButton, tr("Back"))
        frame.button(_BUTTON.HelpButton).setAccessibleName(tr("Help"))
        frame.button(_BUTTON.HelpButton).setAccessibleDescription(tr("Says what this page is for"))
        frame.button(_BUTTON.BackButton).setAccessibleDescription(tr("Goes to the page before; your answers stay"))

    def refresh(self) -> None:
        """Follow the page: what the filled button does, and its own buttons, in the bar or under its content."""
        frame, page = self._frame, self._frame.current()
        label = page.next_label()
        for which in _FORWARD:
            frame.setButtonText(which, label if self._fits("?") else _on_two_lines(label))
            frame.button(which).setAccessibleName(label)
            frame.button(which).setAccessibleDescription(page.spoken())
        self._actions = page.actions()
        frame.setButtonText(_BUTTON.HelpButton, tr("Help") if self._fits(tr("Help")) else "?")
        in_bar = self._room_for_actions()
        for index, which in enumerate(_OWN_BUTTONS):
            shown = index < in_bar
            if shown:
                frame.setButtonText(which, self._actions[index].label)
                frame.button(which).setAccessibleDescription(self._actions[index].spoken)
            frame.button(which).setVisible(shown)
        page.show_own_actions(self._actions[in_bar:])

    def _room_for_actions(self) -> int:
        """How many of the page's own buttons stand in the bar; the first ones matter most."""
        labels = [action.label for action in self._actions[: len(_OWN_BUTTONS)]]
        while labels and not self._fits(tr("Help"), *labels):
            labels.pop()
        return len(labels)

    def _fits(self, *texts: str) -> bool:
        """Whether buttons with ``texts`` have room beside Back and the filled one."""
        frame = self._frame
        everything = [*texts, tr("Back"), frame.current().next_label()]
        wanted = sum(frame.fontMetrics().horizontalAdvance(text) * 1.1 + 52 for text in everything)
        return wanted <= frame.width() - frame.rail.width() - 2 * frame.page_margin()

    def _act(self, which: int) -> None:
        index = [button.value for button in _OWN_BUTTONS].index(which)
        if index < len(self._actions):
            self._actions[index].act()

    def order_stops(self) -> None:
        """Tab goes through the page as it reads, then the bar; what a page adds later would come last otherwise."""
        from helodoctor_gui.widgets.layouts import stops

        frame = self._frame
        buttons = [frame.button(which) for which in (_BUTTON.HelpButton, *_OWN_BUTTONS, _BUTTON.BackButton, *_FORWARD)]
        page, rail = frame.current().scroll.widget().layout(), frame.rail.layout()
        for one, other in pairwise([*stops(page), *buttons, *stops(rail)]):
            QWidget.setTabOrder(one, other)

    def focus_forward(self) -> None:
        """Bring the keyboard to the filled button."""
        which = _BUTTON.FinishButton if self._frame.nextId() == -1 else _BUTTON.NextButton
        self._frame.button(which).setFocus(Qt.FocusReason.OtherFocusReason)


def _on_two_lines(label: str) -> str:
    """``label`` broken at the space nearest to its middle, for a window that is narrow beside its text."""
    spaces = [index for index, sign in enumerate(label) if sign == " "]
    middle = min(spaces, key=lambda index: abs(index - len(label) / 2), default=None)
    return label if middle is None else f"{label[:middle]}\n{label[middle + 1 :]}"
