"""The first process inside a lab box: builds the root, records syslog, starts the server, ends with whoever started it.

Run as ``unshare ... python3 -I pid1.py SPEC`` where SPEC is JSON. Says ``born`` when the namespaces exist and waits for
``go`` (the other side attaches the network meanwhile). When standard input ends, however the test run ended, this
process ends, and the kernel takes every process, mount and interface of the box with it.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

DEVICES = {"null": 3, "zero": 5, "full": 7, "random": 8, "urandom": 9}


def tell(word: str) -> None:
    """Report a stage to the starter."""
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def mount(*arguments: str) -> None:
    """Call mount(8)."""
    subprocess.run(["mount", *arguments], check=True)


def assemble(spec: dict[str, Any]) -> Path:
    """Mount the box's root: the read-only layers below, a layer of its own on top (in memory unless kept)."""
    stage = Path(spec["stage"])
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", str(stage))
    top = Path(spec["keep"] or stage / "top")
    for folder in (stage / "root", top / "upper", top / "work"):
        folder.mkdir(parents=True, exist_ok=True)
    layers = ":".join(spec["layers"])
    options = f"lowerdir={layers},upperdir={top / 'upper'},workdir={top / 'work'}"
    mount("-t", "overlay", "overlay", "-o", options, str(stage / "root"))
    return stage / "root"


def furnish(root: Path, spec: dict[str, Any]) -> None:
    """Fill in what a running system expects: /proc, /dev, names, resolver, the box's own files."""
    mount("-t", "proc", "proc", str(root / "proc"))
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", str(root / "dev"))
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", str(root / "run"))
    for name, minor in DEVICES.items():
        device = root / "dev" / name
        os.mknod(device, 0o20666, os.makedev(1, minor))
        device.chmod(0o666)
    os.mknod(root / "dev/tty", 0o20666, os.makedev(5, 0))
    (root / "dev/shm").mkdir(mode=0o1777)
    (root / "dev/fd").symlink_to("/proc/self/fd")
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        (root / "dev" / name).symlink_to(f"/proc/self/fd/{number}")
    for tree in spec["trees"]:
        shutil.copytree(tree, root, dirs_exist_ok=True)
    for path, text in spec["files"].items():
        target = root / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        target.write_text(text, encoding="utf-8")
    for source, target in spec["binds"].items():
        place = root / target.lstrip("/")
        place.mkdir(parents=True, exist_ok=True)
        mount("--bind", source, str(place))


def stay_in_this_root(spec: dict[str, Any]) -> None:
    """Keep the machine's own tree; only the given files are replaced, for this box alone."""
    stage = Path(spec["stage"])
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", str(stage))
    for number, (path, text) in enumerate(spec["files"].items()):
        own = stage / str(number)
        own.write_text(text, encoding="utf-8")
        mount("--bind", str(own), str(Path(path).resolve()))


def syslog_socket() -> socket.socket:
    """The /dev/log of the box."""
    sink = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    sink.bind("/dev/log")
    Path("/dev/log").chmod(0o666)
    return sink


def attend(sink: socket.socket) -> None:
    """Write down every syslog line until standard input ends."""
    with Path("/var/log/syslog.log").open("ab", buffering=0) as log:
        while True:
            ready, _, _ = select.select([sink, sys.stdin], [], [])
            if sink in ready:
                line = sink.recv(65536).rstrip(b"\0\n")
                log.write(line[line.find(b">") + 1 :] + b"\n")
            if sys.stdin in ready and not os.read(0, 1):
                return


def main() -> None:
    """Stages of a box's life, told to the starter one word per line."""
    spec = json.loads(sys.argv[1])
    tell("born")
    if sys.stdin.buffer.raw.readline().strip() != b"go":
        return
    socket.sethostname(spec["hostname"])
    if not spec["layers"]:
        stay_in_this_root(spec)
        tell("running")
        sys.stdin.read()
        return
    root = assemble(spec)
    furnish(root, spec)
    os.chroot(root)
    os.chdir("/")
    sink = syslog_socket()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # orphans are reaped by the kernel
    if spec["command"]:
        with Path("/var/log/console.log").open("ab") as console:
            subprocess.Popen(spec["command"], stdin=subprocess.DEVNULL, stdout=console, stderr=console)
    tell("running")
    attend(sink)


if __name__ == "__main__":
    main()
