"""Guides followed on real senders: the announced name changes, the guide's own look shows it, undo takes it back.

Others stand in ``test_lab_guides`` and ``test_lab_programs``; here are those that look up where their mail goes.
"""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from helodoctor import steps
from helodoctor.model import Case, Cause, Diagnosis, Guide, Report, Step
from helodoctor.network.listener import Listener
from labkit.box import Box, LabProblem, wait_until
from labkit.dialogue import CLIENT
from labkit.lab import Lab
from labkit.sending import ADDRESS, MESSAGE, NAME, SYSTEMS, Sending

COMMON = Path(__file__).parent / "senders" / "common"


@contextmanager
def listening(lab: Lab) -> Iterator[list[str]]:
    """Our listener at the client's desk: the names it hears, in order."""
    heard: list[str] = []
    ended = threading.Event()

    async def serve() -> None:
        async with Listener(lambda greeting: heard.append(greeting.name), CLIENT, 25):
            await asyncio.to_thread(ended.wait)

    ear = threading.Thread(target=lambda: lab.desk.call(lambda: asyncio.run(serve())))
    ear.start()
    try:
        yield heard
    finally:
        ended.set()
        ear.join()


@contextmanager
def machine(lab: Lab, sending: Sending) -> Iterator[Box]:
    """A machine called www with this mail software, at an address whose right name is known to the DNS."""
    files = {"/etc/mailname": f"{NAME}\n", **dict(sending.files)}
    files["/lab/start"] = f"useradd -m alice\n{sending.start}\ntouch /lab/ready\n"
    box = lab.add(f"sending-{sending.id}", "www", ("admin", *sending.layers), (ADDRESS,), COMMON, files=files)
    try:
        wait_until((box.root / "lab/ready").exists, f"{sending.id} to start")
        yield box
    finally:
        lab.remove(box)


def guide_for(sending: Sending) -> Guide:
    diagnosis = Diagnosis(report=Report(text=""), cause=Cause.HELO_NOT_FQDN)
    guide = steps.plan_fix(Case(diagnoses=(diagnosis,), name="www"), sending.id, NAME).guide
    assert guide is not None
    return guide


def announced(box: Box, sending: Sending, heard: list[str]) -> str:
    """Send one message, and the name it was announced with."""
    heard.clear()
    box.run(["sh", "-c", sending.send], input=MESSAGE, check=False)
    try:
        wait_until(lambda: bool(heard), f"{sending.id} to greet", 20)
    except LabProblem as silent:
        raise LabProblem(f"{silent}; {box.read('/var/log/syslog.log')[-600:]}") from silent
    return heard[-1]


def typed(box: Box, sending: Sending, command: str) -> subprocess.CompletedProcess[str]:
    """A command in a terminal of the machine, as its administrator types it."""
    return box.run(["su", "root", "-c", f"cd {sending.folder} && {command}"], check=False)


def carry_out(box: Box, sending: Sending, step: Step) -> str:
    """One step: the command as written, or what a person does to the file; what the command printed."""
    if step.command is None:
        if sending.restart and "restart" in step.id:
            box.run(["sh", "-c", sending.restart])
        return ""
    if step.shell is None:
        box.write(sending.file, sending.edit(box.read(sending.file), step.command))
        return ""
    done = typed(box, sending, step.command)
    assert done.returncode == 0 or step.id.endswith(".look"), f"{step.id}: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def contents(box: Box, sending: Sending) -> dict[str, str]:
    """Every configuration file, by what it holds; the guide's backups apart."""
    folders = [box.root / "etc", box.root / "root", *([box.root / sending.folder[1:]] if sending.folder != "/" else [])]
    found = {}
    for path in (path for folder in folders for path in folder.rglob("*")):
        passing = ".before-" in path.name or path.suffix == ".log" or path.parent.name == "queue"
        if path.is_file() and not path.is_symlink() and not passing:
            found[str(path.relative_to(box.root))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


@pytest.mark.parametrize("sending", [pytest.param(sending, id=sending.id) for sending in SYSTEMS])
def test_the_guide_changes_the_name_and_its_undo_takes_it_back(lab: Lab, sending: Sending) -> None:
    with listening(lab) as heard, machine(lab, sending) as box:
        at_first = contents(box, sending)
        bad = announced(box, sending, heard)
        assert bad != NAME

        guide = guide_for(sending)
        shown = {step.id: carry_out(box, sending, step) for step in guide.steps}
        assert announced(box, sending, heard) == NAME
        assert all(NAME in said for step, said in shown.items() if step.endswith(".show"))
        assert contents(box, sending) != at_first

        undo = list(dict.fromkeys(step.undo_command for step in reversed(guide.steps) if step.undo_command))
        for command in undo:
            assert typed(box, sending, command).returncode == 0, command
        if undo:
            assert contents(box, sending) == at_first
            for step in guide.steps:
                if step.id.endswith((".reload", ".restart", ".restart-service")):
                    carry_out(box, sending, step)
            assert announced(box, sending, heard) == bad
