"""The life of an installation under Wine: installed, judged, replaced, refused while running, taken away."""

from __future__ import annotations

import json
import os
import shutil
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from making import freeze, msi, nsis
from making.product import WORK, app, version
from making.tools import Stop, attempt, fresh, say
from making.wine import Windows

NEWER = "9.9.9"
ONLY_OLDER = "_internal/only-in-the-older.txt"
EXIT_RUNNING = 4
WAIT_SECONDS = 60.0
PROGRAM = f"{app()['programs']['window']}.exe"
NAME = app()["product"]["name"]
CLASSES = "HKCU\\Software\\Classes"
UNINSTALL = f"HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{NAME.replace(' ', '')}"


def hold(holds: object, what: str) -> None:
    """Tell what holds.

    Raises:
        Stop: it does not.
    """
    if not holds:
        raise Stop(f"does not hold: {what}")
    say(f"holds: {what}")


def until(holds: Callable[[], object], what: str) -> None:
    """Wait until something holds."""
    end = time.monotonic() + WAIT_SECONDS
    while not holds():
        if time.monotonic() > end:
            raise Stop(f"waited in vain for {what}")
        time.sleep(0.3)


def judge(system: Windows, program: Path, *, platform: str) -> dict[str, Any]:
    """The installed program's own report; ``platform`` is ``offscreen`` or ``windows``."""
    report = system.disk("report.json")
    report.unlink(missing_ok=True)
    system.run(program, "--self-test", "--report", report, *(["--gui"] if platform == "windows" else []))
    told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    hold(told["ok"] and told["packed"] and told["qt_platform"] == platform, f"the self-test passes on {platform}")
    return told


def silent(system: Windows, bundle: Path) -> None:
    """The setup as fleets and scripts use it: ``/S``."""
    older = fresh("nsis-proof") / "older"
    shutil.copytree(bundle, older, copy_function=os.link)
    (older / ONLY_OLDER).write_text("the newer version has no such file", encoding="utf-8")
    old = nsis.setup(older, fast=True, target=WORK / "nsis-proof" / "helodoctor-older.exe")
    new = nsis.setup(bundle, fast=True, told_version=NEWER, target=WORK / "nsis-proof" / "helodoctor-newer.exe")
    home, log = system.disk(f"{system.local}/Programs/{app()['windows']['folder']}"), system.disk("setup.log")
    cases = system.disk(f"{system.local}/helodoctor/cases/a.helocase")
    cases.parent.mkdir(parents=True)
    cases.write_text("{}")
    _installed(system, older, old, home, log)
    judge(system, home / PROGRAM, platform="offscreen")
    judge(system, home / PROGRAM, platform="windows")
    told = system.run(home / f"{app()['programs']['terminal']}.exe", "--version")
    hold(version() in told, "the command line answers")
    _replaced(system, new, home, log)
    _refused(system, new, home, log)
    _taken_away(system, home, log)
    hold(cases.exists(), "the user's cases stay")


def _installed(system: Windows, bundle: Path, setup: Path, home: Path, log: Path) -> None:
    (setup.parent / msi.PROFILE).write_text("version = 1\n", encoding="utf-8")
    before = set(_menus(system))
    done = system.attempt(setup, "/S", "/DESKTOP", f"/LOG={system.windows_path(log)}")
    (setup.parent / msi.PROFILE).unlink()
    system.settle()
    hold(done.returncode == 0, "the silent setup ends with 0")
    installed = freeze.fingerprints(home)
    hold(installed.pop("uninstall.exe", None), "an uninstaller is there")
    hold(installed.pop(msi.PROFILE, None), "the organisation's profile came along")
    hold(installed == freeze.fingerprints(bundle), f"the {len(installed)} installed files are the frozen ones")
    hold(f"version {version()} was installed" in _log(log), "the log says so")
    names = sorted(path.name for path in set(_menus(system)) - before)
    hold(names == [f"{NAME}.lnk"] * 2, f"one entry in the start menu and one icon on the desktop ({names})")
    entry = system.registry(UNINSTALL)
    hold(entry.get("DisplayVersion") == version() and entry.get("Publisher"), "Windows lists the program")
    opened = system.registry(f"{CLASSES}\\{app()['windows']['class']}\\shell\\open\\command")
    hold(PROGRAM in opened.get("(Default)", ""), "its documents open with it")


def _replaced(system: Windows, newer: Path, home: Path, log: Path) -> None:
    own = home / "my notes.txt"
    own.write_text("mine")
    hold(system.attempt(newer, "/S", f"/LOG={system.windows_path(log)}").returncode == 0, "a newer setup ends with 0")
    hold(system.registry(UNINSTALL).get("DisplayVersion") == NEWER, f"Windows lists version {NEWER}")
    gone = f"replacing version {version()}" in _log(log) and not (home / ONLY_OLDER).exists()
    hold(gone, "the older one was taken away first")
    hold(own.exists() and (home / msi.PROFILE).exists(), "what others put there is kept, and the profile")
    own.unlink()


def _refused(system: Windows, newer: Path, home: Path, log: Path) -> None:
    before = freeze.fingerprints(home)
    running = system.start(home / PROGRAM)
    until(lambda: NAME in titles(system), "the window")
    said = f"/LOG={_at(log)}"
    hold(system.attempt(newer, "/S", said).returncode == EXIT_RUNNING, "the setup refuses while the program runs: 4")
    script = system.disk("uninstall.bat")  # _?= must not be quoted, whatever spaces follow
    script.write_text(f'"{_at(home)}\\uninstall.exe" /S {said} _?={_at(home)}\r\nexit %ERRORLEVEL%\r\n')
    done = system.attempt("cmd", "/c", script)
    hold(done.returncode == EXIT_RUNNING, "the uninstaller refuses while the program runs: 4")
    hold("is running; nothing has been changed" in _log(log), "the log says so")
    system.attempt("taskkill", "/F", "/IM", PROGRAM)
    running.wait(60)
    hold(freeze.fingerprints(home) == before, "nothing was changed meanwhile")


def _taken_away(system: Windows, home: Path, log: Path) -> None:
    hold(system.attempt(home / "uninstall.exe", "/S", f"/LOG={system.windows_path(log)}").returncode == 0,
         "the silent uninstaller ends with 0")  # fmt: skip
    system.settle()
    until(lambda: not home.exists(), "the folder to go")
    hold(not home.exists(), "its folder is gone")
    hold(not any(path.name == f"{NAME}.lnk" for path in _menus(system)), "its entries in menu and desktop are gone")
    kind, document = app()["windows"]["class"], app()["document"]["suffix"]
    keys = (UNINSTALL, f"{CLASSES}\\{kind}", f"{CLASSES}\\.{document}", "HKCU\\Software\\HELODoctor")
    hold(not any(system.attempt("reg", "query", key).returncode == 0 for key in keys), "its registry keys are gone")


def fleet(system: Windows, bundle: Path) -> None:
    """The msi, as ``msiexec /qn`` installs it; a case with a space in its name is opened by double click."""
    folder = system.disk("from")
    folder.mkdir()
    package = msi.package(bundle, target=folder / "helodoctor.msi")
    (folder / msi.PROFILE).write_text("version = 1\n", encoding="utf-8")
    log = system.disk("msi.log")
    done = system.attempt("msiexec", "/i", package, "/qn", "/l*v", log)
    system.settle()
    hold(done.returncode == 0, "msiexec /i /qn ends with 0")
    home = system.disk(f"Program Files/{app()['windows']['folder']}")
    installed = freeze.fingerprints(home)
    hold(installed.pop(msi.PROFILE, None), "the organisation's profile came along")
    hold(installed == freeze.fingerprints(bundle), f"the {len(installed)} installed files are the frozen ones")
    hold([path for path in _menus(system) if path.name == f"{NAME}.lnk"], "it is in the start menu")
    judge(system, home / PROGRAM, platform="windows")
    _double_click(system)
    hold(system.attempt("msiexec", "/x", package, "/qn").returncode == 0, "msiexec /x /qn ends with 0")
    system.settle()
    hold(not home.exists(), "its folder is gone")


def portable(system: Windows, package: Path) -> None:
    """The zip, unpacked anywhere: what the program keeps, it keeps beside itself."""
    with zipfile.ZipFile(package) as packed:
        packed.extractall(system.disk("stick"))
    home = system.disk("stick") / app()["windows"]["folder"]
    judge(system, home / PROGRAM, platform="offscreen")
    running = system.start(home / PROGRAM)
    until(lambda: NAME in titles(system), "the window")
    system.attempt("taskkill", "/IM", PROGRAM)
    running.wait(60)
    until((home / "data").exists, "the data beside the program")
    hold(not system.disk(f"{system.local}/helodoctor").exists(), "it keeps its data beside itself, and none elsewhere")
    hold(not system.registry("HKCU\\Software\\helodoctor"), "it leaves nothing in the registry")


def _double_click(system: Windows) -> None:
    """Open a case by its type, as the desktop does, and see the program start with it."""
    from helodoctor import steps
    from helodoctor.bounce.samples import samples
    from helodoctor.casefile import document, store
    from helodoctor.model import Case

    case = system.disk("a saved case.helocase")
    store.save(document.new_file(steps.read(Case(), samples()[0].text), "happened"), case)
    asked = system.start("start", _at(case))
    until(lambda: _started_with(case.name), "the program to start with the case")
    until(lambda: NAME in titles(system), "its window")
    until(lambda: "refused" in titles(system), f"the case on its page, not {titles(system).strip()}")
    hold(True, f"a double click opens the case: {titles(system).strip()}")
    system.attempt("taskkill", "/F", "/IM", PROGRAM)
    asked.wait(60)
    system.settle()


def _started_with(argument: str) -> bool:
    """Whether the program runs with ``argument`` among its own."""
    for told in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = told.read_bytes().decode(errors="replace").split("\0")
            if PROGRAM in words[0] and any(argument in word for word in words[1:]):
                return True
    return False


def _menus(system: Windows) -> list[Path]:
    """The links of the start menu and the desktop, which Wine may lay into the home instead."""
    folders = (system.disk("users"), system.disk("ProgramData"), system.home / "Desktop")
    return sorted({path.resolve() for folder in folders for path in folder.rglob("*.lnk")})


def _log(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""


def _at(path: Path) -> str:
    return Windows.windows_path(path)


def titles(system: Windows) -> str:
    """The titles of the program's windows on the screen."""
    return attempt("xdotool", "search", "--name", NAME, "getwindowname", "%@", env=system.env).stdout
