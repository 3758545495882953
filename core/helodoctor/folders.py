"""Where the program keeps what outlives a run: the platform's folders, or one folder beside a portable program."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

MARKER = "portable.txt"
BESIDE = "data"

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
