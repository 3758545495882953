"""The support code in the rail: what to read to the helpdesk, and Copy."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from helodoctor_gui.language import tr
from helodoctor_gui.widgets.command import CopyButton
from helodoctor_gui.widgets.layouts import column, empty, place, row
from helodoctor_gui.widgets.text import Text


class SupportCode(QWidget):
    """``XXXX-XXXX-XXXX``: the screen and the verdict somebody has, for the phone."""

    def __init__(self) -> None:
        super().__init__()
        self._title, self._code, self._hint = Text("", "small"), Text("", "strong", selectable=True), Text("", "small")
        self._copy = row()
        self.setLayout(column(self._title, self._code, self._copy, self._hint, 8, spacing=4))
        self.setVisible(False)

    @property
    def code(self) -> str:
        """The code on show."""
        return self._code.text()

    def say(self, code: str) -> None:
        """Show ``code``, in the language in force."""
        self._title.say(tr("Support code"))
        self._code.say(code)
        self._code.setAccessibleName(tr("Support code {code}", code=code))
        self._hint.say(tr("Read it to your helpdesk: it says what you see."))
        empty(self._copy)
        place(self._copy, CopyButton(code, tr("the support code")))
        self._copy.addStretch(1)
