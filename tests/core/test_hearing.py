"""Pointing a mail system at the listener, what it then says as candidates, and all names side by side."""

from __future__ import annotations

import asyncio
import socket

import pytest

from helodoctor import steps
from helodoctor.detect import detect
from helodoctor.knowledge.senders import System, all_systems
from helodoctor.model import Candidate, Case, Detection, InputProblem, Target
from helodoctor.network import own
from helodoctor.network.listener import Greeting
from helodoctor.network.sender import Sender
from helodoctor.words import speak
from helodoctor.words.detection import note
from helodoctor.words.listening import pointing_lines

HERE = Target(host="203.0.113.9", port=2525)


def greeting(name: str, *, tls: bool = False, client: str = "203.0.113.5:40112") -> Greeting:
    return Greeting(name=name, verb="EHLO", client=client, tls=tls, time="2026-11-23T22:00:00+00:00")


def test_what_is_heard_becomes_candidates_once_each() -> None:
    case = Case()
    for port, tls in ((1, False), (2, True), (3, False)):
        case = steps.heard(case, greeting("www", tls=tls, client=f"203.0.113.5:{port}"))
    found = [(one.name, one.source, one.where, one.scope, one.confidence) for one in case.candidates]
    assert found == [
        ("www", "listener", "203.0.113.5", "after-starttls", "sure"),
        ("www", "listener", "203.0.113.5", "before-starttls", "sure"),
    ]


def test_an_empty_name_is_no_candidate_and_a_flood_ends() -> None:
    case = steps.heard(Case(), greeting(""))
    for number in range(200):
        case = steps.heard(case, greeting(f"host-{number}"))
    assert len(case.candidates) == 50
    assert all(one.name for one in case.candidates)


def test_all_names_stand_side_by_side_what_was_said_first() -> None:
    case = steps.read(Case(), "504 5.5.2 <srv01>: Helo command rejected: need fully-qualified hostname")
    case = steps.look_in(case, "smtp_helo_name = out.kolibri.example\nmydestination = localhost\n", "main.cf")
    case = steps.heard(case, greeting("www"))
    shown = [(one.name, one.source) for one in steps.candidates(case)]
    assert shown == [("srv01", "bounce"), ("www", "listener"), ("out.kolibri.example", "file")]


@pytest.mark.parametrize(
    ("said", "placed", "told"),
    [("www", "www", None), ("www", "WWW.", None), ("www", "out.kolibri.example", "What was said (www) is not")],
)
def test_what_was_said_is_held_against_what_is_set(said: str, placed: str, told: str | None) -> None:
    found = (
        Candidate(name=said, source="bounce", where=""),
        Candidate(name=placed, source="file", where="main.cf", line=3),
    )
    remark = note(speak("en"), Detection(candidates=found))
    assert (remark is None) if told is None else told in (remark or "")


def test_the_listener_runs_until_it_is_cancelled() -> None:
    async def conversation() -> list[str]:
        opened: asyncio.Queue[Target] = asyncio.Queue()
        names: list[str] = []
        waiting = asyncio.create_task(steps.attend(opened.put_nowait, lambda heard: names.append(heard.name)))
        target = await opened.get()
        for name in ("www", "out.kolibri.example"):
            await Sender(name).deliver(target.host, target.port)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        with pytest.raises(OSError):
            await Sender("www").deliver(target.host, target.port)
        return names

    assert asyncio.run(conversation()) == ["www", "out.kolibri.example"]


def test_an_address_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(InputProblem) as fault:
        asyncio.run(steps.attend(print, print, port=taken.getsockname()[1]))
    assert fault.value.id == "cannot-listen"


POINTED = [system for system in all_systems().values() if system.listener]


@pytest.mark.parametrize("system", POINTED, ids=lambda system: system.id)
def test_the_setting_names_address_and_port_and_there_is_a_way_back(system: System) -> None:
    known = steps.pointing(system.id, HERE)
    assert known is not None
    shown = known.text or known.sh or ""
    assert "203.0.113.9" in shown
    assert "2525" in shown
    assert known.text or known.back
    lines = pointing_lines(speak("en"), known, HERE)
    assert lines[0][1] == shown
    assert "back" in lines[-1][0]


def test_what_is_made_of_another_system_is_pointed_like_it() -> None:
    assert steps.pointing("neomutt", HERE) == steps.pointing("mutt", HERE)


def test_a_system_without_a_known_setting_gets_the_general_way() -> None:
    assert steps.pointing("exchange", HERE) is None
    first = pointing_lines(speak("en"), None, HERE)[0]
    assert "203.0.113.9" in first[0]
    assert first[1] is None


def test_own_address_is_the_one_on_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "_ELSEWHERE", ("127.0.0.1", 9))
    assert own.own_address() == "127.0.0.1"


def test_the_settings_that_point_here_do_not_hide_the_name() -> None:
    known = steps.pointing("msmtp", HERE)
    assert known is not None
    found = detect(f"{known.text}\ndomain out.kolibri.example\n", system="msmtp")
    assert found.candidates[0].name == "out.kolibri.example"
