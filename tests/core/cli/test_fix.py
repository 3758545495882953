"""helodoctor fix: the guide with the values filled in, for people and for scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helodoctor.cli import main

NAME = "mail.firma.example"


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main(["fix", *arguments, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, dict)
    return answer


def test_it_prints_the_steps_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "--system", "postfix", "--name", NAME]) == 0
    out = capsys.readouterr().out
    assert "sudo postconf -e 'smtp_helo_name = mail.firma.example'" in out
    assert "6a  Check that the new name has an address" in out


def test_json_has_the_contracts_fields(capsys: pytest.CaptureFixture[str]) -> None:
    answer = told(capsys, "--system", "exim4-debian", "--name", NAME, "--ip", "203.0.113.9")
    assert (answer["system"], answer["name"]) == ("exim4-debian", NAME)
    assert "diff" not in answer


def test_cause_and_direction_choose_the_way(capsys: pytest.CaptureFixture[str]) -> None:
    way = ("--cause", "helo-not-fqdn", "--direction", "submission")
    answer = told(capsys, "--system", "outlook", "--name", NAME, *way)
    guide = answer["guide"]
    assert isinstance(guide, list)
    assert "587" in guide[0]["do"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--system", "nosuch", "--name", NAME), "There is no mail system “nosuch”"),
        (("--system", "received-exim", "--name", NAME), "nothing is set there"),
        (("--system", "postfix", "--name", "www"), "“www” cannot be used as the new name"),
        (("--system", "postfix", "--name", NAME, "--cause", "bad luck"), "cause"),
        (("--name", NAME), "--system"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], expected: str
) -> None:
    try:
        code = main(["fix", *arguments])
    except SystemExit as left:
        code = int(left.code or 0)
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert expected in err
    assert "Traceback" not in err


def test_config_shows_the_change_and_writes_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    config = tmp_path / "main.cf"
    config.write_text("smtp_helo_name = www\n")
    answer = told(capsys, "--system", "postfix", "--name", NAME, "--config", str(config))
    assert str(answer["diff"]).endswith("-smtp_helo_name = www\n+smtp_helo_name = mail.firma.example")
    assert config.read_text() == "smtp_helo_name = www\n"


def test_a_config_without_a_known_change_is_told_for_people(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    config = tmp_path / "odoo.conf"
    config.write_text("[options]\nsmtp_server = localhost\n")
    assert main(["fix", "--system", "odoo", "--name", NAME, "--config", str(config)]) == 0
    assert "No change of a line or two is known" in capsys.readouterr().out


def test_a_config_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["fix", "--system", "postfix", "--name", NAME, "--config", str(tmp_path / "none")]) == 2
    assert "could not be read" in capsys.readouterr().err
