"""Saying what is done, running other programs, and seeing to it that they are there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from making.product import ROOT, WORK, epoch

# What Debian calls the package of each program that is run.
PACKAGES = {
    "Xvfb": "xvfb",
    "appstreamcli": "appstream",
    "desktop-file-validate": "desktop-file-utils",
    "dpkg-deb": "dpkg",
    "import": "imagemagick",
    "makensis": "nsis",
    "makeself": "makeself",
    "mmdebstrap": "mmdebstrap",
    "msiinfo": "msitools",
    "strace": "strace",
    "strip": "binutils",
    "/usr/lib/wine/wine64": "wine64",
    "wixl": "wixl",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "xdotool": "xdotool",
    "xmllint": "libxml2-utils",
}


# What would lead Python elsewhere, and what icons.py draws with.
NOT_PASSED_ON = ("PYTHONPATH", "PYTHONHOME", "QT_QPA_PLATFORM")


class Stop(Exception):
    """Ends the build with one sentence for the person at the keyboard."""


def say(step: str) -> None:
    """Tell one step."""
    print(f"build.py: {step}", flush=True)


def skip(what: str, why: str) -> None:
    """Tell loudly that something is not done."""
    print(f"build.py: *** NOT DONE: {what}, because {why} ***", flush=True)


def environment(**added: str) -> dict[str, str]:
    """The children's environment: ours, with the commit's date and one order of hashes, so that builds repeat."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
    ours = {"SOURCE_DATE_EPOCH": str(epoch()), "PYTHONHASHSEED": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return kept | ours | added


def run(*command: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None, timeout: float = 900) -> str:
    """Run ``command`` to its end and return what it printed.

    Raises:
        Stop: it ended with another exit code than 0; its last lines say why.
    """
    done = attempt(*command, cwd=cwd, env=env, timeout=timeout)
    if done.returncode:
        last = "\n    ".join(done.stdout.strip().splitlines()[-25:])
        raise Stop(f"{Path(command[0]).name} ended with {done.returncode}:\n    {last}")
    return done.stdout


def attempt(
    *command: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None, timeout: float = 900
) -> subprocess.CompletedProcess[str]:
    """Run ``command`` to its end, whatever the end is; both streams in one text, standard input empty."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=dict(env) if env is not None else environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=timeout,
    )


def need(*programs: str) -> None:
    """See to it that ``programs`` can be run; as root on Debian, missing ones are installed.

    Raises:
        Stop: one is missing and cannot be installed here.
    """
    missing = sorted({PACKAGES.get(program, program) for program in programs if not shutil.which(program)})
    if missing:
        apt_install(*missing)


def apt_install(*packages: str) -> None:
    """Install Debian packages.

    Raises:
        Stop: this is no Debian, or not root.
    """
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise Stop(f"these packages are needed here: {' '.join(packages)}")
    say(f"installing {' '.join(packages)}")
    env = environment(DEBIAN_FRONTEND="noninteractive")
    run("apt-get", "-qq", "update", env=env)
    run("apt-get", "-qq", "install", "--yes", "--no-install-recommends", *packages, env=env)


def fresh(*parts: str) -> Path:
    """An empty folder below ``build/``."""
    folder = WORK.joinpath(*parts)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def on(system: str) -> bool:
    """Whether this machine is one: ``linux``, ``win32`` or ``darwin``."""
    return sys.platform == system
