"""A saved case in one line: what it says, and that a file nobody can open has one too."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from core.casefile.walked import NEW_NAME, walked
from helodoctor import steps
from helodoctor.casefile import encode, new_file, save
from helodoctor.casefile.summary import summarise
from helodoctor.model import Case, Session
from helodoctor.words import speak
from helodoctor.words.problems import problem

WALKED = walked()
CASES = {
    "prepared": steps.prepared(Session(helpdesk="Kolibri")),
    "open": replace(WALKED, trials=(), announcements=()),
    "innocent": steps.read(Case(), "550 5.2.2 <anna@firma.example>: mailbox is full"),
    "half": replace(WALKED, announcements=()),
    "fixed": WALKED,
}


@pytest.mark.parametrize("state", CASES)
def test_how_far_a_case_is(state: str, tmp_path: Path) -> None:
    save(new_file(CASES[state]), tmp_path / "a.helocase")
    assert summarise(tmp_path / "a.helocase").state == state


def test_what_it_says(tmp_path: Path) -> None:
    file = new_file(WALKED, "fix")
    save(file, tmp_path / "Ticket 4711.helocase")
    line = summarise(tmp_path / "Ticket 4711.helocase")
    assert (line.id, line.saved, line.page) == (file.id, file.saved, "fix")
    assert (line.name, line.new_name, line.cause, line.system) == ("www", NEW_NAME, "helo-not-fqdn", "postfix")
    assert (line.receiver, line.trials) == ("mta-gw1.infomaniak.ch", 2)
    assert all(word in line.needle for word in ("ticket 4711", "www", NEW_NAME, "infomaniak", "user123@", file.id))


UNREADABLE = {
    "no case": b"hello",
    "an unknown system": encode(new_file(WALKED)).replace(b'"system": "postfix"', b'"system": "nosuch"'),
    "no such failure": encode(new_file(WALKED)).replace(b'"chosen": 0', b'"chosen": 7'),
    "too large": b" " * 20_000_000,
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_one_that_cannot_be_read_says_so(name: str, tmp_path: Path) -> None:
    path = tmp_path / "Odd.helocase"
    path.write_bytes(UNREADABLE[name])
    line = summarise(path)
    assert (line.state, line.path) == ("unread", str(path))
    assert line.trouble is not None
    assert problem(speak("en"), line.trouble)
    assert "odd" in line.needle


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    assert summarise(tmp_path / "gone.helocase").state == "unread"
    assert summarise(tmp_path).state == "unread"


def test_a_newer_file_has_its_line(tmp_path: Path) -> None:
    data = encode(new_file(WALKED)).replace(b'"version": 1', b'"version": 2').replace(b'"ticks": [', b'"ticks": [7,')
    (tmp_path / "new.helocase").write_bytes(data)
    assert summarise(tmp_path / "new.helocase").state == "fixed"
