"""A sender's box with a listener of its own: which name is said, before and after the steps of a guide."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from helodoctor import guides
from helodoctor.model import Case, Cause, Diagnosis, Guide, Report
from labkit import roots
from labkit.box import Box, wait_until

# Greets, notes the name, refuses the mail for now, for one conversation after the other.
LISTENER = r"""
import socket
server = socket.create_server(("127.0.0.1", 2525))
open("/lab/ready", "w").close()
while True:
    peer, _ = server.accept()
    with peer, peer.makefile("rwb", buffering=0) as stream:
        stream.write(b"220 listener.example ESMTP\r\n")
        for line in stream:
            verb, _, rest = line.decode("latin-1").strip().partition(" ")
            if verb.upper() in ("EHLO", "HELO"):
                open("/lab/heard", "a").write(rest + "\n")
            answer = {"QUIT": "221 bye", "MAIL": "450 4.3.2 keep it", "EHLO": "250 listener.example",
                      "HELO": "250 listener.example", "RSET": "250 ok"}.get(verb.upper(), "450 4.3.2 keep it")
            stream.write(answer.encode() + b"\r\n")
            if verb.upper() == "QUIT":
                break
"""


@contextmanager
def sender(layers: Sequence[str], files: Mapping[str, str]) -> Iterator[Box]:
    """A box named ``www`` with the packages of ``layers``, cut off from every network but its own loopback."""
    layers = (*layers, "tools", "admin")
    roots.ensure(layers)
    given = {
        "/etc/hosts": "127.0.0.1 localhost\n127.0.1.1 www.sender.example www\n",
        "/etc/mailname": "www\n",
        "/etc/hostname": "www\n",
        **files,
    }
    with Box(
        name="sender", hostname="www", layers=roots.stack(*layers), stage=roots.cache() / "stage", files=given,
        binds=roots.node_binds(layers),
    ) as box:  # fmt: skip
        subprocess.run(["nsenter", f"--target={box.pid}", "--net", "ip", "link", "set", "lo", "up"], check=True)
        yield box


@contextmanager
def listening(layer: str, files: Mapping[str, str]) -> Iterator[Box]:
    """A box like :func:`sender`, its small listener on port 2525."""
    with sender((layer,), {"/lab/listener.py": LISTENER, **files}) as box:
        box.run(["sh", "-c", "python3 /lab/listener.py > /lab/log 2>&1 &"])
        wait_until((box.root / "lab/ready").exists, "the listener")
        yield box


class Ear:
    """What ``helodoctor listen`` tells of the greetings it was given in a box, so far."""

    def __init__(self, told: Path) -> None:
        self._told = told

    def heard(self) -> list[tuple[str, bool]]:
        """Every announced name, and whether the conversation was encrypted by then."""
        rows = [json.loads(line) for line in self._told.read_text().splitlines()]
        return [(row["name"], row["tls"]) for row in rows if "name" in row]

    def forget(self) -> None:
        """From here on only what is heard anew."""
        os.truncate(self._told, 0)


@contextmanager
def ear(box: Box, told: Path) -> Iterator[Ear]:
    """The program's own listener on port 2525 of the box; its lines go to the file ``told``."""
    program = "import sys; from helodoctor.cli import main; sys.exit(main())"
    inside = ["nsenter", f"--target={box.pid}", "--net", sys.executable, "-c", program]
    with told.open("ab") as stream:
        listener = subprocess.Popen([*inside, "listen", "--port", "2525", "--json"], stdout=stream)
        try:
            wait_until(lambda: "listening" in told.read_text(), "the listener")
            yield Ear(told)
        finally:
            listener.terminate()
            listener.wait()


def announced(box: Box, send: str, message: str) -> str:
    """The name the listener heard last, after ``send``; a queue may have tried again by itself already."""
    done = box.run(["sh", "-c", send], input=message, check=False)
    wait_until(lambda: bool(box.read("/lab/heard")), f"a name after {send!r}: {done.stdout}{done.stderr}")
    return box.read("/lab/heard").splitlines()[-1]


def guide_of(system: str, name: str) -> Guide:
    """The guide to ``name`` for a server that says ``www``."""
    diagnosis = Diagnosis(report=Report(text=""), cause=Cause.HELO_NOT_FQDN)
    case = Case(diagnoses=(diagnosis,), name="www", system=system, new_name=name, addresses=("203.0.113.9",))
    return guides.plan(case)
