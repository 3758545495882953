"""What ``build.py`` can be asked for."""

from __future__ import annotations

from collections.abc import Callable

from making import environment, icons
from making.tools import say


def make_icons(_: list[str], *, fast: bool) -> None:  # noqa: ARG001 - the same for all commands
    """The drawing, in the forms of three systems."""
    say(f"icons in {icons.make()}")


def make_linux(_: list[str], *, fast: bool) -> None:
    """The packages for Linux."""
    from making import linux

    linux.make(fast=fast)


def make_lock(_: list[str], *, fast: bool) -> None:  # noqa: ARG001
    """The lock of what the installers are made with."""
    environment.lock()


COMMANDS: dict[str, Callable[..., None]] = {
    "icons": make_icons,
    "linux": make_linux,
    "lock": make_lock,
}
