"""What is built: ``app.toml`` typed, the version, the commit and its date, and the folders everything is made in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
INSTALLER = ROOT / "installer"
WORK = ROOT / "build"  # git-ignored: what can be made again
OUT = ROOT / "dist"  # git-ignored: what is given away
_USUAL_CACHE = Path("/var/tmp/helodoctor-installer") if sys.platform == "linux" else WORK / "cache"
CACHE = Path(os.environ.get("HELODOCTOR_INSTALLER_CACHE") or _USUAL_CACHE)  # what was fetched, checked by its hash
MEGABYTE = 1_000_000


@cache
def app() -> dict[str, Any]:
    """``app.toml``."""
    return tomllib.loads((INSTALLER / "app.toml").read_text(encoding="utf-8"))


@cache
def version() -> str:
    """The program's version, from the one place it is written in."""
    source = (ROOT / "core" / "helodoctor" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', source, re.MULTILINE)
    if found is None:
        raise ValueError("core/helodoctor/__init__.py names no version")
    return found[1]


def version_quad() -> tuple[int, int, int, int]:
    """The version as Windows' resources want it: four numbers."""
    numbers = [int(part) for part in re.findall(r"\d+", version())[:4]]
    return tuple(numbers + [0] * (4 - len(numbers)))  # type: ignore[return-value]


@cache
def epoch() -> int:
    """The date everything carries that needs one: the commit's, so that two builds of one commit agree."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    asked = ["git", "log", "-1", "--format=%ct"]
    return int(subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def languages() -> list[str]:
    """The languages of the setup, English first."""
    return [language["code"] for language in app()["language"]]


def title(folder: str) -> str:
    """A name for a file that is given away: ``helodoctor-0.1.0-<folder>``."""
    return f"{app()['product']['package']}-{version()}-{folder}"
