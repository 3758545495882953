"""One trial at a time, six per host and hour, 20 seconds apart, remembered over restarts."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.core.network.scripted import Scripted, polite

from helodoctor.model import NetworkProblem
from helodoctor.network import resolve
from helodoctor.network.limits import History
from helodoctor.network.probe import probe
from helodoctor.words import speak
from helodoctor.words.problems import problem

START = 1_800_000_000.0


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def history(tmp_path: Path, clock: Clock) -> History:
    return History(tmp_path / "deep" / "trials.json", clock)


def trial(history: History, *hosts: str, name: str = "www") -> None:
    with history.trial(hosts or ("mx.receiver.example", "192.0.2.1"), name, 60):
        pass


def refused(attempt: Callable[[], None]) -> NetworkProblem:
    with pytest.raises(NetworkProblem) as raised:
        attempt()
    return raised.value


def test_a_second_trial_waits_twenty_seconds_after_the_first(history: History, clock: Clock) -> None:
    trial(history)
    clock.now += 19
    told = refused(lambda: trial(history))
    assert (told.id, told.values["seconds"]) == ("trial-too-soon", "1")
    clock.now += 1
    trial(history)


def test_six_an_hour_and_not_one_more(history: History, clock: Clock) -> None:
    for _ in range(6):
        trial(history)
        clock.now += 30
    told = refused(lambda: trial(history))
    assert told.id == "trial-limit"
    assert int(told.values["seconds"]) == 3600 - 180
    clock.now = START + 3600
    trial(history)


def test_the_old_name_and_the_new_one_and_no_third(history: History, clock: Clock) -> None:
    for name in ("www", "mail.sender.example", "WWW.", "Mail.Sender.Example"):
        trial(history, name=name)
        clock.now += 30
    told = refused(lambda: trial(history, name="mx.sender.example"))
    assert (told.id, told.values["seconds"]) == ("trial-names", str(3600 - 60))
    trial(history, "mx.other.example", name="mx.sender.example")
    clock.now = START + 60 + 3600
    trial(history, name="mx.sender.example")


def test_the_sentence_says_when_the_next_one_is_possible(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    trial(history)
    told = problem(speak("en"), refused(lambda: trial(history)))
    assert "mx.receiver.example" in told
    assert "in 20 seconds" in told


def test_one_at_a_time(history: History) -> None:
    with history.trial(("mx.receiver.example",), "www", 60):
        assert refused(lambda: trial(history)).id == "trial-running"


def test_a_trial_whose_process_died_does_not_block_for_ever(history: History, clock: Clock) -> None:
    history.trial(("mx.receiver.example",), "www", 60).__enter__()
    clock.now += 81
    trial(history)


def test_the_same_host_by_address_or_by_name(history: History) -> None:
    trial(history, "mx.receiver.example", "192.0.2.1")
    assert refused(lambda: trial(history, "192.0.2.1")).id == "trial-too-soon"
    trial(history, "mx.other.example", "192.0.2.2")


def test_it_is_remembered_by_the_next_run_of_the_program(tmp_path: Path, clock: Clock) -> None:
    trial(History(tmp_path / "trials.json", clock))
    assert refused(lambda: trial(History(tmp_path / "trials.json", clock))).id == "trial-too-soon"


@pytest.mark.parametrize("junk", [b"", b"\0\xff", b"{}", b"[1]", b'[{"hosts": "x"}]', b"[" * 100_000, b" " * 2_000_000])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, clock: Clock, junk: bytes) -> None:
    (tmp_path / "trials.json").write_bytes(junk)
    history = History(tmp_path / "trials.json", clock)
    trial(history)
    assert refused(lambda: trial(history)).id == "trial-too-soon"


def test_a_clock_set_back_does_not_block_for_years(history: History, clock: Clock) -> None:
    clock.now += 10 * 365 * 86400
    trial(history)
    clock.now = START
    trial(history)


def test_where_nothing_can_be_written_the_trial_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    trial(History(tmp_path / "file" / "trials.json"))


PROCESS = """
import sys
from pathlib import Path
from helodoctor.network.limits import History
with History(Path(sys.argv[1])).trial(("mx.receiver.example",), "www", 60):
    print("admitted")
"""


def test_of_several_processes_at_once_one_is_let_through(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROCESS, str(tmp_path / "trials.json")]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    said = [process.communicate(timeout=60) for process in running]
    assert [out for out, _ in said].count("admitted\n") == 1
    assert all("NetworkProblem" in error for out, error in said if not out)


def test_this_machine_is_exempt_and_others_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history = History(tmp_path / "trials.json")

    async def twice() -> None:
        async with Scripted(polite) as server:
            await probe(server.plan(stop_after="ehlo"), history=history)
            await probe(server.plan(stop_after="ehlo"), history=history)

    asyncio.run(twice())
    assert not (tmp_path / "trials.json").exists()

    async def elsewhere(_: str) -> list[str]:
        return ["127.0.0.1", "192.0.2.1"]

    monkeypatch.setattr(resolve, "addresses", elsewhere)
    with pytest.raises(NetworkProblem):
        asyncio.run(twice())


@pytest.mark.skipif(sys.platform == "win32", reason="flock(2) is what is held here")
def test_a_stopped_program_that_keeps_the_lock_stops_no_other(history: History, tmp_path: Path) -> None:
    """Waiting for it would stop the window's loop, and with it the Stop button."""
    import fcntl

    trial(history, "mx.first.example")
    with (tmp_path / "deep" / "trials.lock").open("a+b") as held:
        fcntl.flock(held.fileno(), fcntl.LOCK_EX)
        trial(history, "mx.second.example")  # comes back at all
        assert refused(lambda: trial(history, "mx.second.example")).id == "trial-too-soon"


def test_a_call_without_a_name_counts_as_a_trial_and_as_no_name(history: History, clock: Clock) -> None:
    for name in ("www", "mail.kolibri.example"):
        trial(history, name=name)
        clock.now += 30
    with history.trial(("mx.receiver.example",), None, 60):
        pass
    assert refused(lambda: trial(history)).id == "trial-too-soon"
    clock.now += 30
    trial(history)
