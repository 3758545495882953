"""The lab's cables: one switch, one interface per box, and a way to stand at the client's desk."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from labkit.box import Box, LabProblem, wait_until

RESOLVER = "203.0.113.53"
RESOLV_CONF = f"nameserver {RESOLVER}\noptions timeout:2 attempts:2\n"
_CLONE_FS, _CLONE_NEWNS, _CLONE_NEWNET = 0x200, 0x20000, 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)

Result = TypeVar("Result")


def _ip(box: Box, *lines: str) -> None:
    """Run ip(8) commands in the box's network."""
    command = ["nsenter", f"--target={box.pid}", "--net", "ip", "-batch", "-"]
    done = subprocess.run(command, input="\n".join(lines) + "\n", text=True, capture_output=True, check=False)
    if done.returncode:
        raise LabProblem(f"the network of {box.name} cannot be set up: {done.stderr.strip()}")


class Switch:
    """A bridge in a namespace of its own."""

    def __init__(self, box: Box) -> None:
        self._box = box.create()
        self._plugs = 0
        _ip(self._box, "link set lo up", "link add br0 type bridge", "link set br0 up")

    def plug(self, box: Box, addresses: Iterable[str]) -> None:
        """Give ``box`` an interface with these addresses (``a.b.c.d`` in /24, IPv6 in /64)."""
        self._plugs += 1
        port = f"p{self._plugs}"
        _ip(self._box, f"link add {port} type veth peer name eth0 netns {box.pid}", f"link set {port} master br0 up")
        given = [
            f"addr add {address}/{64 if ':' in address else 24} dev eth0{' nodad' if ':' in address else ''}"
            for address in addresses
        ]
        _ip(box, "link set lo up", "link set eth0 up", *given)

    def unplug(self) -> None:
        """Take the switch away, and every cable with it."""
        self._box.stop()


class Desk:
    """The client's side of the lab: its network and its resolver, but this machine's files and programs."""

    def __init__(self, box: Box) -> None:
        self.box = box

    def call(self, work: Callable[[], Result]) -> Result:
        """Run ``work`` in a thread that stands in the client's network; threads it starts stand there too."""
        outcome: list[Result] = []
        trouble: list[BaseException] = []

        def body() -> None:
            try:
                self._enter()
                outcome.append(work())
            except BaseException as fault:  # handed to the caller, whatever it is
                trouble.append(fault)

        thread = threading.Thread(target=body)
        thread.start()
        thread.join()
        if trouble:
            raise trouble[0]
        return outcome[0]

    def run(self, command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        """Run a program of this machine in the client's network."""
        inside = ["nsenter", f"--target={self.box.pid}", "--net", "--mount", f"--wd={Path.cwd()}"]
        settings: dict[str, object] = {"capture_output": True, "text": True, "timeout": 120, **options}
        if "input" not in settings:
            settings["stdin"] = subprocess.DEVNULL
        return subprocess.run([*inside, "--", *command], check=False, **settings)  # type: ignore[call-overload,no-any-return]

    def _enter(self) -> None:
        """Join the namespaces with this thread only (setns(2), unshare(2))."""
        _checked(_libc.unshare(_CLONE_FS))
        for kind, flag in (("net", _CLONE_NEWNET), ("mnt", _CLONE_NEWNS)):
            with Path(f"/proc/{self.box.pid}/ns/{kind}").open() as namespace:
                _checked(_libc.setns(namespace.fileno(), flag))


def _checked(result: int) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def reachable(address: str, port: int) -> bool:
    """Whether something listens at the address (to be asked from the client's desk)."""
    try:
        with socket.create_connection((address, port), 2):
            return True
    except OSError:
        return False


def answers(address: str, port: int = 25) -> bool:
    """Whether a server greets at the address (to be asked from the client's desk)."""
    try:
        with socket.create_connection((address, port), 2) as talk:
            talk.settimeout(5)
            return talk.recv(4)[:1] == b"2"
    except OSError:
        return False


def wait_for_greeting(desk: Desk, address: str, port: int = 25, seconds: float = 30.0) -> None:
    """Wait until a mail server greets.

    Raises:
        LabProblem: it does not in time.
    """
    wait_until(lambda: desk.call(lambda: answers(address, port)), f"a greeting from {address}:{port}", seconds)
