"""The complete loop: a real server is refused, its real bounce is read, the guide followed, and the mail arrives.

The sender's box is named ``www``, the way it happens. Every command of the guide is run there as it is written.
"""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from helodoctor import steps
from helodoctor.model import Case, Cause, ProofState, Role, Stage, Target, TrialVerdict
from labkit.box import Box, wait_until
from labkit.lab import Lab

SENDERS = Path(__file__).parent / "senders"
POSTFIX, STRICT = "203.0.113.25", "203.0.113.65"
REFUSED, SOFT, KEPT = "user@rcpt.test", "user@soft.rcpt.test", "user@kept.rcpt.test"

pytestmark = pytest.mark.server("postfix")


def sender(lab: Lab, system: str, address: str, layers: tuple[str, ...], name: str = "www") -> Box:
    """A machine with a bad name, whose mail domain is right."""
    lab.server("postfix")
    number = address.rpartition(".")[2]
    files = {"/etc/mailname": f"out{number}.example.test\n"}
    return lab.add(
        f"sender-{system}", name, ("admin", *layers), (address,), SENDERS / "common", SENDERS / system, files=files
    )


def send(box: Box, domain: str, *recipients: str) -> None:
    message = f"From: alice@{domain}\nTo: {', '.join(recipients)}\nSubject: offer\n\nHere is the offer.\n"
    box.run(["/usr/sbin/sendmail", "-i", "-f", f"alice@{domain}", *recipients], input=message)


def mailbox(box: Box) -> str:
    return box.read("/var/mail/alice")


def kept(lab: Lab) -> list[str]:
    """What arrived at the receiver, newest first."""
    folder = lab.server("postfix").root / "var/mail/kept/box/new"
    found = sorted(folder.glob("*"), key=lambda path: path.stat().st_mtime, reverse=True) if folder.exists() else []
    return [path.read_text(errors="replace") for path in found]


def follow(box: Box, case: Case) -> Case:
    """Do every step of the guide; the commands are run by the shell they are written for."""
    assert case.guide is not None
    for step in case.guide.steps:
        if step.command and step.shell:
            done = box.run([step.shell, "-c", step.command], check=False)
            assert done.returncode == 0, f"{step.id}: {step.command}: {done.stdout}{done.stderr}"
        case = steps.tick(case, step.id, True)
    return case


def prove(lab: Lab, case: Case, arrived: str) -> Case:
    """Both facts: the Received line of the delivered message, and a trial of the new name."""
    assert case.new_name is not None
    case = steps.reread(case, arrived)
    assert steps.proof(case).state is ProofState.HALF_SAYS
    plan = steps.trial_plan(case, case.new_name, Target(host=POSTFIX))
    if plan.recipient is None:  # the text did not show one, so the user types it
        plan = replace(plan, recipient=REFUSED, stop_after="rcpt")
    return lab.desk.call(lambda: asyncio.run(steps.attempt(case, plan)))


def check_diagnosis(case: Case, cause: Cause = Cause.HELO_NOT_FQDN, name: str = "www", code: int = 504) -> None:
    diagnosis = case.diagnosis
    assert diagnosis is not None
    assert (diagnosis.cause, diagnosis.helo_name, case.name) == (cause, name, name)
    assert diagnosis.report.reply_code == code
    assert diagnosis.report.stage is Stage.RCPT


@pytest.mark.parametrize(
    ("system", "kind", "address", "queue"),
    [
        ("postfix", "postfix", "203.0.113.61", ["postqueue", "-p"]),
        pytest.param(
            "exim", "exim4-debian", "203.0.113.62", ["exim4", "-bp"], marks=pytest.mark.server("exim"), id="exim"
        ),
    ],
)
def test_a_mail_server_is_cured(lab: Lab, system: str, kind: str, address: str, queue: list[str]) -> None:
    box = sender(lab, system, address, (system,))
    domain = f"out{address.rpartition('.')[2]}.example.test"
    wait_until((box.root / "lab/ready").exists, f"{system} to run")

    # Refused for good at one receiver, put off at another one.
    send(box, domain, REFUSED, SOFT)
    wait_until(lambda: "504 5.5.2 <www>" in mailbox(box), "the bounce", 60)
    assert SOFT in box.run(queue).stdout
    before = len(kept(lab))

    case = steps.judge(steps.read(Case(), mailbox(box)))
    check_diagnosis(case)
    assert case.diagnosis is not None
    assert (case.diagnosis.report.role, case.diagnosis.report.recipient) == (Role.SENDER, REFUSED)
    assert steps.likely_system(case) == system

    case = follow(box, steps.plan_fix(case, kind, domain))
    wait_until(lambda: len(kept(lab)) == before + 1, "the message that waited in the queue", 60)
    wait_until(lambda: SOFT not in box.run(queue).stdout, "the queue to be empty")

    send(box, domain, KEPT)
    wait_until(lambda: len(kept(lab)) == before + 2, "a new message", 60)
    newest = kept(lab)[0]
    assert re.search(rf"^Received: from {domain} \({domain} \[{re.escape(address)}\]\)", newest, re.MULTILINE)

    case = prove(lab, case, newest)
    assert steps.proof(case).state is ProofState.FIXED
    assert case.trials[-1].verdict is TrialVerdict.ACCEPTED


def test_a_python_program_is_cured(lab: Lab) -> None:
    """smtplib takes the machine's own long name, here one that only this machine knows."""
    box = sender(lab, "program", "203.0.113.63", ("tools",), name="www.localdomain")
    domain = "out63.example.test"
    before = len(kept(lab))
    refusal = box.run(["python3", "/lab/send.py", STRICT, REFUSED], check=False)
    assert refusal.returncode == 1

    case = steps.judge(steps.read(Case(), refusal.stderr))
    check_diagnosis(case, Cause.HELO_UNRESOLVABLE, "www.localdomain", 550)
    case = steps.plan_fix(case, "python-smtplib", domain)
    assert case.guide is not None
    (code,) = [step.command for step in case.guide.steps if step.command and "local_hostname" in step.command]
    box.write("/lab/send.py", box.read("/lab/send.py").replace("smtplib.SMTP(host, port)", code))

    box.run(["python3", "/lab/send.py", STRICT, KEPT])
    wait_until(lambda: len(kept(lab)) == before + 1, "the message")
    case = prove(lab, case, kept(lab)[0])
    assert steps.proof(case).state is ProofState.FIXED
