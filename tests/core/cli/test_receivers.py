"""``helodoctor receivers`` as a user or a script runs it."""

from __future__ import annotations

import json

import pytest

from helodoctor.cli import main
from helodoctor.cli.exits import EXIT_INPUT, EXIT_OK
from helodoctor.receivers import receivers


def test_the_list_for_scripts_has_every_receiver(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["receivers", "--json"]) == EXIT_OK
    listed = json.loads(capsys.readouterr().out)["receivers"]
    assert [row["id"] for row in listed] == [receiver.id for receiver in receivers()]
    gmail = next(row for row in listed if row["id"] == "gmail")
    assert (gmail["title"], gmail["setting"], gmail["kind"]) == ("Gmail / Google Workspace", "service", "provider")


def test_the_list_for_people_tells_settings_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["receivers"]) == EXIT_OK
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(receivers())
    assert any(line.split(None, 1) == ["postfix", "Postfix (as installed)"] for line in lines)
    assert any(line.split(None, 1) == ["postfix-hardened", "Postfix (with strict checks)"] for line in lines)


def test_one_receiver_for_scripts_has_each_case_with_its_reply_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["receivers", "postfix-hardened", "--json"]) == EXIT_OK
    found = json.loads(capsys.readouterr().out)
    assert (found["id"], found["number"], found["stage"]) == ("postfix-hardened", 3, "rcpt")
    cases = {row["case"]: row for row in found["cases"]}
    assert cases["single-label"] == {
        "case": "single-label",
        "title": "a short name without a dot",
        "verdict": "reject",
        "stage": "rcpt",
        "code": 504,
        "reply": "504 5.5.2 <{name}>: Helo command rejected: need fully-qualified hostname",
        "score": None,
        "evidence": "observed",
        "source": "Postfix 3.7.11-0+deb12u1, run 2026-11-23",
        "remarks": [],
    }
    assert all(row["source"] for row in found["cases"])


def test_one_receiver_for_people_says_what_it_does_and_how_that_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["receivers", "infomaniak"]) == EXIT_OK
    shown = capsys.readouterr().out
    assert "a short name without a dot: refuses it" in shown
    assert "    550 5.7.1 {recipient}... Access denied - bogus HELO [1] ..." in shown
    assert "(RCPT TO) · [written in its documentation]" in " ".join(shown.split())
    assert "A name that none of this fits: not known" in shown


@pytest.mark.parametrize("receiver", [receiver.id for receiver in receivers()])
def test_every_receiver_can_be_shown(receiver: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["receivers", receiver]) == EXIT_OK
    assert capsys.readouterr().out.count("\n") >= 3


def test_a_receiver_that_does_not_exist_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["receivers", "nobody"]) == EXIT_INPUT
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert "“nobody”" in shown.err
