"""``build.py check``: every step that can be proven on a Debian machine, each by itself; ``check NAME...`` for some."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from making import (
    chroot,
    cycle,
    freeze,
    interactive,
    lint,
    linux,
    macos,
    nsis,
    offline,
    runtime,
    unit,
    windows,
    wine,
)  # fmt: skip
from making.environment import freezing_python
from making.product import INSTALLER, OUT, WORK, app
from making.tools import Stop, fresh, need, run, say

SIGNED_BY = {"The QT Company Oy", "The Qt Company Oy", "Python Software Foundation", "Microsoft Corporation"}
# Libraries whose makers publish them unsigned; each has to be, to the byte, the one of the wheel whose hash is locked.
UNSIGNED = re.compile(r"_internal/(msgspec/|tomli/|\w+__mypyc\.)")


def linux_freeze() -> None:
    """The Linux bundle, judged drawn in memory and on a real window system."""
    bundle = freeze.linux()
    program, report = bundle / app()["programs"]["window"], WORK / "report.json"
    freeze.self_test(program, report)
    need("Xvfb", "xvfb-run")
    run("xvfb-run", "-a", program, "--self-test", "--gui", "--report", report)
    told = json.loads(report.read_text(encoding="utf-8"))
    cycle.hold(told["ok"] and told["qt_platform"] == "xcb", "the self-test passes on xcb")
    cycle.hold(linux.glibc_floor(bundle), f"it needs glibc {linux.glibc_floor(bundle)}")


def debian() -> None:
    """The package: within its size, installed in a bare Debian, run, purged."""
    chroot.prove(linux.deb(freeze.native()))


def one_file() -> None:
    """The ``.run``: installs for one user, is judged, is taken away."""
    made = linux.single_file(freeze.native(), fast=True)
    linux.prove_single_file(made)


def without_network() -> None:
    """Installing and the first run, watched, without a network."""
    offline.prove(linux.deb(freeze.native(), fast=True), freeze.native())


def windows_python() -> None:
    """The Windows Python: fetched anew, its signatures and its catalogue verified, pruned."""
    shutil.rmtree(runtime.HOME, ignore_errors=True)
    runtime.home()


def windows_units() -> None:
    """The core's unit tests on Windows Python."""
    with wine.windows() as system:
        unit.prove(system, windows.python_under_wine(system))


def windows_freeze() -> None:
    """The Windows bundle: its size, who signed it, and nothing of Wine in it."""
    bundle = windows.frozen()
    told = json.loads(run(freezing_python(), INSTALLER / "making" / "signatures.py", bundle))["signers"]
    ours = {f"{name}.exe" for name in app()["programs"].values()}
    strangers = {name: who for name, who in told.items() if who not in SIGNED_BY and name not in ours}
    unsigned = {name for name, who in strangers.items() if who is None and UNSIGNED.match(name)}
    cycle.hold(strangers.keys() <= unsigned, f"{len(told) - len(strangers) - 2} files are signed by their makers")
    _as_locked(bundle, unsigned)
    wines = [path.name for path in bundle.rglob("*.dll") if b"Wine builtin DLL" in path.read_bytes()]
    cycle.hold(not wines, "no library of Wine is in it")


def _as_locked(bundle: Path, names: set[str]) -> None:
    """Hold unsigned libraries against the wheels that the lock names by hash."""
    site = fresh("windows-wheels")
    windows.install_for_windows(site)
    for name in sorted(names):
        inside = name.split("/", 1)[-1]
        same = _sum(bundle / name) == _sum(site / inside)
        cycle.hold(same, f"{inside} is not signed by anybody, and is the one of the locked wheel")


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def windows_setup() -> None:
    """The setup in full compression within its size, then its life, silent."""
    OUT.mkdir(exist_ok=True)
    nsis.setup(_frozen())
    with wine.windows() as system:
        cycle.silent(system, _frozen())


def windows_walk() -> None:
    """The setup as a person goes through it, with pictures to look at."""
    with wine.windows() as system:
        interactive.walk(system, _frozen())


def windows_fleet() -> None:
    """The msi."""
    with wine.windows() as system:
        cycle.fleet(system, _frozen())


def windows_portable() -> None:
    """The zip: unpacked, judged, its data beside it."""
    OUT.mkdir(exist_ok=True)
    with wine.windows() as system:
        cycle.portable(system, windows.portable(_frozen()))


def _frozen() -> Path:
    return windows.FROZEN if windows.FROZEN.exists() else windows.frozen()


def mac() -> None:
    """The app's skeleton, laid out and read back."""
    macos.read_back(macos.skeleton())


def repeated() -> None:
    """Two freezes of one commit give the same files, on both systems that can be frozen here."""
    for make in (freeze.linux, windows.frozen):
        first = freeze.fingerprints(make())
        second = freeze.fingerprints(make())
        other = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
        cycle.hold(not other, f"two freezes agree in {len(first)} files{f', not in {other}' if other else ''}")
    for make_package in (lambda: linux.deb(freeze.native(), fast=True), lambda: nsis.setup(_frozen(), fast=True),
                         lambda: windows.portable(_frozen())):  # fmt: skip
        cycle.hold(_sum(make_package()) == _sum(made := make_package()), f"two packages agree: {made.name}")


STEPS: dict[str, Callable[[], None]] = {
    "lint": lint.prove,
    "linux": linux_freeze,
    "deb": debian,
    "run": one_file,
    "offline": without_network,
    "windows-python": windows_python,
    "windows-units": windows_units,
    "windows": windows_freeze,
    "setup": windows_setup,
    "walk": windows_walk,
    "msi": windows_fleet,
    "portable": windows_portable,
    "macos": mac,
    "repeat": repeated,
}


def prove(names: list[str]) -> None:
    """Take the steps of these names, or all.

    Raises:
        Stop: one of them does not hold; the others were taken all the same.
    """
    if unknown := set(names) - STEPS.keys():
        raise Stop(f"no such step: {', '.join(sorted(unknown))}; there are {', '.join(STEPS)}")
    closing = []
    for name in names or STEPS:
        say(f"=== {name}")
        begun = time.monotonic()
        try:
            STEPS[name]()
            told = "holds"
        except Stop as reason:
            say(str(reason))
            told = "DOES NOT HOLD"
        closing.append(f"{name:<16} {told:<14} {time.monotonic() - begun:6.0f} s")
    print("\n".join(["", *closing]))
    if any("DOES NOT" in line for line in closing):
        raise Stop("not everything holds")
    say(f"{len(closing)} steps, all hold")
