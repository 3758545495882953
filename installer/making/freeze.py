"""Freezing: PyInstaller makes one folder that holds the programs, Python, Qt and the data; then it is looked at."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from making import icons, licences, trim
from making.environment import freezing_python
from making.product import INSTALLER, WORK, app, languages
from making.tools import Stop, environment, fresh, run, say

CONTENTS = "_internal"  # where PyInstaller puts everything but the programs


def values(icon: str | None, **more: Any) -> str:
    """What ``freeze.spec`` needs to know, as the JSON it reads."""
    product = app()["product"]
    told: dict[str, Any] = {
        "name": product["name"],
        "id": product["id"],
        "folder": product["package"],
        "programs": app()["programs"],
        "languages": languages(),
        "icon": icon,
        "version_resource": {"window": None, "terminal": None},
        "manifest": None,
        "plist": None,
    }
    return json.dumps(told | more)


def freeze(build: Path, told: str, python: Path | None = None, env: Mapping[str, str] | None = None) -> Path:
    """Freeze into ``build`` and return the folder of the result."""
    say("freezing")
    run(
        python or freezing_python(), "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
        "--distpath", build / "dist", "--workpath", build / "work", INSTALLER / "freeze.spec",
        env={**(env or environment()), "HELODOCTOR_FREEZE": told, "PYINSTALLER_CONFIG_DIR": str(build / "config")},
    )  # fmt: skip
    return build / "dist" / str(app()["product"]["package"])


def linux() -> Path:
    """The Linux bundle, with its licences."""
    icons.make()
    build = fresh("freeze-linux")
    folder = freeze(build, values(None))
    licences.collect(folder / CONTENTS, freezing_python())
    clear_of_bytecode(folder)
    look_at(folder)
    return folder


def native() -> Path:
    """The folder frozen last on this machine, or a new one."""
    made = WORK / "freeze-linux" / "dist" / str(app()["product"]["package"])
    return made if made.exists() else linux()


def clear_of_bytecode(folder: Path) -> None:
    """Take away compiled files beside sources that were carried as data."""
    for cache in list(folder.rglob("__pycache__")):
        shutil.rmtree(cache)


def look_at(folder: Path) -> None:
    """Hold a frozen folder against the trim rules.

    Raises:
        Stop: a file is carried that should not be.
    """
    carried = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    wrong = {path: why for path in carried if (why := trim.unwanted(path, languages())) is not None}
    if wrong:
        raise Stop(f"carried, but not used: {wrong}")
    say(f"{folder.name}: {len(carried)} files, {size(folder) / 1e6:.1f} MB")


def size(folder: Path) -> int:
    """Bytes of all files below ``folder``; a link counts nothing."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def fingerprints(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below ``folder``, by its path with forward slashes; of a link, where it leads."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def within_budget(what: str, bytes_: int, megabytes: int) -> None:
    """Tell how large something is.

    Raises:
        Stop: it is larger than ``megabytes``.
    """
    say(f"{what}: {bytes_ / 1e6:.1f} MB of {megabytes}")
    if bytes_ > megabytes * 1_000_000:
        raise Stop(f"{what} is too large")


def self_test(program: Path, report: Path, *arguments: str, env: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Run a packed program's self-test; its report.

    Raises:
        Stop: a check of it did not hold.
    """
    report.unlink(missing_ok=True)
    run(program, "--self-test", "--report", report, *arguments, env=env or environment(), timeout=300)
    told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    if not told["ok"] or not told["packed"]:
        raise Stop(f"the self-test of {program} did not pass: {told}")
    say(f"self-test passed: {told['system']}, {told['qt_platform']}, Qt {told['qt']}, Python {told['python']}")
    return told
