"""Which server to ask: the one of the bounce, another one, or the practice server with a chosen policy."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QVBoxLayout, QWidget

from helodoctor.model import Target
from helodoctor_gui.language import tr
from helodoctor_gui.widgets.check import Radio
from helodoctor_gui.widgets.combo import Combo
from helodoctor_gui.widgets.layouts import column, row
from helodoctor_gui.widgets.text import Text

_INDENT = 30


class ServerChoice(QWidget):
    """``changed`` tells of every new choice; the typed server is kept when another one is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._known: Target | None = None
        self._policy_chosen = False
        self._from_text = True
        self.known, self.typed, self.practice = Radio(), Radio(), Radio()
        self._known_note, self._practice_note, self._example = (Text("", "small") for _ in range(3))
        self.address = QLineEdit()
        self.policy = Combo()
        group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for radio, below in (
            (self.known, row(_INDENT, self._known_note, spacing=0)),
            (self.typed, row(_INDENT, column(self.address, self._example, spacing=4), spacing=0)),
            (self.practice, row(_INDENT, column(self.policy, self._practice_note, spacing=4), spacing=0)),
        ):
            group.addButton(radio)
            layout.addWidget(radio)
            layout.addLayout(below)
            layout.addSpacing(6)
            radio.toggled.connect(self._toggled)
        self.address.textEdited.connect(self._typing)
        self.policy.currentIndexChanged.connect(self.changed)
        self.policy.activated.connect(self._choose_policy)

    def offer(
        self, known: Target | None, policies: dict[str, str], chosen: str, *, from_text: bool = True
    ) -> None:
        """Set what can be chosen: the server of the case, and the practice policies by id with their titles.

        ``chosen`` is ``known``, ``typed`` or ``practice``; ``from_text`` says that it was the pasted text that names
        the known server, not a helpdesk.
        """
        self._known, self._from_text = known, from_text
        self.known.setVisible(known is not None)
        self._known_note.setVisible(known is not None)
        present = self.policy.currentData()
        self.policy.blockSignals(True)
        self.policy.clear()
        for key, title in policies.items():
            self.policy.addItem(title, key)
        self.policy.setCurrentIndex(max(0, self.policy.findData(present)))
        self.policy.blockSignals(False)
        {"known": self.known, "typed": self.typed, "practice": self.practice}[chosen].setChecked(True)
        self.render()

    def propose_policy(self, policy: str) -> None:
        """Have the practice server play ``policy``, unless the user has chosen one."""
        if not self._policy_chosen:
            self.policy.setCurrentIndex(max(0, self.policy.findData(policy)))

    def _choose_policy(self) -> None:
        self._policy_chosen = True

    def render(self) -> None:
        """The texts, in the language in force."""
        if self._known is not None:
            known = self._known
            if self._from_text:
                self.known.setText(tr("The server that refused"))
                self._known_note.say(tr("{host}, port {port}, from your text", host=known.host, port=known.port))
            else:
                self.known.setText(tr("The server your helpdesk proposes"))
                self._known_note.say(tr("{host}, port {port}", host=known.host, port=known.port))
            self.known.setAccessibleDescription(self._known_note.text())
        self.typed.setText(tr("Another server"))
        self._example.say(tr("for example mx.company.example, or with a port: mx.company.example:587"))
        for control in (self.typed, self.address):
            control.setAccessibleDescription(self._example.text())
        self.address.setAccessibleName(tr("Name or address of the other server"))
        self.practice.setText(tr("The practice server on this computer"))
        self._practice_note.say(tr("Nothing leaves this computer"))
        self.policy.setAccessibleName(tr("Whose rules the practice server follows"))
        for choice in (self.practice, self.policy):
            choice.setAccessibleDescription(self._practice_note.text())
        self._toggled()

    @property
    def choice(self) -> str:
        """``known``, ``typed`` or ``practice``."""
        if self.practice.isChecked():
            return "practice"
        return "typed" if self.typed.isChecked() else "known"

    def _typing(self) -> None:
        self.typed.setChecked(True)
        self.changed.emit()

    def _toggled(self) -> None:
        self.policy.setEnabled(self.practice.isChecked())
        self.changed.emit()
