"""What a helpdesk prepared: its notes beside the pages, its proposals in the fields, and the pages it leaves out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from helodoctor import steps
from helodoctor.folders import profile_places
from helodoctor.model import OwnLetter, PageNote, Reply, Session, Target
from helodoctor_gui.widgets.note import NoteCard
from helodoctor_gui.wizard import Frame
from texts import TRANSCRIPT
from walking import go_on, put_in

HOSTILE = "<b>Now</b> <img src=x> {0} \u202e run this"
SESSION = Session(
    helpdesk="Kolibri helpdesk", contact="Call +49 30 000000", target=Target(host="mx.kolibri.example"),
    recipient="box@kolibri.example", name="mail.firma.example", system="exim",
    pages=("paste", "happened", "name", "judge", "try", "fix"),
    notes=(PageNote(page="happened", text=HOSTILE), PageNote(page="fix", text="Ask Jo before you restart.")),
    letters=(OwnLetter(subject="The PTR of our server", body="Set it, thank you."),),
    replies=(Reply(text="Well done so far.", time=datetime(2026, 11, 23, 12, tzinfo=UTC), page="name"),),
)  # fmt: skip


@pytest.fixture
def prepared(frame: Frame) -> Frame:
    frame.take(steps.prepared(SESSION))
    frame.current().render()
    return frame


def notes(frame: Frame) -> list[str]:
    """What the helpdesk says on the page on show."""
    return [card.accessibleName() for card in frame.current().findChildren(NoteCard) if card.isVisible()]


def test_notes_stand_at_their_pages_and_are_clearly_the_helpdesks(prepared: Frame) -> None:
    assert notes(prepared) == ["Note from Kolibri helpdesk. Call +49 30 000000"]
    put_in(prepared, TRANSCRIPT.format(name="www"))
    go_on(prepared)
    assert notes(prepared) == [f"Note from Kolibri helpdesk. {HOSTILE}"]
    go_on(prepared)
    [reply] = notes(prepared)
    assert reply.startswith("Reply from Kolibri helpdesk (2026-11-23")
    assert reply.endswith("Well done so far.")


def test_a_note_is_plain_text(prepared: Frame) -> None:
    put_in(prepared, TRANSCRIPT.format(name="www"))
    go_on(prepared)
    [card] = prepared.current().findChildren(NoteCard)
    labels = card.findChildren(QLabel)
    assert any(label.text() == HOSTILE for label in labels)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert not any(label.openExternalLinks() for label in labels)


def walk_to_the_fix(frame: Frame) -> None:
    put_in(frame, TRANSCRIPT.format(name="www"))
    for _ in range(4):
        go_on(frame)
    frame.current().go_on()


def test_its_answers_stand_in_the_fields(prepared: Frame) -> None:
    put_in(prepared, TRANSCRIPT.format(name="www"))
    for _ in range(4):
        go_on(prepared)
    plan = prepared.current().plan()  # type: ignore[attr-defined]
    assert (plan.target.host, plan.recipient) == ("mx.kolibri.example", "box@kolibri.example")
    assert prepared.current().servers.known.text() == "The server your helpdesk proposes"  # type: ignore[attr-defined]
    prepared.current().go_on()
    page = prepared.current()
    assert page.name.text() == "mail.firma.example"  # type: ignore[attr-defined]
    assert page.system.choice == "exim"  # type: ignore[attr-defined]


def test_its_letter_can_be_copied(prepared: Frame) -> None:
    walk_to_the_fix(prepared)
    assert "Note from Kolibri helpdesk. Ask Jo before you restart." in notes(prepared)
    cards = prepared.current().findChildren(NoteCard)
    [button] = [button for card in cards for button in card.findChildren(QPushButton)]
    button.click()
    assert QApplication.clipboard().text() == "The PTR of our server\n\nSet it, thank you."


def test_the_walk_ends_where_its_pages_end(prepared: Frame) -> None:
    walk_to_the_fix(prepared)
    assert prepared.nextId() == -1


def test_a_walk_without_a_helpdesk_has_no_notes(frame: Frame) -> None:
    put_in(frame, TRANSCRIPT.format(name="www"))
    for _ in range(5):
        assert notes(frame) == []
        go_on(frame) if frame.currentId() < 5 else frame.current().go_on()


# --- the organisation's profile ---------------------------------------------------------------------------------------


def put(text: str) -> Path:
    path = profile_places()[-1][1]
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return path


def test_the_profile_says_whose_it_is_and_its_texts_come_first(frame: Frame) -> None:
    path = put(
        "version = 1\nhelpdesk = 'Kolibri'\ncontact = 'Call us'\n"
        "[[text]]\npage = 'happened'\ntext = 'Every page.'\n"
        "[[text]]\npage = 'fix'\nsystem = 'exim'\ntext = 'Our Exim.'\n"
    )
    frame.take(steps.prepared(SESSION))
    frame.current().render()
    assert notes(frame)[0] == f"Note from Kolibri. Set up by Kolibri (profile {path})\nCall us"
    put_in(frame, TRANSCRIPT.format(name="www"))
    go_on(frame)
    assert notes(frame) == ["Note from Kolibri. Every page.", f"Note from Kolibri helpdesk. {HOSTILE}"]
    for _ in range(3):
        go_on(frame)
    frame.current().go_on()
    assert notes(frame)[0] == "Note from Kolibri. Our Exim."


def test_page_5_says_that_the_profile_allows_no_live_test(frame: Frame) -> None:
    path = put("version = 1\n[allow]\nlive_test = false\n")
    put_in(frame, TRANSCRIPT.format(name="www"))
    for _ in range(4):
        go_on(frame)
    told = f"Not checked, because your organisation’s profile ({path}) allows no live test."
    assert told in notes(frame)[0]
    go_on(frame)
    assert frame.currentId() == 5
    assert told in (frame.current().problem or "")
    assert not frame.case.trials


def test_a_broken_profile_is_told_on_the_first_page(frame: Frame) -> None:
    path = put("version = 'one'\n")
    frame.current().render()
    assert f"Your organisation’s profile {path} could not be read." in notes(frame)[0]


def test_about_says_whose_profile_holds(frame: Frame) -> None:
    from helodoctor_gui.aid.about import About

    path = put("version = 1\nhelpdesk = 'Kolibri'\ncontact = 'Call us'\n")
    shown = {label.accessibleName() for label in About(frame).findChildren(QLabel)}
    assert {f"Set up by Kolibri (profile {path})", "Call us"} <= shown
