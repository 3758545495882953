"""Helpdesk and admin in real windows on a real X server, each with a home of their own, by keyboard alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hands import START, Hands, needs_a_screen, until, x_server
from helodoctor.casefile import open_file
from helodoctor.casefile.difference import difference
from helodoctor.casefile.document import CaseFile

pytestmark = needs_a_screen
BOUNCE = "550 5.7.1 <www>: Helo command rejected: need fully-qualified hostname"


@contextmanager
def person(home: Path, *arguments: str) -> Iterator[Hands]:
    """The program of one of the two, on a screen of its own, and the hands at its keyboard."""
    own = {name: str(home / name.lower()) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    with x_server() as display:
        environment = {**os.environ, **own, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        home.mkdir()
        with subprocess.Popen([sys.executable, "-c", START, *arguments], env=environment, cwd=home) as program:
            try:
                yield Hands(display)
            finally:
                program.kill()


def saved(path: Path) -> CaseFile:
    until(path.exists, f"{path.name}")
    return open_file(path).file


def prepare(helpdesk: Hands, path: Path) -> CaseFile:
    helpdesk.find("Helpdesk")
    helpdesk.press("ctrl+n")
    helpdesk.find("Prepare a session")
    helpdesk.type("Kolibri helpdesk")
    helpdesk.press("Tab", "Tab", "Tab", "Tab")
    helpdesk.type("mail.firma.example")
    helpdesk.press("Tab")
    helpdesk.type("postfix")
    helpdesk.press("Tab", "Tab")  # over the first page, which is always walked through, to its note
    helpdesk.type("Paste it here.")
    helpdesk.press("shift+Tab", "shift+Tab", "Return")
    helpdesk.find("Save the session")
    helpdesk.type(str(path))
    helpdesk.press("Return")
    return saved(path)


def walk(admin: Hands) -> None:
    admin.type(BOUNCE)
    admin.go_on("Your server’s name was refused")
    admin.go_on("Which name does your server announce?")
    admin.go_on("It is not a good name")
    admin.go_on("Try the name on a server?")
    admin.press("Down")
    admin.go_on("The refusal, seen live")
    admin.go_on("steps to")
    admin.go_on("Is it fixed?")


def opened(admin: Hands, home: Path) -> None:
    """The file is on show once the program holds it against a second window."""
    admin.find()
    until(lambda: list(home.rglob("*.lock")), "the prepared case")
    admin.sees("What came back?")
    time.sleep(0.5)  # the box takes the keyboard a moment after its page has come


def answer(helpdesk: Hands, path: Path, to: Path) -> None:
    helpdesk.find("Helpdesk")
    helpdesk.press("ctrl+o")
    helpdesk.find("Open cases")
    helpdesk.type(str(path))
    helpdesk.press("Return")
    helpdesk.find("Helpdesk")
    helpdesk.press("ctrl+f")
    helpdesk.type(path.stem)
    until(lambda: _chosen(helpdesk, path), "the case on show")
    helpdesk.press("ctrl+Return")
    helpdesk.type("Now restart Postfix.")
    helpdesk.press("Tab", "Tab", "space")
    helpdesk.find("Save with the reply")
    helpdesk.press("ctrl+a")
    helpdesk.type(str(to))
    helpdesk.press("Return")


def _chosen(helpdesk: Hands, path: Path) -> bool:
    """Go to the first row, and see whether it is the one."""
    helpdesk.press("ctrl+l", "ctrl+Home")
    return helpdesk.title().startswith(f"{path.stem} – Helpdesk")


@pytest.mark.timeout(600)
def test_two_people_in_real_windows(tmp_path: Path) -> None:
    sent, returned, answered = (tmp_path / f"{name}.helocase" for name in ("sent", "returned", "answered"))
    with person(tmp_path / "helpdesk", "--agent") as helpdesk:
        prepared = prepare(helpdesk, sent)
        assert prepared.case.session is not None
        assert (prepared.case.session.helpdesk, prepared.case.system) == ("Kolibri helpdesk", "postfix")
        assert [note.text for note in prepared.case.session.notes] == ["Paste it here."]

        returned.write_bytes(sent.read_bytes())  # by mail, say
        with person(tmp_path / "admin", str(returned)) as admin:
            opened(admin, tmp_path / "admin")
            walk(admin)
            until(lambda: saved(returned).page == "fixed", "the last page to be kept in the file")
        back = saved(returned)
        assert (back.id, back.case.new_name, len(back.case.trials)) == (prepared.id, "mail.firma.example", 1)
        assert {"name", "judge", "try"} <= {change.page for change in difference(prepared, back)}

        sent.unlink()
        answer(helpdesk, returned, answered)
        case = saved(answered).case
    assert case.session is not None
    assert case.trials == back.case.trials
    assert [reply.text for reply in case.session.replies] == ["Now restart Postfix."]
