"""Page 6 and 7 beyond ticks: what did not work, what one does not know, the DNS, letters, waiting, paper."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, QUrl, QUrlQuery, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from tests.core.network.nameserver import Handler, NameServer

from helodoctor import steps
from helodoctor.model import Actor, Case, Letter, Phrase, Value, Wait
from helodoctor.network import dns, dns_questions
from helodoctor_gui.pages import printing
from helodoctor_gui.pages.fix import FixPage
from helodoctor_gui.widgets.layouts import Card
from helodoctor_gui.widgets.letter import LetterCard
from helodoctor_gui.widgets.step import StepCard
from helodoctor_gui.wizard import Frame
from test_walk import walk_to_the_proof
from texts import POSTFIX_DSN
from walking import go_on, put_in, until

NAME, IP = "mail.firma.example", "203.0.113.10"
REFUSED = "550 5.7.1 bogus HELO\n"


@pytest.fixture
def page(frame: Frame) -> FixPage:
    """Page 6 of a case with an unknown name, reached in four key presses."""
    put_in(frame, REFUSED)
    go_on(frame)
    go_on(frame)
    frame.current().unknown.setChecked(True)  # type: ignore[attr-defined]
    assert go_on(frame) == 6
    found = frame.current()
    assert isinstance(found, FixPage)
    return found


def choose(page: FixPage, system: str = "postfix", name: str = NAME) -> None:
    page.name.setText(name)
    page.system.choose(system)
    page._replan()


def card(page: FixPage, move: str) -> StepCard:
    return next(card for card in page.steps.cards if card.step.id.endswith(f".{move}"))


def press(widget: QPushButton) -> None:
    """As a person without a mouse: the button must be reachable by Tab."""
    assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_Space)


# --- this did not work ------------------------------------------------------------------------------------------------


def test_every_card_asks_what_if_and_leads_to_a_person(frame: Frame, page: FixPage) -> None:
    choose(page)
    for shown in page.steps.cards:
        assert shown.did_not.isVisible()
        press(shown.did_not)
        assert not shown.did_not.isVisible()
        seen = []
        while shown.stuck._reasons[shown.stuck.index].letter is None:
            seen.append(shown.stuck.accessibleName())
            assert shown.stuck.way_on.hasFocus()
            press(shown.stuck.way_on)
        assert len(seen) == len(set(seen)) >= 1
        letter = shown.stuck.findChild(LetterCard)
        assert f"step {shown.step.number} " in letter.body
        press(shown.stuck.way_on)
        assert "bogus HELO" in QApplication.clipboard().text()


def test_what_was_looked_at_stays_open_in_another_language(frame: Frame, page: FixPage) -> None:
    choose(page)
    press(card(page, "reload").did_not)
    press(card(page, "reload").stuck.way_on)
    frame.speak("de")
    assert card(page, "reload").stuck.index == 1


# --- I don't know -----------------------------------------------------------------------------------------------------


def answer(page: FixPage, text: str) -> None:
    press(next(button for button in page.questions.buttons if button.text() == text))


def test_three_answers_lead_to_the_system(page: FixPage) -> None:
    assert page.questions.isVisible()
    answer(page, "A mail server of ours")
    answer(page, "One on Linux, without a control panel")
    answer(page, "Postfix")
    assert page.frame.case.system == "postfix"
    assert not page.questions.isVisible()
    assert any(shown.step.command and "postconf" in shown.step.command for shown in page.steps.cards)


def test_one_can_go_back_to_the_question_before(page: FixPage) -> None:
    answer(page, "A device")
    assert page.questions.accessibleName() == "What kind of device is it?"
    answer(page, "Back to the question before")
    assert page.questions.accessibleName() == "What sends your mail?"


def test_who_does_not_know_is_led_to_the_letter_for_the_helpdesk(page: FixPage) -> None:
    answer(page, "None of these, or I don’t know")
    (letter,) = [shown for shown in page._letter_cards if "Help with" in shown.subject]
    assert letter.copy.hasFocus()
    assert letter.isVisible()


# --- the DNS ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[str] | Handler]]:
    """The records of a name server on this machine, which stands in for the system's own."""
    records: dict[str, list[str] | Handler] = {}
    ready, done = threading.Event(), threading.Event()

    async def serve() -> None:
        async with NameServer(records) as server:
            monkeypatch.setattr(dns, "system_resolver", partial(dns_questions.chosen_resolver, server.address))
            ready.set()
            while not done.is_set():
                await asyncio.sleep(0.02)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(10)
    yield records
    done.set()
    thread.join(10)


def test_asking_the_dns_takes_away_what_is_right_already(
    frame: Frame, page: FixPage, zone: dict[str, list[str] | Handler]
) -> None:
    choose(page)
    assert card(page, "check-address")
    press(page.dns.button)
    until(lambda: page.frame.case.addresses is not None, "the answer of the DNS")
    assert page.steps.cards[0].step.id == "address.create-address-open"
    assert card(page, "wait-address").again.isVisible()


# --- waiting ----------------------------------------------------------------------------------------------------------


def test_a_reminder_shows_the_time_on_both_pages_and_speaks_up(frame: Frame, page: FixPage) -> None:
    choose(page)
    spoken: list[str] = []
    page.waiting.due.connect(spoken.append)
    press(card(page, "check-address").again)
    assert "Check that the new name has an address: look again at" in page.waiting.accessibleName()
    soon = (datetime.now(UTC) + timedelta(milliseconds=300)).isoformat()
    frame.take(replace(frame.case, waits=(Wait(step="address.check-address", until=soon),)))
    page.waiting.watch(frame.case)
    until(lambda: spoken, "the reminder")
    assert "it is time to look again" in spoken[0]
    assert go_on(frame) == 7
    assert "it is time to look again" in frame.current().waiting.accessibleName()  # type: ignore[attr-defined]


def test_what_is_ticked_is_not_waited_for(page: FixPage) -> None:
    choose(page)
    press(card(page, "check-address").again)
    card(page, "check-address").tick.click()
    assert not page.waiting.isVisible()


# --- letters ----------------------------------------------------------------------------------------------------------


class Mailer(QObject):
    """Takes the place of the mail program."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @Slot(QUrl)
    def take(self, address: QUrl) -> None:
        self.opened.append(address)


@pytest.fixture
def mailer() -> Iterator[Mailer]:
    found = Mailer()
    QDesktopServices.setUrlHandler("mailto", found, "take")
    yield found
    QDesktopServices.unsetUrlHandler("mailto")


def hostile() -> Letter:
    reply = Phrase("letters.receiver.evidence", (Value("reply", "550 no&cc=eve@bad.example?bcc=x %0d%0aTo: y"),))
    subject = Phrase("letters.receiver.subject", (Value("name", "a&b=c"),))
    body = (reply, Phrase("letters.receiver.closing"))
    return Letter(to=Actor.RECEIVER, subject=subject, body=body, address="postmaster@receiver.example")


def test_a_letter_opens_in_the_mail_program_only_when_asked(qtbot: object, mailer: Mailer) -> None:
    letter = LetterCard(hostile())
    assert mailer.opened == []
    letter.mail.click()
    (address,) = mailer.opened
    parts = QUrlQuery(address).queryItems(QUrl.ComponentFormattingOption.FullyDecoded)
    assert [key for key, _ in parts] == ["subject", "body"]
    assert parts[0][1] == letter.subject
    assert parts[1][1].replace("\r\n", "\n") == letter.body
    assert address.path() == "postmaster@receiver.example"


def test_without_a_mail_program_the_letter_is_copied(qtbot: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _address: False)
    letter = LetterCard(hostile())
    letter.mail.click()
    assert letter.body in QApplication.clipboard().text()
    assert "clipboard" in letter.told.text()


def test_a_letter_is_saved_as_text_and_a_fault_is_told(frame: Frame, tmp_path: Path) -> None:
    letter = LetterCard(hostile())
    letter.save(tmp_path / "letter.txt")
    until(letter.told.text, "the letter to be written")
    assert (tmp_path / "letter.txt").read_text() == f"{letter.subject}\n\n{letter.body}\n"
    letter.save(tmp_path / "no" / "letter.txt")
    until(lambda: str(tmp_path) in letter.told.accessibleName(), "the fault to be told")


# --- paper ------------------------------------------------------------------------------------------------------------


def test_the_whole_page_six_prints(page: FixPage, tmp_path: Path) -> None:
    choose(page)
    text = printing.document(page.frame.case).toPlainText()
    for shown in page.steps.cards:
        assert f"{shown.step.number} " in text
        assert (shown.step.command or "") in text
    assert all(letter.body.splitlines()[-1] in text for letter in page._letter_cards)
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "guide.pdf"))
    printing.document(page.frame.case).print_(printer)
    assert (tmp_path / "guide.pdf").read_bytes().startswith(b"%PDF")


# --- before beside after ----------------------------------------------------------------------------------------------


def test_page_seven_shows_each_check_before_beside_after(frame: Frame) -> None:
    walk_to_the_proof(frame, POSTFIX_DSN)
    compared = frame.current().compared  # type: ignore[attr-defined]
    assert compared.isVisible()
    told = [card.accessibleName() for card in compared.findChildren(Card) if card.property("card") == "open"]
    assert any(told.startswith("Before: Problem: ") and "After: OK: " in told for told in told)
    assert len(told) == len(steps.changes(frame.case))


def test_without_a_new_name_nothing_is_compared() -> None:
    assert steps.changes(Case()) == ()
