"""A user at the keyboard of a real X server, from outside the process: what xdotool does, and what it sees."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

TOOLS = ("Xvfb", "xdotool")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
PATIENCE = 30.0
START = "import sys; from helodoctor_gui.start import main; sys.exit(main())"

needs_a_screen = [
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (apt-get install xvfb xdotool)"),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X servers are a matter of Linux here"),
]


def until(holds: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.1)


@contextmanager
def x_server() -> Iterator[str]:
    """A screen of this test's own; its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24"]
    command += ["-nolisten", "tcp", "-noreset"]  # it would begin anew whenever the last window closes
    with subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        try:
            yield f":{number}"
        finally:
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

    def find(self, name: str = "HELO Doctor") -> None:
        """Go to the window called so; there is no window manager that would do it."""
        until(lambda: self._do("search", "--onlyvisible", "--name", name), f"the window {name}")
        self.window = self._do("search", "--onlyvisible", "--name", name).splitlines()[-1]
        self._do("windowfocus", "--sync", self.window)

    def type(self, text: str) -> None:
        self._do("type", "--delay", "20", text)

    def press(self, *keys: str) -> None:
        self._do("key", "--delay", "30", *keys)

    def title(self) -> str:
        return self._do("getwindowname", self.window).removesuffix(" – HELO Doctor")

    def go_on(self, title: str) -> None:
        """Press the filled button until the page called ``title`` comes; a key pressed too early is pressed again."""
        before = self.title()
        for _ in range(4):
            self.press("ctrl+Return")
            with suppress(AssertionError):
                until(lambda: self.title() != before, "another page", PATIENCE / 6)
                break
        until(lambda: title in self.title(), f"{title!r}, the window says {self.title()!r}")

    def sees(self, *titles: str) -> None:
        until(lambda: self.title() in titles, f"{titles}, the window says {self.title()!r}")
