"""One walk in a real window on a real X server, driven from outside the process by xdotool."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

TOOLS = ("Xvfb", "xdotool")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
PATIENCE = 30.0
BOUNCE = "550 5.7.1 <www>: Helo command rejected: need fully-qualified hostname"
START = "import sys; from helodoctor_gui.start import main; sys.exit(main())"

pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (apt-get install xvfb xdotool)"),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X servers are a matter of Linux here"),
]


def until(holds: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.1)


@pytest.fixture
def display() -> Iterator[str]:
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
        server.terminate()


class Hands:
    """A user at the keyboard of ``display``."""

    def __init__(self, display: str) -> None:
        self._environment = {**os.environ, "DISPLAY": display}
        self.window = ""

    def _do(self, *arguments: str) -> str:
        command = ["xdotool", *arguments]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False, timeout=60)
        return done.stdout.strip()

    def find(self) -> None:
        until(lambda: self._do("search", "--onlyvisible", "--name", "HELO Doctor"), "the window")
        self.window = self._do("search", "--onlyvisible", "--name", "HELO Doctor").splitlines()[0]
        self._do("windowfocus", "--sync", self.window)

    def type(self, text: str) -> None:
        self._do("type", "--delay", "20", text)

    def press(self, *keys: str) -> None:
        self._do("key", "--delay", "30", *keys)

    def title(self) -> str:
        return self._do("getwindowname", self.window).removesuffix(" – HELO Doctor")

    def sees(self, *titles: str) -> None:
        until(lambda: self.title() in titles, f"{titles}, the window says {self.title()!r}")


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
            hands.press("Tab", "ctrl+a")
            hands.type("mail.firma.example")
            hands.press("ctrl+Return")
            hands.sees("Is it fixed?")
            hands.press("Tab", "Tab", "space")
            hands.sees("Half proven")
            hands.press("ctrl+Return")
            assert program.wait(PATIENCE) == 0
        finally:
            program.kill()
