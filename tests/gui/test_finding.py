"""Where the name is set, what the DNS says of it, and the test as a script for the mail server."""

from __future__ import annotations

import asyncio
import socket
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from tests.core.network.background import serving
from tests.core.network.nameserver import NameServer

from helodoctor import steps
from helodoctor.model import Status, TrialVerdict
from helodoctor.network import dns, dns_questions, dns_source
from helodoctor.network.sender import Sender
from helodoctor_gui.pages.listening import Listening
from helodoctor_gui.pages.on_server import OnServer
from helodoctor_gui.wizard import Frame
from texts import TRANSCRIPT
from walking import go_on, press_forward, put_in, until

SETTINGS = "smtp_helo_name = out.kolibri.example\nmydestination = localhost\n"
PRINTED = """\
220 mx.kolibri.example ESMTP
EHLO www
250 mx.kolibri.example
MAIL FROM:<user123@infomaniak.ch>
250 2.1.0 Ok
RCPT TO:<user123@infomaniak.ch>
504 5.5.2 <www>: Helo command rejected: need fully-qualified hostname
"""


def at(frame: Frame, number: int, name: str = "www") -> None:
    put_in(frame, TRANSCRIPT.format(name=name))
    while frame.currentId() < number:
        go_on(frame)


def rows(frame: Frame) -> list[str]:
    layout = frame.current().find.candidates.rows
    return [layout.itemAt(index).widget().accessibleName() for index in range(layout.count())]


def test_pasted_settings_become_rows_and_a_row_fills_the_field(frame: Frame) -> None:
    at(frame, 3)
    page = frame.current()
    page.find.paste.click()
    page.find.box.replace(SETTINGS)
    page.find.read.click()
    until(lambda: frame.case.candidates, "the candidates")
    until(lambda: rows(frame), "the rows")
    assert [row.split(".")[0] for row in rows(frame)] == ["www", "out"]
    assert rows(frame)[0] == "www. In the text you pasted on the first page. Holds for: all mail. Sure."
    assert "line 1" in rows(frame)[1]
    assert "What was said (www) is not what is set here (out.kolibri.example)." in page.find.candidates._remark.text()
    use = [button for button in page.find.candidates.findChildren(QPushButton) if button.isVisible()][1]
    use.click()
    assert page.field.text() == "out.kolibri.example"
    assert page.field.hasFocus()


def test_what_was_found_stays_through_back_and_forward(frame: Frame) -> None:
    at(frame, 3)
    frame.current().find.box.replace(SETTINGS)
    frame.current().find.read.click()
    until(lambda: frame.case.candidates, "the candidates")
    assert go_on(frame) == 4
    frame.back()
    assert "out.kolibri.example" in rows(frame)[1]


def test_a_dropped_file_is_read_too(frame: Frame, tmp_path: Path) -> None:
    path = tmp_path / "main.cf"
    path.write_text(SETTINGS)
    at(frame, 3)
    frame.current().find.box.dropped.emit(path)
    until(lambda: frame.case.candidates, "the candidates")
    assert "In the settings: main.cf, line 1" in rows(frame)[1]


def test_a_text_that_is_no_settings_is_told_and_kept(frame: Frame) -> None:
    at(frame, 3)
    page = frame.current()
    page.find.paste.click()
    page.find.box.replace("The mail came back at break of day")
    page.find.read.click()
    until(lambda: page.problem, "the sentence")
    assert "does not look like the settings" in page.problem
    assert page.find.box.toPlainText() == "The mail came back at break of day"


def test_looking_on_this_computer_shows_at_least_its_own_name(frame: Frame) -> None:
    at(frame, 3)
    frame.current().find.here.click()
    until(lambda: frame.case.candidates or frame.current().problem, "an answer")
    assert frame.case.candidates or "No mail system was found" in frame.current().problem


def test_who_does_not_know_the_name_gets_the_way_that_suits_the_system(frame: Frame) -> None:
    at(frame, 3)
    page = frame.current()
    assert not page.find.system.isVisible()
    page.unknown.setChecked(True)
    page.find.system.choose("postfix")
    shown = texts_of(page.find)
    assert "postconf -x smtp_helo_name" in shown
    assert any("/etc/postfix/main.cf" in text for text in shown)
    assert page.find.box.isVisible()
    page.find.system.choose("printer")
    assert any("listener" in text for text in texts_of(page.find))
    page.find.system.choose("qmail")
    page.find.box.replace("desk.kolibri.example\n")
    page.find.read.click()
    until(lambda: frame.case.candidates, "the candidates")
    assert frame.case.candidates[0].name == "desk.kolibri.example"
    assert frame.case.candidates[0].system == "qmail"


def texts_of(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def listens(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return True
    return False


def listener_of(frame: Frame, system: str) -> Listening:
    frame.current().unknown.setChecked(True)
    frame.current().find.system.choose(system)
    frame.current().find.listen.click()
    dialog = frame.findChild(Listening)
    assert isinstance(dialog, Listening)
    return dialog


def test_the_listener_tells_the_setting_and_every_name_as_it_is_said(frame: Frame) -> None:
    at(frame, 3)
    dialog = listener_of(frame, "msmtp")
    assert not any(text.startswith("Listening on") for text in texts_of(dialog))
    dialog.start.click()
    until(lambda: any(text.startswith("Listening on 127.0.0.1") for text in texts_of(dialog)), "the listener")
    setting = next(text for text in texts_of(dialog) if text.startswith("host 127.0.0.1"))
    port = int(setting.split("port ")[1].split()[0])
    asyncio.run(Sender("srv01").deliver("127.0.0.1", port))
    until(lambda: frame.case.candidates, "the name")
    assert any("introduced itself as “srv01”" in text for text in texts_of(dialog))
    assert [(one.name, one.source) for one in frame.case.candidates] == [("srv01", "listener")]
    assert "srv01. Heard by the listener: 127.0.0.1" in rows(frame)[1]
    dialog.reject()
    until(lambda: not listens(port), "the port to close")


def test_nobody_else_may_reach_the_listener_unless_the_user_says_so(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def attend(on_open: object, on_greeting: object, *, host: str, port: int = 0) -> None:
        asked.append(host)

    monkeypatch.setattr(steps, "attend", attend)
    at(frame, 3)
    dialog = listener_of(frame, "postfix")
    assert dialog.here.isChecked()
    assert not dialog._risk.isVisible()
    dialog.start.click()
    until(lambda: asked, "the listener")
    dialog.start.click()
    dialog.network.setChecked(True)
    assert "Port 2525 of this computer is then open" in dialog._risk.text()
    assert dialog._risk.isVisible()
    dialog.start.click()
    until(lambda: len(asked) == 2, "the listener again")
    assert asked == ["127.0.0.1", "0.0.0.0"]
    dialog.reject()


def test_the_dns_is_asked_only_after_a_click_and_its_answers_replace_what_was_open(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(frame, 4, "mail.kolibri.example")
    page = frame.current()
    assert "mail.kolibri.example" in page._asks.accessibleName()
    ask = page.actions()[0]
    assert ask.label == "Ask the DNS"
    server = NameServer({"mail.kolibri.example A": ["203.0.113.10"]})
    with serving(server):
        monkeypatch.setattr(dns, "system_resolver", partial(dns_questions.chosen_resolver, server.address))
        ask.act()
        assert [action.label for action in page.actions()] == ["Stop"]
        until(lambda: not page.busy, "the answers")
    states = {finding.id: finding.status for finding in frame.case.judgement.findings}
    assert states["name-address"] is Status.PASS
    assert page.actions() == []
    assert not page._asks.isVisible()


def test_stop_gives_up_waiting_for_the_dns(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    at(frame, 4, "mail.kolibri.example")
    page = frame.current()
    monkeypatch.setattr(dns, "system_resolver", partial(dns_questions.chosen_resolver, "127.0.0.1:9"))
    page.actions()[0].act()
    page.actions()[0].act()
    assert page.busy is None
    assert page.actions()[0].label == "Ask the DNS"


def test_the_script_is_the_trial_and_its_output_is_read_as_one(frame: Frame) -> None:
    at(frame, 5)
    page = frame.current()
    page.servers.typed.setChecked(True)
    page.servers.address.setText("mx.kolibri.example")
    page.actions()[1].act()
    dialog = frame.findChild(OnServer)
    assert "host='mx.kolibri.example'" in dialog._script.toPlainText()
    dialog.powershell.setChecked(True)
    assert "$" in dialog._script.toPlainText()
    dialog.take.click()
    assert dialog._problem.isVisible()
    dialog.box.replace(PRINTED)
    dialog.take.click()
    until(lambda: frame.case.trials, "the trial")
    trial = frame.case.trials[-1]
    assert (trial.verdict, trial.origin, trial.plan.name) == (TrialVerdict.REFUSED, "pasted", "www")
    assert page.card.isVisible()
    assert go_on(frame) == 6


def test_the_practice_server_needs_no_script(frame: Frame) -> None:
    at(frame, 5)
    frame.current().servers.practice.setChecked(True)
    assert [action.label for action in frame.current().actions()] == ["Go on without it"]


def test_this_computers_address_is_asked_for_only_after_a_click_that_says_whom_it_asks(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = NameServer({"myip.example A": ["203.0.113.9"]})
    with serving(server):
        known = dns_source.usual_service()
        service = replace(known, title="Test", server=server.address, question="myip.example", kind="A")
        monkeypatch.setattr(dns_source, "usual_service", lambda: service)
        at(frame, 4, "mail.kolibri.example")
        page = frame.current()
        assert page.address.ask.text() == "Ask Test for it"
        assert server.address in page.address.ask.accessibleDescription()
        assert server.asked == []
        page.address.ask.click()
        until(lambda: not page.busy, "the answer")
    assert server.asked == ["myip.example A"]
    assert (page.address.text, frame.case.client_ip_source) == ("203.0.113.9", "asked")
    assert "203.0.113.9" in page._asks.accessibleName()


def test_a_typed_address_is_taken_and_one_that_is_none_is_told(frame: Frame) -> None:
    at(frame, 4, "mail.kolibri.example")
    page = frame.current()
    page.address.field.setText("my server")
    page.address.field.editingFinished.emit()
    assert not page.problem
    press_forward(frame)
    assert "my server" in page.problem
    assert frame.currentId() == 4
    page.address.field.setText("198.51.100.7")
    assert go_on(frame) == 5
    assert (frame.case.sending_address, frame.case.client_ip_source) == ("198.51.100.7", "typed")
