"""A Windows of one's own: a fresh Wine prefix on a screen that nobody sees, taken away at the end.

Wine's traps, each met: without a pipe for the output Python does not start; settings are written when the server has
ended; the desktop and file types of the real home would be touched, so the home is another one.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from making.product import CACHE, INSTALLER
from making.tools import Stop, attempt, environment, need, run, say

WINE = "/usr/lib/wine/wine64"
SERVER = "/usr/lib/wine/wineserver64"
SCREEN = "1280x900x24"
USER = "root"


class Windows:
    """A running prefix. Paths on its disk are given from the root of ``C:``, with forward slashes."""

    def __init__(self, home: Path, display: str) -> None:
        self.home = home
        self.prefix = home / "prefix"
        self.display = display
        self.env = environment(
            HOME=str(home),
            WINEPREFIX=str(self.prefix),
            WINEDEBUG="-all",
            WINEDLLOVERRIDES="mscoree,mshtml=;winemenubuilder.exe=d",
            DISPLAY=display,
            LC_ALL="C.UTF-8",
            LANGUAGE="en",
            LANG="C.UTF-8",
        )
        self.env.pop("XDG_RUNTIME_DIR", None)

    def disk(self, path: str = "") -> Path:
        """Where a path of ``C:`` lies here."""
        return self.prefix / "drive_c" / path

    @property
    def local(self) -> str:
        """%LOCALAPPDATA%."""
        return f"users/{os.environ.get('USER', USER)}/AppData/Local"

    def attempt(self, *command: str | Path, timeout: float = 600, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a Windows program to its end; a path of this machine is turned into one of its own."""
        told = [self.windows_path(part) if isinstance(part, Path) else part for part in command]
        return attempt(WINE, *told, cwd=self.home, env=self.env | env, timeout=timeout)

    def run(self, *command: str | Path, timeout: float = 600, **env: str) -> str:
        """The same, for a program that has to end well.

        Raises:
            Stop: it ended with another exit code than 0.
        """
        done = self.attempt(*command, timeout=timeout, **env)
        if done.returncode:
            last = "\n    ".join(done.stdout.strip().splitlines()[-25:])
            raise Stop(f"under Wine, {Path(str(command[0])).name} ended with {done.returncode}:\n    {last}")
        return done.stdout

    def start(self, *command: str | Path) -> subprocess.Popen[bytes]:
        """Start a Windows program and go on."""
        told = [self.windows_path(part) if isinstance(part, Path) else part for part in command]
        return subprocess.Popen(
            [WINE, *told], cwd=self.home, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def settle(self) -> None:
        """Wait until every program has ended and the registry is on the disk."""
        run(SERVER, "-w", env=self.env, timeout=120)

    def end(self) -> None:
        """End every program in this prefix."""
        attempt(SERVER, "-k", env=self.env, timeout=60)
        attempt(SERVER, "-w", env=self.env, timeout=60)

    @staticmethod
    def windows_path(path: Path) -> str:
        """A path of this machine as Windows programs name it."""
        before, found, inside = str(path).partition("/drive_c/")
        return "C:\\" + inside.replace("/", "\\") if found else "Z:" + before.replace("/", "\\")

    def registry(self, key: str) -> dict[str, str]:
        """The values of a key (``HKCU\\...``), by name; empty where there is no such key."""
        self.settle()
        asked = self.attempt("reg", "query", key)
        rows = re.findall(r"^    (.+?)    REG_\w+    (.*)$", asked.stdout.replace("\r", ""), re.MULTILINE)
        return dict(rows) if asked.returncode == 0 else {}


@contextmanager
def windows() -> Iterator[Windows]:
    """A fresh Windows 10, with the one library that Wine lacks; everything of it is gone afterwards."""
    need(WINE, "Xvfb", "xdotool", "x86_64-w64-mingw32-gcc")
    CACHE.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="wine-", dir=CACHE))
    (home / "Desktop").mkdir()  # else Wine takes the home itself for it
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"],
        pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as told:
        system = Windows(home, f":{told.readline().strip()}")
    try:
        say("starting a fresh Windows (Wine)")
        run("/usr/lib/wine/wine64", "wineboot", "--init", env=system.env, timeout=180)
        system.run("winecfg", "-v", "win10")
        library = system.disk("windows/system32/icuuc.dll")
        run("x86_64-w64-mingw32-gcc", "-O1", "-shared", "-o", library, INSTALLER / "windows" / "wine" / "icuuc.c")
        system.settle()
        yield system
    finally:
        system.end()
        screen.send_signal(signal.SIGTERM)
        screen.wait(20)
        _gone(home)


def _gone(folder: Path) -> None:
    """Take a folder away that the last of Wine's helpers may still write to."""
    for _ in range(10):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.5)
