"""The core's unit tests on Windows Python, under Wine."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

from making.environment import PYTHON
from making.product import ROOT, WORK
from making.tools import Stop, run, say
from making.wine import Windows

RUNNERS = ("babel", "pytest", "pytest-timeout", "hypothesis")
COPIED = ("tests", "resources", "core", "gui", "pyproject.toml", "README.md", "CHANGELOG.md", "dev.py")
SECONDS = 1800


def prove(system: Windows, python: Path, *which: str) -> None:
    """Run the tests of ``which`` (paths; default: all of ``tests/core``) in ``C:\\clone``.

    Raises:
        Stop: one does not pass that is not listed in ``windows/wine/unit.toml`` with its reason.
    """
    where = ("--target", python.parent / "Lib" / "site-packages", "--python-platform", "windows")
    run(PYTHON, "-m", "uv", "pip", "install", "--quiet", *where, "--python-version", "3.11",
        "--constraint", ROOT / "requirements.lock", *RUNNERS)  # fmt: skip
    clone = system.disk("clone")
    for name in COPIED:
        source = ROOT / name
        leave = shutil.ignore_patterns("__pycache__", "*.pyc")
        shutil.copytree(source, clone / name, ignore=leave) if source.is_dir() else shutil.copy(source, clone / name)
    (clone / "pytest.ini").write_text(_settings(), encoding="utf-8")
    left_out = _left_out()
    chosen = [f"--{'deselect' if '::' in name else 'ignore'}={name}" for name in left_out]
    pytest = "C:\\py\\python.exe -m pytest -q --maxfail=200 --timeout=90 --continue-on-collection-errors --tb=line"
    command = " ".join(["cd /d C:\\clone &&", pytest, *chosen, *(which or ("tests/core",))])
    done = system.attempt("cmd", "/c", command, timeout=SECONDS)
    closing = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "nothing"
    log = WORK / "windows-tests.log"
    log.write_text(done.stdout, encoding="utf-8")
    if done.returncode:
        raise Stop(f"on Windows Python: {closing} (all of it: {log})")
    say(f"the core's tests on Windows Python: {closing}; {len(left_out)} left out, each with its reason")


def _left_out() -> dict[str, str]:
    path = ROOT / "installer" / "windows" / "wine" / "unit.toml"
    told: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["left_out"]
    return told


def _settings() -> str:
    """``pytest.ini``: pyproject's settings without those of plugins that are not there."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    kept = {key: value for key, value in told.items() if not key.startswith("qt_")}
    lines = [f"{key} = {_value(value)}" for key, value in kept.items()]
    return "\n".join(["[pytest]", *lines, ""])


def _value(value: object) -> str:
    if isinstance(value, list):
        return "".join(f"\n    {entry}" for entry in value)
    return str(value)
