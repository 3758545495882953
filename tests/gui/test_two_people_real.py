"""Helpdesk and admin in real windows on a real X server, each with a home of their own: keyboard and screen reader.

The keyboard is ``xdotool``; what the windows show is read off the accessibility tree (:mod:`reading_aloud`).
"""

from __future__ import annotations

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
from helodoctor.model import ProofState
from helodoctor.steps import proof
from test_reading_aloud import READER, SYSTEM_PYTHON, accessible, missing

pytestmark = needs_a_screen
REPLY = "Well done. Send the mail again."
CHANGED = ("Before: ", "Now: www", "Now: www: refused")
PROVEN = ("Now: mail.firma.example: taken", "What: Is it fixed?", "Before: Not proven yet.")
BOUNCE = "550 5.7.1 <www>: Helo command rejected: need fully-qualified hostname"


class Person(Hands):
    """Hands at the keyboard, and ears for what the window says."""

    def __init__(self, environment: dict[str, str]) -> None:
        super().__init__(environment["DISPLAY"])
        self._session = environment

    def hears(self, *part: str) -> str:
        """What a screen reader is told in one part of :mod:`reading_aloud`, which uses the window meanwhile."""
        command = [SYSTEM_PYTHON, str(READER), *part]
        done = subprocess.run(command, env=self._session, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
        return done.stdout


@contextmanager
def session_bus(environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """``environment`` in a D-Bus session of its own, by which the accessibility tree is asked for."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=quiet, text=True) as bus:
        try:
            assert bus.stdout is not None
            yield environment | {"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()}
        finally:
            bus.terminate()


@contextmanager
def person(home: Path, *arguments: str) -> Iterator[Person]:
    """The program of one of the two, on a screen of its own, and who sits before it."""
    own = {name: str(home / name.lower()) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    home.mkdir(mode=0o700, exist_ok=True)
    command = [sys.executable, "-c", START, *arguments]
    with (
        x_server() as display,
        session_bus(accessible(display, home) | own) as environment,
        subprocess.Popen(command, env=environment, cwd=home) as program,
    ):
        try:
            yield Person(environment)
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


def choose(helpdesk: Hands, path: Path) -> None:
    """Open what came back, and have it on show."""
    helpdesk.find("Helpdesk")
    helpdesk.press("ctrl+o")
    helpdesk.find("Open cases")
    helpdesk.type(str(path))
    helpdesk.press("Return")
    helpdesk.find("Helpdesk")
    helpdesk.press("ctrl+f")
    helpdesk.type(path.stem)
    until(lambda: _chosen(helpdesk, path), "the case on show")


def answer(helpdesk: Hands, to: Path) -> None:
    helpdesk.press("ctrl+Return")
    helpdesk.type(REPLY)
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
    if lacking := missing():
        pytest.skip(f"not installed: {lacking} (apt-get install dbus at-spi2-core python3-gi gir1.2-atspi-2.0)")
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
            assert admin.hears("prove").endswith("heard: It is fixed\n")
            until(lambda: proof(saved(returned).case).state is ProofState.FIXED, "the proof to be kept in the file")
        back = saved(returned)
        assert (back.id, back.page, back.case.new_name) == (prepared.id, "fixed", "mail.firma.example")
        assert {"name", "judge", "try", "fixed"} <= {change.page for change in difference(prepared, back)}

        sent.unlink()
        choose(helpdesk, returned)
        helpdesk.hears("changes", *CHANGED)
        helpdesk.press("ctrl+End")
        assert "cell: Now: Fixed" in helpdesk.hears("changes", *PROVEN)
        answer(helpdesk, answered)
        case = saved(answered).case
    assert case.session is not None
    assert case.trials == back.case.trials
    assert [reply.text for reply in case.session.replies] == [REPLY]

    with person(tmp_path / "admin", str(answered)) as admin:
        admin.hears("reply", REPLY)
