"""The ``.deb`` in a clean Debian of its own: installed, run without and with a window system, purged."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from labkit.roots import mirror
from making.product import CACHE, app
from making.tools import Stop, environment, need, run, say

SUITE = "bookworm"
BASE = CACHE / "debian-with-screen.tar"
SCREEN = ("xvfb", "xauth", "desktop-file-utils", "shared-mime-info")
INSTALL = ("apt-get", "-qq", "install", "--yes", "--no-install-recommends")
# Where an installation writes that a purge does not take back: logs and lists of the packages it needed.
NOT_OURS = ("var/lib/apt", "var/lib/dpkg", "var/cache", "var/log", "tmp", "root", "dev", "run", "etc/ld.so.cache")


def prove(package: Path) -> None:
    """Install ``package`` in a bare Debian, judge it there, purge it, and see that nothing of it stays.

    Raises:
        Stop: one of these does not hold.
    """
    need("mmdebstrap", "tar", "chroot")
    with bare_debian() as root:
        _in(root, *INSTALL, *app()["linux"]["depends"])
        before = _files(root)
        _in(root, *INSTALL, brought(root, package))
        say(f"{package.name} is installed in a bare Debian")
        _judge(root)
        _associated(root)
        _in(root, "apt-get", "-qq", "purge", "--yes", app()["product"]["package"])
        if left := sorted(_files(root) - before):
            raise Stop(f"the purge left {left[:10]}")
        say("purged: nothing of it is left")


def _judge(root: Path) -> None:
    window = f"/usr/bin/{app()['programs']['window']}"
    test = ("--self-test", "--report", "/tmp/report.json")
    for command, wanted in (((window, *test), "offscreen"), (("xvfb-run", "-a", window, *test, "--gui"), "xcb")):
        _in(root, *command)
        report = json.loads((root / "tmp" / "report.json").read_text(encoding="utf-8"))
        if not report["ok"] or report["qt_platform"] != wanted:
            raise Stop(f"the installed program's self-test does not hold: {report}")
        say(f"the installed program judges itself well on {wanted}")
    told = _in(root, app()["programs"]["terminal"], "--version")
    if app()["product"]["name"] not in told:
        raise Stop(f"the command line answers {told!r}")


def _associated(root: Path) -> None:
    """The desktop's own lists name the program for its documents."""
    cache = (root / "usr/share/applications/mimeinfo.cache").read_text(encoding="utf-8")
    globs = (root / "usr/share/mime/globs").read_text(encoding="utf-8")
    document = app()["document"]
    if f"{document['mime']}={app()['product']['id']}.desktop" not in cache:
        raise Stop("the document type is not associated")
    if f"{document['mime']}:*.{document['suffix']}" not in globs:
        raise Stop("the document's ending is not known")
    say(f"*.{document['suffix']} opens with it")


@contextmanager
def bare_debian(*, with_parts: bool = False) -> Iterator[Path]:
    """A minimal Debian with a screen to draw on, made once and unpacked for each use; taken away at the end.

    ``with_parts``: what the package depends on is there already.
    """
    if not BASE.exists():
        BASE.parent.mkdir(parents=True, exist_ok=True)
        part = BASE.with_suffix(".part.tar")
        say("fetching a bare Debian")
        wanted = f"--include={','.join(SCREEN)}"
        run("mmdebstrap", "--variant=minbase", "--format=tar", wanted, SUITE, part, mirror())
        part.rename(BASE)
    root = CACHE / f"debian-{os.getpid()}"
    root.mkdir(mode=0o755)
    try:
        run("tar", "--extract", "--file", BASE, "--directory", root, "--numeric-owner")
        shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")
        _in(root, "apt-get", "-qq", "update")
        if with_parts:
            _in(root, *INSTALL, *app()["linux"]["depends"])
        yield root
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _in(root: Path, *command: str) -> str:
    return run("chroot", root, *command, env=environment_inside(), timeout=600)


def environment_inside() -> dict[str, str]:
    """The environment of programs in there."""
    return environment(DEBIAN_FRONTEND="noninteractive", HOME="/root", LC_ALL="C.UTF-8", TMPDIR="/tmp")


def brought(root: Path, package: Path) -> str:
    """Lay ``package`` into the chroot; its path in there."""
    shutil.copy(package, root / "tmp" / package.name)
    return f"/tmp/{package.name}"


def _files(root: Path) -> set[str]:
    found = set()
    for folder, _, names in os.walk(root):
        below = os.path.relpath(folder, root)
        if not below.startswith(NOT_OURS):
            found |= {os.path.normpath(f"{below}/{name}") for name in names}
    return {path for path in found if not path.startswith(NOT_OURS)}
