"""A closed port 25 is told from a server that is away, by calling others; here they stand on this machine."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.core.network.scripted import Connection, Script, Scripted

from helodoctor.model import NetworkProblem, Target, Trial, TrialPlan, TrialVerdict
from helodoctor.network import way_out
from helodoctor.network.banners import KnownHost, banners
from helodoctor.network.limits import History
from helodoctor.words import speak
from helodoctor.words import trials as sentences

PLAN = TrialPlan(target=Target(host="mx.kolibri.example"), name="www", stop_after="ehlo")
AWAY = Trial(plan=PLAN, verdict=TrialVerdict.UNREACHABLE, obstacle="connect-timeout")


def known(host: str, banner: str = "Famous") -> KnownHost:
    return KnownHost(title=f"Known at {host}", host=host, banner=banner, source="this test")


def greeting(*pieces: str) -> Script:
    async def script(talk: Connection) -> None:
        await talk.say(*pieces)
        await talk.answer("221 bye")

    return script


def found(script: Script, *hosts: str) -> tuple[Trial, Scripted]:
    """What is found out where ``script`` serves at 127.0.0.1 and ``hosts`` are called."""

    async def run() -> tuple[Trial, Scripted]:
        async with asyncio.timeout(20), Scripted(script) as server:
            trial = await way_out.find_out(AWAY, hosts=[known(host) for host in hosts], port=server.port)
        return trial, server

    trial, server = asyncio.run(run())
    said = [sentences.reading(speak("en"), trial), sentences.next_step(speak("en"), trial)]
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in said)
    return trial, server


def test_a_greeting_shows_that_the_way_is_open_and_no_name_is_said() -> None:
    trial, server = found(greeting("220 mx Famous ESMTP"), "127.0.0.1", "127.0.0.1")
    assert (trial.verdict, trial.obstacle) == (TrialVerdict.UNREACHABLE, "only-this-server")
    assert [call.outcome for call in trial.calls] == ["greeted"]
    assert server.commands == ["QUIT"]
    assert "mx.kolibri.example itself" in sentences.reading(speak("en"), trial)


def test_the_next_is_called_where_one_is_silent() -> None:
    trial, _ = found(greeting("220 mx Famous ESMTP"), "127.0.0.9", "127.0.0.1")
    assert [call.outcome for call in trial.calls] == ["connection-refused", "greeted"]
    assert trial.obstacle == "only-this-server"


def test_none_answers_so_the_port_is_closed_here() -> None:
    trial, _ = found(greeting("220 mx Famous ESMTP"), "127.0.0.8", "127.0.0.9")
    assert (trial.verdict, trial.obstacle) == (TrialVerdict.BLOCKED, "port-25-closed")
    assert "Known at 127.0.0.8 does not answer" in sentences.reading(speak("en"), trial)


@pytest.mark.parametrize("words", ["220 proxy.example ESMTP", "554 use our relay", "HTTP/1.1 400 Bad Request"])
def test_other_words_in_their_place_are_an_interception(words: str) -> None:
    trial, _ = found(greeting(words), "127.0.0.1")
    assert (trial.verdict, trial.obstacle) == (TrialVerdict.BLOCKED, "port-25-intercepted")
    assert words in sentences.reading(speak("en"), trial)


def test_a_server_that_takes_the_call_and_stays_silent_is_no_open_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(way_out, "_SECONDS", 0.3)

    async def silent(talk: Connection) -> None:
        await talk.silence()

    trial, _ = found(silent, "127.0.0.1")
    assert ([call.outcome for call in trial.calls], trial.obstacle) == (["timeout"], "port-25-closed")


def test_without_a_name_service_nothing_is_said_of_the_port(monkeypatch: pytest.MonkeyPatch) -> None:
    from helodoctor.network import resolve
    from helodoctor.network.replies import Obstacle

    async def unanswered(_: str) -> list[str]:
        raise Obstacle("dns-unanswered")

    monkeypatch.setattr(resolve, "addresses", unanswered)
    trial, _ = found(greeting("220 mx Famous ESMTP"), "mx.famous.example")
    assert (trial.verdict, trial.obstacle) == (TrialVerdict.UNREACHABLE, "no-internet")


def test_the_limit_holds_for_calls_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from helodoctor.network import resolve

    async def somewhere(_: str) -> list[str]:
        return ["192.0.2.25"]

    async def refused(*_: object, **__: object) -> None:
        raise ConnectionRefusedError(111, "refused")

    monkeypatch.setattr(resolve, "addresses", somewhere)
    monkeypatch.setattr(asyncio, "open_connection", refused)
    history = History(tmp_path / "trials.json")
    hosts = [known("mx.famous.example")]
    trial = asyncio.run(way_out.find_out(AWAY, hosts=hosts, history=history))
    assert trial.obstacle == "port-25-closed"
    with pytest.raises(NetworkProblem) as told:
        asyncio.run(way_out.find_out(AWAY, hosts=hosts, history=history))
    assert told.value.id == "trial-too-soon"


@pytest.mark.parametrize(
    ("changes", "offered"),
    [
        ({}, True),
        ({"obstacle": "connection-refused"}, True),
        ({"obstacle": "port-25-blocked"}, True),
        ({"obstacle": "host-not-found"}, False),
        ({"obstacle": "source-unavailable"}, False),
        ({"origin": "pasted"}, False),
        ({"plan": replace(PLAN, target=Target(host="mx.kolibri.example", port=587))}, False),
        ({"plan": replace(PLAN, target=Target(host="127.0.0.1", policy="exim"))}, False),
    ],
)
def test_it_is_offered_only_where_it_can_tell_something(changes: dict[str, object], offered: bool) -> None:
    assert way_out.puzzling(replace(AWAY, **changes)) is offered


def test_it_is_offered_once() -> None:
    trial, _ = found(greeting("220 mx Famous ESMTP"), "127.0.0.1")
    assert not way_out.puzzling(trial)


def test_the_well_known_servers_are_data_with_a_source() -> None:
    assert len({host.host for host in way_out.known_hosts()}) >= 3
    for host in way_out.known_hosts():
        assert host.source and host.title in sentences.offer(speak("en"), [one.title for one in way_out.known_hosts()])
    assert banners().filter


def test_stop_ends_a_call_at_once() -> None:
    async def stop() -> None:
        async with Scripted(greeting()) as server:
            finding = asyncio.create_task(way_out.find_out(AWAY, hosts=[known("127.0.0.1")], port=server.port))
            await asyncio.sleep(0.1)
            finding.cancel()
            with pytest.raises(asyncio.CancelledError):
                await finding
            async with asyncio.timeout(5):
                await server.ended.wait()

    asyncio.run(stop())
