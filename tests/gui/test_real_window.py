"""One walk in a real window on a real X server, driven from outside the process by xdotool."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hands import PATIENCE, START, Hands, needs_a_screen, until, x_server

BOUNCE = "550 5.7.1 <www>: Helo command rejected: need fully-qualified hostname"

pytestmark = needs_a_screen


@pytest.fixture
def display() -> Iterator[str]:
    with x_server() as name:
        yield name


def test_the_walk_in_a_real_window(display: str, home: Path) -> None:
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    with subprocess.Popen([sys.executable, "-c", START], env=environment, cwd=home) as program:
        try:
            hands = Hands(display)
            hands.find()
            hands.sees("What came back?")
            hands.type(BOUNCE)
            hands.press("ctrl+Return")
            hands.sees("Your server’s name was refused")
            hands.press("ctrl+Return")
            hands.sees("Which name does your server announce?")
            hands.press("ctrl+Return")
            hands.sees("It is not a good name")
            hands.press("ctrl+Return")
            hands.sees("Try the name on a server?")
            hands.press("Down", "ctrl+Return")
            hands.sees("The refusal, seen live")
            hands.press("ctrl+Return")
            until(lambda: "steps to" in hands.title(), "the steps")
            hands.press(*["Tab"] * 8, "ctrl+a")  # from the list past the questions to the new name
            hands.type("mail.firma.example")
            hands.press("ctrl+Return")
            hands.sees("Is it fixed?")
            hands.press("Tab", "Tab", "space")
            hands.sees("Half proven")
            hands.press("ctrl+Return")
            assert program.wait(PATIENCE) == 0
        finally:
            program.kill()
