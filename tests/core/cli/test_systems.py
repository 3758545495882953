"""helodoctor systems: what is known, and one of them in full."""

from __future__ import annotations

import json

import pytest

from helodoctor import guides
from helodoctor.cli import main


def test_the_list_for_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["systems", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["systems"]
    assert [system["id"] for system in listed] == [system.id for system in guides.systems()]
    assert listed[0]["title"] == "Postfix"
    assert all({"id", "title", "kind", "platforms", "confirmed"} <= system.keys() for system in listed)


def test_one_in_full_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["systems", "qnap"]) == 0
    out = capsys.readouterr().out
    assert "QNAP" in out
    assert "Not confirmed by us." in out


def test_one_in_full_for_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["systems", "postfix", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["places"][0]["file"] == "/etc/postfix/main.cf"
    assert told["places"][0]["setting"] == "smtp_helo_name"
    assert "myhostname" in told["default"]


def test_an_id_that_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["systems", "nosuch"]) == 2
    assert "There is no mail system “nosuch”" in capsys.readouterr().err
