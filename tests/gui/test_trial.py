"""The live trial: what is shown before it starts, Stop, servers that misbehave."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from helodoctor.model import Call, Trial
from helodoctor.network import way_out
from helodoctor.network.outcome import explained
from helodoctor_gui.wizard import Frame
from texts import POSTFIX_DSN, TRANSCRIPT
from walking import go_on, press_forward, put_in, run_trial, until


@pytest.fixture
def silent() -> Iterator[tuple[str, int]]:
    """A server that takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()


def at_the_trial(frame: Frame, name: str = "www") -> None:
    put_in(frame, TRANSCRIPT.format(name=name))
    for number in range(2, 6):
        assert go_on(frame) == number


def ask(frame: Frame, address: str) -> None:
    page = frame.current()
    page.servers.typed.setChecked(True)
    page.servers.address.setText(address)
    page.servers.address.textEdited.emit(address)


def test_what_will_be_sent_stands_there_before_anything_is_sent(frame: Frame) -> None:
    at_the_trial(frame)
    page = frame.current()
    page.servers.practice.setChecked(True)
    assert "EHLO www" in page._wire.text()
    assert "DATA" not in page._wire.text()
    assert page.next_label() == "Ask the practice server"
    ask(frame, "mx.kolibri.example:587")
    assert page.next_label() == "Ask mx.kolibri.example"
    assert "mx.kolibri.example:587" in page._from.accessibleName()
    assert not frame.case.trials


def test_stop_ends_a_silent_conversation_at_once(frame: Frame, silent: tuple[str, int]) -> None:
    at_the_trial(frame)
    page = frame.current()
    ask(frame, f"{silent[0]}:{silent[1]}")
    press_forward(frame)
    assert page.busy
    assert [action.label for action in page.actions()] == ["Stop", "Wait longer"]
    page.actions()[0].act()
    assert page.busy is None
    assert not page.runner.running
    assert [action.label for action in page.actions()] == ["Try again"]
    assert go_on(frame) == 6


def test_stop_then_another_server_works(frame: Frame, silent: tuple[str, int]) -> None:
    at_the_trial(frame)
    page = frame.current()
    ask(frame, f"{silent[0]}:{silent[1]}")
    press_forward(frame)
    page.actions()[0].act()
    page.actions()[0].act()
    assert page.setup.isVisible()
    page.servers.practice.setChecked(True)
    run_trial(frame)
    assert len(frame.case.trials) == 1


def test_a_server_that_is_not_there_gets_a_reading(frame: Frame) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    at_the_trial(frame)
    ask(frame, f"127.0.0.1:{port}")
    run_trial(frame)
    assert frame.current().accessibleName() in ("The server was not reached", "The way to the server is blocked")


def test_an_address_that_is_none_is_told_in_place(frame: Frame) -> None:
    at_the_trial(frame)
    ask(frame, "no server at all")
    press_forward(frame)
    assert frame.current().problem
    assert frame.currentId() == 5


def test_the_walk_goes_on_without_a_trial(frame: Frame) -> None:
    at_the_trial(frame)
    frame.current().actions()[0].act()
    assert frame.currentId() == 6
    assert not frame.case.trials


def test_another_practice_receiver_refuses_in_its_own_words(frame: Frame) -> None:
    at_the_trial(frame)
    page = frame.current()
    page.servers.practice.setChecked(True)
    page.servers.policy.setCurrentIndex(page.servers.policy.findData("postfix-hardened"))
    run_trial(frame)
    assert frame.case.trials[-1].reply_code == 504


def test_the_practice_server_begins_with_the_rules_of_the_bounce_and_keeps_the_users_choice(frame: Frame) -> None:
    put_in(frame, POSTFIX_DSN)
    for number in (2, 3, 4, 5):
        assert go_on(frame) == number
    rules = frame.current().servers.policy
    assert rules.currentData() == "postfix-hardened"
    frame.current().servers.practice.setChecked(True)
    QTest.keyClick(rules, Qt.Key.Key_End)
    chosen = rules.currentData()
    assert chosen != "postfix-hardened"
    for _page in range(2):
        frame.back()
    frame.current().field.setText("mailbox")
    for _page in range(2):
        go_on(frame)
    assert rules.currentData() == chosen


def test_the_window_closes_while_a_conversation_is_on(frame: Frame, silent: tuple[str, int]) -> None:
    at_the_trial(frame)
    ask(frame, f"{silent[0]}:{silent[1]}")
    press_forward(frame)
    frame._leave()
    until(lambda: not frame.isVisible(), "the window to close")


def test_a_slow_server_can_be_given_more_time(frame: Frame, silent: tuple[str, int]) -> None:
    at_the_trial(frame)
    page = frame.current()
    ask(frame, f"{silent[0]}:{silent[1]}")
    press_forward(frame)
    assert "to greet" in page.busy
    assert " s left" in page.busy
    before = page.runner.seconds_left
    more = next(action for action in page.actions() if action.label == "Wait longer")
    more.act()
    assert page.runner.seconds_left >= before + 59
    page.stop()


def test_port_25_is_checked_only_after_the_page_said_whom_that_calls(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []

    async def find_out(trial: Trial) -> Trial:
        called.append(str(trial.plan.target))
        return explained(trial, "port-25-closed", (Call(title="Gmail", host="mx.google.com", outcome="timeout"),))

    monkeypatch.setattr(way_out, "find_out", find_out)
    monkeypatch.setattr(way_out, "PORT", 1)
    at_the_trial(frame)
    ask(frame, "127.0.0.1:1")
    run_trial(frame)
    page = frame.current()
    assert "Gmail, Microsoft 365, GMX" in page.outcome.offer.accessibleName()
    assert not called
    next(action for action in page.actions() if action.label == "Check port 25").act()
    until(lambda: not page.busy, "the calls to end")
    assert called == ["127.0.0.1:1"]
    assert "Port 25 is closed here" in page.card.accessibleName()
    assert [action.label for action in page.actions()] == ["Try again"]
    assert frame.case.trials[-1].verdict == "blocked"
    assert len(frame.case.trials) == 1


def test_the_answer_is_set_beside_what_was_pasted(frame: Frame) -> None:
    at_the_trial(frame)
    page = frame.current()
    page.servers.practice.setChecked(True)
    run_trial(frame)
    assert "Compared with your text: it is the same refusal." in page.outcome.beside.accessibleName()
