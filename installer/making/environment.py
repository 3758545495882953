"""The Python environments: the wheel of this commit, and the environment it is frozen in, from a lock with hashes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from making.product import CACHE, INSTALLER, ROOT
from making.tools import environment, fresh, run, say

LOCK = INSTALLER / "requirements.lock"
PYTHON = Path(sys.executable)


def lock() -> None:
    """Write ``installer/requirements.lock``: the program's packages as dev.py's lock has them, and the tools."""
    index = subprocess.run(
        [PYTHON, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True, check=False
    )
    where = {"UV_DEFAULT_INDEX": index.stdout.strip()} if index.returncode == 0 else {}
    run(
        PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-annotate",
        "--python-version", "3.11", "--extra", "gui", "--constraint", "requirements.lock",
        "--custom-compile-command", "python3 installer/build.py lock",
        "--output-file", LOCK, "pyproject.toml", INSTALLER / "requirements.in",
        env=environment(**where),
    )  # fmt: skip


@cache
def wheel() -> Path:
    """The wheel of the files as they are."""
    folder = fresh("wheel")
    run(PYTHON, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder)
    (made,) = folder.glob("*.whl")
    return made


@cache
def freezing_python() -> Path:
    """The Python that freezes: its own environment, holding the lock's packages and the wheel of these files."""
    state = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()[:16]
    home = CACHE / f"freezing-{state}"
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (home / "ready").exists():
        say("making the environment to freeze in")
        shutil.rmtree(home, ignore_errors=True)
        run(PYTHON, "-m", "venv", home)
        run(python, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "-r", LOCK)
        (home / "ready").touch()
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall", wheel())
    return python


def install_for_windows(target: Path) -> None:
    """The lock's packages for 64-bit Windows with Python 3.11, and the wheel of these files, unpacked to ``target``."""
    target.mkdir(parents=True, exist_ok=True)
    common = ("--quiet", "--target", target, "--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.11")
    uv = (PYTHON, "-m", "uv", "pip", "install")
    run(*uv, *common, "--no-deps", "--require-hashes", "-r", LOCK, cwd=ROOT)
    run(*uv, *common, "--no-deps", "--reinstall", wheel(), cwd=ROOT)
