"""A sender's box with a listener of its own: which name is said, before and after the steps of a guide."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

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
def listening(layer: str, files: Mapping[str, str]) -> Iterator[Box]:
    """A box named ``www`` with the packages of ``layer``, cut off from every network, its listener on port 2525."""
    layers = (layer, "tools", "admin")
    roots.ensure(layers)
    given = {
        "/etc/hosts": "127.0.0.1 localhost\n127.0.1.1 www.sender.example www\n",
        "/etc/mailname": "www\n",
        "/etc/hostname": "www\n",
        "/lab/listener.py": LISTENER,
        **files,
    }
    with Box(
        name="sender", hostname="www", layers=roots.stack(*layers), stage=roots.cache() / "stage", files=given
    ) as box:
        subprocess.run(["nsenter", f"--target={box.pid}", "--net", "ip", "link", "set", "lo", "up"], check=True)
        box.run(["sh", "-c", "python3 /lab/listener.py > /lab/log 2>&1 &"])
        wait_until((box.root / "lab/ready").exists, "the listener")
        yield box


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
