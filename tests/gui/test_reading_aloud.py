"""The walk and the helpdesk's window as a screen reader has them: AT-SPI alone, real windows (:mod:`reading_aloud`)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hands import START, needs_a_screen, x_server
from helodoctor import steps
from helodoctor.casefile import new_file, save
from helodoctor.model import Case
from texts import POSTFIX_DSN, TRANSCRIPT

SYSTEM_PYTHON = "/usr/bin/python3"
READER = Path(__file__).with_name("reading_aloud.py")
_ASK = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
_LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")


def missing() -> str:
    """What is not installed; empty where all is there."""
    if not shutil.which("dbus-run-session") or not _LAUNCHER.exists():
        return "dbus-run-session and at-spi2-core"
    if subprocess.run([SYSTEM_PYTHON, "-c", _ASK], capture_output=True, check=False).returncode:
        return "python3-gi and gir1.2-atspi-2.0"
    return ""


pytestmark = needs_a_screen


def accessible(display: str, home: Path) -> dict[str, str]:
    """The environment of a program that exports its tree without being asked to by a desktop."""
    added = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    return {**os.environ, **added, "XDG_RUNTIME_DIR": str(home)}


def in_session(script: str, environment: dict[str, str], home: Path) -> subprocess.CompletedProcess[str]:
    """Run a shell script in a D-Bus session of its own."""
    command = ["dbus-run-session", "--", "sh", "-c", script]
    return subprocess.run(
        command, env=environment, cwd=home, capture_output=True, text=True, timeout=240, check=False
    )


def test_the_whole_walk_by_names_and_roles_alone(home: Path) -> None:
    if lacking := missing():
        pytest.skip(f"not installed: {lacking} (apt-get install dbus at-spi2-core python3-gi gir1.2-atspi-2.0)")
    with x_server() as display:
        program = f'"{sys.executable}" -c "{START}" & program=$!'
        reader = f'"{SYSTEM_PYTHON}" "{READER}"; told=$?; kill $program; exit $told'
        done = in_session(f"{program}; {reader}", accessible(display, home), home)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
    assert done.stdout.splitlines()[-1] == "heard: It is fixed"


def test_a_case_is_chosen_read_and_answered_in_the_helpdesks_window_by_names_and_roles_alone(home: Path) -> None:
    if lacking := missing():
        pytest.skip(f"not installed: {lacking} (apt-get install dbus at-spi2-core python3-gi gir1.2-atspi-2.0)")
    cases = home / "cases"
    cases.mkdir()
    for name, text in (("kolibri", POSTFIX_DSN), ("infomaniak", TRANSCRIPT.format(name="www"))):
        save(new_file(steps.judge(steps.read(Case(), text)), "judge"), cases / f"{name}.helocase")
    with x_server() as display:
        program = f'"{sys.executable}" -c "{START}" --agent "{cases}" & program=$!'
        reader = f'"{SYSTEM_PYTHON}" "{READER}" helpdesk; told=$?; kill $program; exit $told'
        done = in_session(f"{program}; {reader}", accessible(display, home), home)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
    assert done.stdout.splitlines()[-1] == "heard: kolibri"


_ANSWER, _BUTTON = "introduced itself as “www”", "Find its name push button"  # and where the keyboard lands


def test_orca_says_the_answer_where_the_keyboard_lands(home: Path) -> None:
    if lacking := missing() or ("" if shutil.which("orca") else "orca"):
        pytest.skip(f"not installed: {lacking} (apt-get install orca)")
    log = home / "orca.log"
    with x_server() as display:
        environment = accessible(display, home) | {"PYTHONPATH": str(READER.parent)}
        hands = f'"{sys.executable}" "{Path(__file__).with_name("typing_a_bounce.py")}"'
        script = (
            f'orca --debug-file="{log}" & reader=$!; sleep 5; "{sys.executable}" -c "{START}" & program=$!; '
            f'{hands} "{log}" "{_ANSWER}" "{_BUTTON}"; kill $program $reader; wait'
        )
        done = in_session(script, environment, home)
    said = [line.partition("SPEECH OUTPUT: ")[2] for line in log.read_text(encoding="utf-8").splitlines()]
    heard = "\n".join(line for line in said if line)
    assert "The message that came back" in heard, done.stdout[-2000:] + done.stderr[-2000:]
    assert _BUTTON in heard, heard[-2000:]
    assert _ANSWER in heard, heard[-2000:]
