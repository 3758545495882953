"""Where the program keeps what outlives a run: the platform's folders, or one folder beside a portable program."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helodoctor.model.profile import Place

MARKER = "portable.txt"
BESIDE = "data"
PROFILE = "profile.toml"
"""The organisation's profile, in the folders of :func:`profile_places`."""

_APPLICATION = "helodoctor"
_chosen: list[Path] = []


def keep_in(folder: Path) -> None:
    """Keep everything below ``folder`` from now on (the self-test leaves no trace that way)."""
    _chosen[:] = [folder]


def own_folder() -> Path | None:
    """The one folder that holds everything: chosen, or beside a portable program; ``None``: the platform's folders."""
    return _chosen[0] if _chosen else _beside_the_program()


@cache
def _beside_the_program() -> Path | None:
    """A packed program with the marker file beside it is portable: it can be carried on a stick, with its data."""
    if not getattr(sys, "frozen", False):
        return None
    home = Path(sys.executable).parent
    return home / BESIDE if (home / MARKER).exists() else None


def data_folder() -> Path:
    """Where cases and other things of the user's are kept; it need not exist yet."""
    from platformdirs import user_data_path

    return own_folder() or user_data_path(_APPLICATION, appauthor=False)


def state_folder() -> Path:
    """Where the program remembers what it did, such as its latest trials; it need not exist yet."""
    from platformdirs import user_state_path

    return own_folder() or user_state_path(_APPLICATION, appauthor=False)


def profile_places() -> tuple[tuple[Place, Path], ...]:
    """Where a profile may lie: that of the machine first, then one beside a packed program, then the user's own.

    They are platformdirs' folders for settings, worked out without loading it, since every start asks.
    """
    beside = (("program", Path(sys.executable).parent / PROFILE),) if getattr(sys, "frozen", False) else ()
    portable = own_folder()
    own = portable / PROFILE if portable else _user_settings() / _APPLICATION / PROFILE
    return (("machine", _machine_settings() / _APPLICATION / PROFILE), *beside, ("user", own))


def has_profile() -> bool:
    """Whether there is a profile at all: most computers have none, and the window shows sooner if it need not ask."""
    return any(os.path.lexists(path) for _, path in profile_places())


def _machine_settings() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA") or os.environ.get("ALLUSERSPROFILE") or "C:/ProgramData")
    if sys.platform == "darwin":
        return Path("/Library/Application Support")
    return Path((os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(os.pathsep)[0])


def _user_settings() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
