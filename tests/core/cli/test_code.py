"""helodoctor code: what was read over the phone, said in the listener's language."""

from __future__ import annotations

import json
from itertools import chain

import pytest
from msgspec.structs import asdict

from core.casefile.walked import walked
from helodoctor.casefile.code import Screen, encode, numbers, screen_of
from helodoctor.cli import main

CODE = encode(screen_of(walked(), "fix"))


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["code", *arguments]) == 0
    return capsys.readouterr().out


def test_it_says_the_screen_and_the_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    rows = dict(line.split("  ", 1) for line in told(capsys, CODE).splitlines())
    assert rows["Page"].strip() == "6  Fix it"
    assert rows["Receiver"].strip() == "Infomaniak"
    assert rows["Cause"].strip().endswith("(helo-not-fqdn)")
    assert rows["Mail system"].strip() == "Postfix"
    assert rows["Last trial"].strip() == "taken"


def test_it_speaks_the_readers_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Infomaniak hat die Mail abgelehnt" in told(capsys, CODE, "--lang", "de")


def test_groups_may_be_given_apart_and_small(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, *CODE.lower().split("-")) == told(capsys, CODE)


def test_json_gives_the_ids(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(told(capsys, CODE, "--json")) == asdict(screen_of(walked(), "fix"))


def test_everything_that_has_a_number_has_words(capsys: pytest.CaptureFixture[str]) -> None:
    for field, value in chain(*([(field, value) for value in known] for field, known in numbers().items())):
        assert len(told(capsys, encode(Screen(**{field: value}))).splitlines()) == 1


def test_what_is_not_known_yet_is_not_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, encode(Screen(page="paste"))) == "Page  1  What came back?\n"


def test_an_unknown_number_is_said_to_be_newer(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    future = {**numbers(), "cause": {**numbers()["cause"], "of-tomorrow": 60}}
    with monkeypatch.context() as patch:
        patch.setattr("helodoctor.casefile.code.numbers", lambda: future)
        code = encode(Screen(cause="of-tomorrow"))
    assert told(capsys, code) == "Cause  made by a newer version\n"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("hello", "is not a support code"),
        (CODE[:-1] + "*", "is not a support code"),
        (CODE[1] + CODE[0] + CODE[2:], "was misread or two were swapped"),
    ],
)
def test_a_slip_is_told_in_one_sentence(capsys: pytest.CaptureFixture[str], code: str, sentence: str) -> None:
    assert main(["code", code]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert sentence in err
