"""“Never use the network”: nothing goes out, neither to the name service nor to a server, and it says why."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from helodoctor import offline, steps
from helodoctor.cli.main import main
from helodoctor.model import Case, NetworkProblem, Target, TrialVerdict
from helodoctor.words import speak
from helodoctor.words.problems import problem


def test_a_wish_is_kept_and_taken_back() -> None:
    assert not offline.wished()
    offline.wish(True)
    assert offline.wished()
    offline.wish(True)
    offline.wish(False)
    offline.wish(False)
    assert not offline.wished()


def test_no_server_is_talked_to_and_the_reason_is_told(stays_on_this_machine: list[str]) -> None:
    offline.wish(True)
    plan = steps.trial_plan(Case(), "mail.kolibri.example", Target(host="192.0.2.1", port=25))
    with pytest.raises(NetworkProblem) as fault:
        asyncio.run(steps.attempt(Case(), plan))
    assert "“Never use the network” is chosen" in problem(speak("en"), fault.value)
    assert stays_on_this_machine == []


def test_the_name_service_is_not_asked() -> None:
    offline.wish(True)
    case = steps.judge(steps.announce(Case(), "mail.kolibri.example"))
    with pytest.raises(NetworkProblem, match="network-off"):
        asyncio.run(steps.ask_dns(case))


def test_the_command_line_obeys_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    offline.wish(True)
    assert main(["dns", "mail.kolibri.example"]) == 3
    assert "Never use the network" in capsys.readouterr().err


def test_the_practice_server_on_this_computer_still_answers() -> None:
    offline.wish(True)
    plan = steps.practice_plan(Case(), "www", "infomaniak")
    tried = asyncio.run(steps.practise(Case(), plan))
    assert tried.trials[-1].verdict is TrialVerdict.REFUSED


def test_where_nothing_can_be_kept_it_is_said(home: Path) -> None:
    from helodoctor.folders import data_folder
    from helodoctor.model import InputProblem

    folder = data_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file in the way", encoding="utf-8")
    with pytest.raises(InputProblem, match="file-unwritable"):
        offline.wish(True)
