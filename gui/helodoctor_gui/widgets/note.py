"""What the helpdesk says at a page: its notes, replies and letters, clearly its own, as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from helodoctor.model import Case, OwnLetter, Profile
from helodoctor.words.forms import moment
from helodoctor_gui.icons import Icon
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.layouts import Card, Flow, column, empty, place, row
from helodoctor_gui.widgets.text import Text

_MOST = 10  # of the notes and letters at one page, however many a file from outside brings


class NoteCard(Card):
    """One text and whose it is."""

    def __init__(self, title: str, text: str, letter: OwnLetter | None = None) -> None:
        lines = column(Text(title, "strong"), Text(text, selectable=True), spacing=4)
        if letter is not None:
            from helodoctor_gui.widgets.command import CopyButton

            copied = f"{letter.subject}\n\n{letter.body}"
            lines.addLayout(Flow(CopyButton(copied, letter.subject, tr("Copy the letter"))))
        inside = row(spacing=12, margins=(14, 12, 14, 12))
        inside.addWidget(Icon("info", "accent", 1.2), 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(lines, 1)
        super().__init__("theirs", inside)
        self.setAccessibleName(f"{title}. {text}")


class Notes(QVBoxLayout):
    """All that is said at one page; empty on most."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(8)
        self.setContentsMargins(0, 0, 0, 0)
        self._shown: object = None

    def show_notes(self, page: str, case: Case, told: Profile) -> None:
        """Show what the helpdesk that prepared ``case``, and the organisation's profile, say at ``page``."""
        shown = (page, case.session, case.system, told, words())
        if shown == self._shown:
            return
        self._shown = shown
        empty(self)
        cards = [*_of_profile(page, case, told), *_of_session(page, case)][:_MOST]
        place(self, *cards)
        self.setContentsMargins(0, 0, 0, 12 if cards else 0)


def _from(helpdesk: str) -> str:
    return tr("Note from {helpdesk}", helpdesk=helpdesk) if helpdesk else tr("Note from your helpdesk")


def _of_profile(page: str, case: Case, told: Profile) -> Iterator[NoteCard]:
    title = _from(told.helpdesk)
    if page == "paste" and told.origins:
        yield NoteCard(title, "\n".join(origin_lines(told)))
    if page == "try" and not told.live_test:
        paths = ", ".join(origin.path for origin in told.origins)
        yield NoteCard(title, words().sentence("problems", "profile-no-live-test", path=paths))
    for text in told.texts:
        if text.page == page and text.system in (None, case.system):
            yield NoteCard(title, text.text)


def origin_lines(told: Profile) -> Iterator[str]:
    """Where the profile comes from, whom to call, and which file of it cannot be read; nothing without a profile."""
    if not told.origins:
        return
    paths = ", ".join(origin.path for origin in told.origins)
    yield words().sentence("commands", "program", "profile-line", paths=paths, helpdesk=told.helpdesk or "?")
    if told.contact:
        yield told.contact
    for origin in told.origins:
        if not origin.usable:
            yield words().sentence("problems", "profile-broken", path=origin.path)


def _of_session(page: str, case: Case) -> Iterator[NoteCard]:
    session = case.session
    if session is None:
        return
    for reply in reversed(session.replies):
        if reply.page in (None, page):
            time = moment(words(), reply.time)
            whom = session.helpdesk or tr("your helpdesk")
            yield NoteCard(tr("Reply from {helpdesk} ({time})", helpdesk=whom, time=time), reply.text)
    for note in session.notes:
        if note.page == page:
            yield NoteCard(_from(session.helpdesk), note.text)
    if page == "paste" and session.contact:
        yield NoteCard(_from(session.helpdesk), session.contact)
    if page == "fix":
        for letter in session.letters:
            yield NoteCard(f"{_from(session.helpdesk)}: {letter.subject}", letter.body, letter)
