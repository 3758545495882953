"""Settings: language, colours, size of the text, less motion, and “never use the network”; each holds at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from helodoctor import offline
from helodoctor.model import HeloDoctorError
from helodoctor.words.problems import problem
from helodoctor_gui import looking, preferences
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.check import Check
from helodoctor_gui.widgets.combo import Combo
from helodoctor_gui.widgets.dialog import SideDialog
from helodoctor_gui.widgets.layouts import column
from helodoctor_gui.widgets.text import Text

if TYPE_CHECKING:
    from helodoctor_gui.menus import Choice
    from helodoctor_gui.wizard import Frame

_TALLEST = 640


class Settings(SideDialog):
    """Every choice is taken the moment it is made, and kept for the next start."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(tr("Settings"), frame, tallest=_TALLEST)
        self._frame = frame
        self._labels = [Text("", "strong") for _ in range(3)]
        self.language, self.colours, self.text_size = Combo(), Combo(), Combo()
        self._choices: dict[Combo, list[Choice]] = {}
        self.still, self.offline = Check(), Check()
        self._still_note, self._offline_note = Text("", "small"), Text("", "small")
        self._problem = Text("", "strong")
        self._problem.set_tone("caution")
        self._problem.hide()
        fields = zip(self._labels, (self.language, self.colours, self.text_size), strict=True)
        inside = column(
            *(column(label, field, spacing=4) for label, field in fields), 6,
            column(self.still, self._still_note, spacing=0), column(self.offline, self._offline_note, spacing=0),
            self._problem, spacing=10, margins=(24, 20, 24, 8),
        )  # fmt: skip
        inside.addStretch(1)
        self.fill(inside)
        self._say()
        for combo in (self.language, self.colours, self.text_size):
            combo.activated.connect(lambda index, combo=combo: self._choose(combo, index))
        self.still.toggled.connect(self._keep_still)
        self.offline.toggled.connect(self._go_offline)

    def _say(self) -> None:
        """All texts in the language in force, and the choices as they stand."""
        self.setWindowTitle(tr("Settings"))
        self.close_button.setText(tr("Close"))
        for label, text in zip(self._labels, (tr("Language"), tr("Colours"), tr("Text size")), strict=True):
            label.say(text)
        self._fill(self.language, self._labels[0], looking.languages(self._frame))
        self._fill(self.colours, self._labels[1], looking.schemes(self._frame))
        self._fill(self.text_size, self._labels[2], looking.sizes(self._frame))
        self.still.setText(tr("Less motion"))
        self._still_note.say(tr("Nothing on the pages moves by itself; what is awaited is still said in words."))
        self.offline.setText(tr("Never use the network"))
        self._offline_note.say(
            tr(
                "No name service and no mail server is asked, by the window or the command line. "
                "The practice server stays."
            )
        )
        for check, note in ((self.still, self._still_note), (self.offline, self._offline_note)):
            check.setAccessibleDescription(note.text())
        self._set_checks()

    def _fill(self, combo: Combo, label: Text, choices: list[Choice]) -> None:
        self._choices[combo] = choices
        combo.clear()
        combo.addItems([choice.text for choice in choices])
        combo.setCurrentIndex(next((index for index, choice in enumerate(choices) if choice.chosen), 0))
        combo.setAccessibleName(label.text())
        combo.setAccessibleDescription(self.windowTitle())
        label.setBuddy(combo)

    def _set_checks(self) -> None:
        for check, on in ((self.still, preferences.less_motion()), (self.offline, offline.wished())):
            check.blockSignals(True)
            check.setChecked(on)
            check.blockSignals(False)

    def _choose(self, combo: Combo, index: int) -> None:
        self._choices[combo][index].act()
        self._say()

    def _keep_still(self, on: bool) -> None:
        preferences.keep(preferences.LESS_MOTION, "yes" if on else None)

    def _go_offline(self, on: bool) -> None:
        try:
            offline.wish(on)
        except HeloDoctorError as fault:
            self._problem.say(problem(words(), fault))
            self._problem.show()
            self._set_checks()


def show(frame: Frame) -> QWidget:
    """Open them."""
    dialog = Settings(frame)
    dialog.open()
    return dialog
