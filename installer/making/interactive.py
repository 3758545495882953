"""The setup as a person goes through it, under Wine, with a picture of every page to look at."""

from __future__ import annotations

import time
from pathlib import Path

from making import cycle, nsis
from making.product import WORK, app
from making.tools import attempt, fresh, need, run, say
from making.wine import Windows

# What is pressed on each page, after its picture was taken: Enter is the page's own button (Next, Install, Finish).
SETUP = (
    ("1-language", ("Down", "Return")),  # the second language, Spanish
    ("2-welcome", ("Return",)),
    ("3-folder", ("Return",)),
    ("4-components", ("Return",)),
    ("5-finish", ("Return",)),
)
SHORT = 2.0


def walk(system: Windows, bundle: Path) -> Path:
    """Install in Spanish, see the program start, uninstall; returns the folder of the pictures."""
    need("import", "xdotool")
    pictures = fresh("pictures")
    setup = nsis.setup(bundle, fast=True, target=WORK / "nsis-proof" / "helodoctor-interactive.exe")
    system.start(setup)
    cycle.until(lambda: _titled(system, "Installer Language"), "the question for the language")
    for name, keys in SETUP:
        if name == "5-finish":
            home = system.disk(f"{system.local}/Programs/{app()['windows']['folder']}")
            cycle.until((home / "uninstall.exe").exists, "the files")
            time.sleep(SHORT)
        _picture(system, pictures / f"{name}.png")
        _press(system, *keys)
    cycle.until(lambda: cycle.NAME in cycle.titles(system), "the program that the last page starts")
    time.sleep(SHORT)
    _picture(system, pictures / "6-the-program.png")
    system.attempt("taskkill", "/F", "/IM", cycle.PROGRAM)
    system.start(home / "uninstall.exe")
    time.sleep(SHORT * 2)
    _picture(system, pictures / "7-uninstall-what-stays.png")
    _press(system, "Return")
    cycle.until(lambda: not home.exists(), "the folder to go")
    time.sleep(SHORT)
    _picture(system, pictures / "8-uninstalled.png")
    say(f"the setup was walked through in Spanish; its pictures: {pictures}")
    return pictures


def _titled(system: Windows, title: str) -> bool:
    return bool(attempt("xdotool", "search", "--name", title, env=system.env).stdout.strip())


def _press(system: Windows, *keys: str) -> None:
    for key in keys:
        run("xdotool", "key", "--clearmodifiers", key, env=system.env)
        time.sleep(0.4)
    time.sleep(SHORT)


def _picture(system: Windows, path: Path) -> None:
    run("import", "-window", "root", path, env=system.env)
