"""What ``build.py`` can be asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from making import environment, icons
from making.product import OUT
from making.tools import Stop, say


def make_icons(_: list[str], *, fast: bool) -> None:  # noqa: ARG001 - the same for all commands
    """The drawing, in the forms of three systems."""
    say(f"icons in {icons.make()}")


def make_linux(_: list[str], *, fast: bool) -> None:
    """The packages for Linux."""
    from making import linux

    linux.make(fast=fast)


def make_windows(_: list[str], *, fast: bool) -> None:
    """The packages for Windows."""
    from making import windows

    windows.make(fast=fast)


def make_msi(_: list[str], *, fast: bool) -> None:  # noqa: ARG001
    """The msi alone, from a folder frozen on Windows and brought here: its compiler is a Linux program."""
    from making import msi, windows

    if not windows.FROZEN.exists():
        raise Stop(f"there is no frozen folder at {windows.FROZEN}")
    OUT.mkdir(exist_ok=True)
    say(f"made: {msi.package(windows.FROZEN).name}")


def make_macos(_: list[str], *, fast: bool) -> None:
    """The app for macOS."""
    from making import macos

    macos.make(fast=fast)


def make_all(_: list[str], *, fast: bool) -> None:
    """Everything that can be made here, and the sums of it."""
    for make in (make_linux, make_windows, make_macos):
        make([], fast=fast)
    sums()


def sums() -> None:
    """``SHA256SUMS`` of what lies in ``dist/``."""
    made = [path for path in sorted(OUT.iterdir()) if path.name != "SHA256SUMS"]
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in made]
    (OUT / "SHA256SUMS").write_text("".join(lines), encoding="ascii")
    say(f"SHA256SUMS of {len(made)} files")


def make_sums(_: list[str], *, fast: bool) -> None:  # noqa: ARG001
    """The sums alone, where packages were made on several machines."""
    sums()


def check(names: list[str], *, fast: bool) -> None:
    """All proofs, or those named."""
    from making import check as steps

    if fast:
        raise Stop("check proves what is given away, so it knows no --fast; name single steps to be quicker")
    steps.prove(names)


def make_lock(_: list[str], *, fast: bool) -> None:  # noqa: ARG001
    """The lock of what the installers are made with."""
    environment.lock()


COMMANDS: dict[str, Callable[..., None]] = {
    "icons": make_icons,
    "linux": make_linux,
    "windows": make_windows,
    "msi": make_msi,
    "macos": make_macos,
    "check": check,
    "all": make_all,
    "sums": make_sums,
    "lock": make_lock,
}
