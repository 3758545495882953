"""``helodoctor-gui --self-test``: the program judges its own installation; an exit code and a JSON report answer.

Packed and installed programs are judged by it, so it uses nothing that only developers have. It keeps what it writes in
a folder of its own that it takes away again, and it never leaves this machine. ``--gui`` asks for the real window
system, not one drawn in memory; ``--report FILE`` and ``--shot FILE`` say where the report and a picture of the second
page go.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame

OPTION = "--self-test"
_PATIENCE_MS = 60_000
_STEP_MS = 20
_PRESSES = 20  # of the filled button; the longest walk takes half of them
_NAME, _POLICY = "www", "infomaniak"  # a name, and a policy that refuses it

_outward: list[str] = []


def main(arguments: list[str]) -> int:
    """Run every check and write the report; 0: all of them hold, 1: one does not."""
    options = _parser().parse_args(arguments)
    if not options.gui:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.addaudithook(_stay_here)
    with tempfile.TemporaryDirectory(prefix="helodoctor-self-test-", ignore_cleanup_errors=True) as folder:
        report = _judge(Path(folder), options.shot)
    text = json.dumps(report, indent=2, ensure_ascii=False) + "\n"
    if options.report:
        options.report.write_text(text, encoding="utf-8")
    sys.stdout.write(json.dumps(report, indent=2) + "\n")  # in ASCII: a console may not know the signs
    return 0 if report["ok"] else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="helodoctor-gui", description=__doc__)
    parser.add_argument(OPTION, action="store_true")
    parser.add_argument("--gui", action="store_true")
    parser.add_argument("--report", type=Path, metavar="FILE")
    parser.add_argument("--shot", type=Path, metavar="FILE")
    return parser


def _judge(folder: Path, shot: Path | None) -> dict[str, Any]:
    """Every check, each on its own, in the order in which a fault is easiest to understand."""
    checks: dict[str, dict[str, Any]] = {}
    facts: dict[str, Any] = {}
    with _checked(checks, "window system"):
        _use_folder(folder)
        facts = _facts()
    for name, check in (
        ("translations", _translations),
        ("data files", _data_files),
        ("practice trial", _practice_trial),
        ("pages", lambda: _pages(shot)),
        ("nothing left this machine", _stayed_here),
    ):
        with _checked(checks, name) as told:
            told.update(check())
    return {"ok": all(check["ok"] for check in checks.values()), **facts, "checks": checks}


@contextmanager
def _checked(checks: dict[str, dict[str, Any]], name: str) -> Iterator[dict[str, Any]]:
    """One check: whatever goes wrong in it is part of the report."""
    told: dict[str, Any] = {"ok": True}
    checks[name] = told
    try:
        yield told
    except Exception as fault:
        told.update(ok=False, trouble=f"{type(fault).__name__}: {fault}", traceback=traceback.format_exc())


def _use_folder(folder: Path) -> None:
    from helodoctor import folders
    from helodoctor_gui.app import make_application

    folders.keep_in(folder)
    make_application([])


def _facts() -> dict[str, Any]:
    """What was judged."""
    from PySide6.QtCore import QLibraryInfo, qVersion
    from PySide6.QtGui import QGuiApplication

    from helodoctor import __version__
    from helodoctor.knowledge.dates import knowledge_date, public_suffix_date

    return {
        "version": __version__,
        "knowledge": knowledge_date(),
        "public_suffix_list": public_suffix_date(),
        "packed": bool(getattr(sys, "frozen", False)),
        "python": platform.python_version(),
        "system": sys.platform,
        "qt": qVersion(),
        "qt_platform": QGuiApplication.platformName(),
        "qt_debug": QLibraryInfo.isDebugBuild(),
    }


# The network


def _stay_here(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: refuse every conversation with another machine, and remember it."""
    if event == "socket.connect" or event.startswith("socket.send"):
        address = arguments[1]
        host = str(address[0]) if isinstance(address, tuple) else "127.0.0.1"
    elif event == "socket.getaddrinfo":
        host = str(arguments[0] or "localhost")
    else:
        return
    if not (host.startswith("127.") or host in ("::1", "localhost", "None")):
        _outward.append(f"{event}: {host}")
        raise ConnectionRefusedError(f"the self-test stays on this machine ({event}: {host})")


def _stayed_here() -> dict[str, Any]:
    if _outward:
        raise RuntimeError(", ".join(_outward))
    return {}


# The files


def _translations() -> dict[str, Any]:
    """Every catalogue speaks, and Qt's own texts are there in the same language."""
    from PySide6.QtCore import QLibraryInfo

    from helodoctor.words import languages, speak

    qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for code in languages()[1:]:
        if speak(code).language != code or speak(code).tr("Back") == "Back":
            raise RuntimeError(f"the catalogue of {code} does not speak")
        if not (qt / f"qtbase_{code}.qm").exists():
            raise FileNotFoundError(f"qtbase_{code}.qm")
    return {"languages": languages()}


def _data_files() -> dict[str, Any]:
    """Every data file can be read as what it is; how many there are of each kind."""
    from helodoctor.knowledge import resource

    counts: dict[str, int] = {}
    for path in sorted(resource("").rglob("*")):
        if path.is_file() and (read := _readers().get(path.suffix)):
            if read(path) is False:
                raise ValueError(path.name)
            counts[path.suffix] = counts.get(path.suffix, 0) + 1
    missing = [suffix for suffix in (".toml", ".txt", ".svg", ".json", ".qss") if not counts.get(suffix)]
    if missing:
        raise FileNotFoundError(f"no file at all of {', '.join(missing)}")
    return counts


def _readers() -> dict[str, Callable[[Path], object]]:
    import tomli
    from PySide6.QtGui import QImage
    from PySide6.QtSvg import QSvgRenderer

    def text(path: Path) -> bool:
        return bool(path.read_text(encoding="utf-8"))

    return {
        ".toml": lambda path: tomli.loads(path.read_text(encoding="utf-8")),
        ".json": lambda path: json.loads(path.read_text(encoding="utf-8")),
        ".svg": lambda path: QSvgRenderer(str(path)).isValid(),
        ".png": lambda path: not QImage(str(path)).isNull(),
        ".txt": text,
        ".md": text,
        ".qss": text,
    }


# The work


def _practice_trial() -> dict[str, Any]:
    """One conversation over loopback, with a name that the policy refuses."""
    from helodoctor import steps
    from helodoctor.model import Case, TrialVerdict

    trial = asyncio.run(steps.practise(Case(), steps.practice_plan(Case(), _NAME, _POLICY))).trials[-1]
    if trial.verdict is not TrialVerdict.REFUSED:
        raise RuntimeError(f"{trial.verdict}: {trial.obstacle or trial.reply_text}")
    return {"reply": trial.reply_text, "lines": len(trial.dialogue)}


def _pages(shot: Path | None) -> dict[str, Any]:
    """The walk of a user with the first sample: every page, in every language."""
    from helodoctor.journey import Page as Stop
    from helodoctor.model import Case
    from helodoctor_gui import tasks
    from helodoctor_gui.wizard import Frame

    frame = Frame()
    frame.show()
    frame.current().samples_menu().actions()[0].trigger()  # type: ignore[attr-defined]
    _until(lambda: not frame.current().box.filling, "the sample to arrive")  # type: ignore[attr-defined]
    seen: dict[str, list[str]] = {}
    for _ in range(_PRESSES):
        if frame.stop not in seen:
            seen[frame.stop] = _look(frame)
            if shot is not None and len(seen) == 2:
                frame.grab().save(str(shot))
        if frame.stop is Stop.FIXED:
            break
        _press(frame)
    frame.take(Case())  # nothing to keep
    frame.hide()
    tasks.stop()
    if list(seen) != list(Stop):
        raise RuntimeError(f"the walk came as far as {list(seen)}; {frame.current().problem or 'no problem was told'}")
    return {"titles": seen}


def _look(frame: Frame) -> list[str]:
    """Draw the page in every language; its titles."""
    from helodoctor.words import languages

    titles = []
    for code in reversed(languages()):  # English last: the walk goes on in it
        frame.speak(code)
        if frame.grab().isNull() or not frame.windowTitle():
            raise RuntimeError(f"{frame.stop} is not drawn in {code}")
        titles.append(frame.windowTitle())
    return titles


def _press(frame: Frame) -> None:
    """Press the filled button, as Ctrl+Enter does, and wait until it has done what it says."""
    from PySide6.QtCore import QCoreApplication, QEventLoop
    from PySide6.QtWidgets import QWizard

    page, buttons = frame.current(), QWizard.WizardButton
    (button,) = (b for b in map(frame.button, (buttons.NextButton, buttons.FinishButton)) if b.isVisible())
    button.click()
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    _until(lambda: frame.current() is not page or page.busy is None, f"“{page.accessibleName()}” to go on")


def _until(holds: Callable[[], object], what: str) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    for _ in range(_PATIENCE_MS // _STEP_MS):
        if holds():
            return
        loop = QEventLoop()
        QTimer.singleShot(_STEP_MS, loop.quit)
        loop.exec()
    raise TimeoutError(f"waited in vain for {what}")
