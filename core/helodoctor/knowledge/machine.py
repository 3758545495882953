"""The data behind "this machine": where installed mail systems keep their settings, per platform."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from helodoctor.knowledge.files import load


class Installed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mail system as it is found on a machine.

    ``system`` is its id; ``programs`` are paths that show it is installed; ``files`` its settings in order of
    precedence, each path relative to the root with forward slashes (globs allowed); ``processes`` are names under
    which it runs.
    """

    system: str
    programs: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()


class Machine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``machine.toml``: what is looked for, and the files that show a container."""

    installed: tuple[Installed, ...]
    container_marks: tuple[str, ...] = ()


@cache
def machine() -> Machine:
    """Every mail system that is looked for on this machine."""
    return load("machine.toml", Machine)
