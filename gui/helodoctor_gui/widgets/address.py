"""The address the mail comes from: from the text, typed, or asked for by a button that says whom it asks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from helodoctor.model import Case
from helodoctor.network import dns_source
from helodoctor_gui.language import tr
from helodoctor_gui.widgets.layouts import column, row
from helodoctor_gui.widgets.text import Text

_DIGITS_SHOWN = 28


class SendingAddress(QWidget):
    """``wanted`` asks for the one question to the service; ``text`` is what stands in the field."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._label = Text("", "strong")
        self.field = QLineEdit()
        self.ask = QPushButton()
        self.ask.setProperty("small", True)
        self.ask.setAutoDefault(False)
        self._source, self._note = Text("", "small"), Text("", "small")
        self.field.setMinimumWidth(self.field.fontMetrics().averageCharWidth() * _DIGITS_SHOWN)
        entry = row(self.field, self._source, spacing=10)
        entry.setStretch(1, 1)
        asking = row(self.ask, self._note, spacing=10)
        asking.setStretch(1, 1)
        self.setLayout(column(self._label, entry, asking, spacing=6))
        self.ask.clicked.connect(self.wanted)

    @property
    def text(self) -> str:
        """The address as it stands there."""
        return self.field.text().strip()

    def render(self, case: Case) -> None:
        """The address of ``case`` and where it is from; whom the button asks."""
        service = dns_source.usual_service()
        self._label.say(tr("The address your mail comes from"))
        self.field.setText(case.sending_address or "")
        self.field.setAccessibleName(self._label.text())
        self._source.say(_source(case))
        self.field.setAccessibleDescription(self._source.text())
        self.ask.setText(tr("Ask {service} for it", service=service.title))
        note = tr(
            "One question over the internet to {server}. It tells this computer’s address: right only if this is your "
            "mail server, or stands beside it.",
            server=service.server,
        )
        self._note.say(note)
        self.ask.setAccessibleDescription(note)


def _source(case: Case) -> str:
    if case.client_ip_source == "asked":
        return tr("asked for: the address of this computer")
    if case.client_ip_source == "typed":
        return tr("typed by you")
    return tr("from your text") if case.sending_address else tr("not known: type it, or leave it empty")
