"""Installing and the first run without any network: nothing even tries to reach another machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from pathlib import Path

from making import chroot
from making.cycle import until
from making.product import app
from making.tools import Stop, attempt, environment, fresh, need, say

# A socket of the network family that is connected, or sent on. Local sockets (the window system's) are AF_UNIX.
OUTWARD = re.compile(r"(?:connect|sendto|sendmsg|sendmmsg)\(.*?AF_INET6?\b.*")
TO_ITSELF = re.compile(r'inet_addr\("127\.|inet_pton\(AF_INET6, "::1"')
FIRST_RUN_SECONDS = 8.0
_WATCH = ("strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg")


def prove(package: Path, bundle: Path) -> None:
    """Install ``package`` and start ``bundle`` for the first time, watched, in namespaces without a network.

    Raises:
        Stop: something tried to reach another machine, or did not work without.
    """
    need("strace", "unshare", "Xvfb", "xdotool")
    log = fresh("offline") / "strace.log"
    with chroot.bare_debian(with_parts=True) as root:
        installed = attempt(
            "unshare", "--net", *_WATCH, "-o", log, "chroot", root, "dpkg", "--install",
            chroot.brought(root, package), env=chroot.environment_inside(), timeout=300,
        )  # fmt: skip
        if installed.returncode:
            raise Stop(f"without a network it cannot be installed: {installed.stdout[-500:]}")
    _nothing_outward(log, "installing")
    title = _first_run(bundle, log)
    _nothing_outward(log, f"the first run (“{title}”)")


def _first_run(bundle: Path, log: Path) -> str:
    """The window on a screen of its own, with an empty home; the title it shows."""
    home = fresh("offline", "home")
    reading, writing = os.pipe()
    screen = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp"], pass_fds=[writing],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as told:
        env = environment(DISPLAY=f":{told.readline().strip()}", HOME=str(home), QT_QPA_PLATFORM="xcb", LANGUAGE="en")
    command = ["unshare", "--net", *_WATCH, "-o", str(log), str(bundle / app()["programs"]["window"])]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    program = subprocess.Popen(command, env=env, **quiet)  # type: ignore[call-overload]
    try:
        until(lambda: _title(env), "a window, without a network")
        time.sleep(FIRST_RUN_SECONDS)
        return _title(env)
    finally:
        os.killpg(program.pid, signal.SIGTERM)
        program.wait(30)
        screen.terminate()
        screen.wait(20)


def _title(env: dict[str, str]) -> str:
    """What the program's window is called, once it is there."""
    search = ("xdotool", "search", "--onlyvisible", "--name", app()["product"]["name"], "getwindowname")
    return attempt(*search, env=env).stdout.strip()


def _nothing_outward(log: Path, what: str) -> None:
    calls = log.read_text(encoding="utf-8", errors="replace").splitlines()
    outward = [line for line in calls if OUTWARD.search(line) and not TO_ITSELF.search(line)]
    if outward:
        raise Stop(f"{what} tried to reach another machine: {outward[:3]}")
    say(f"{what}: {len(calls)} calls watched, none to another machine")
