"""STARTTLS and implicit TLS against real servers; swaks, which others trust, walks beside our trial."""

from __future__ import annotations

import re

import pytest

from helodoctor.model import Stage, Target, TlsMode, Trial, TrialPlan, TrialVerdict
from labkit.dialogue import RECIPIENT, SENDER
from labkit.lab import Lab
from labkit.trials import run_trials

POSTFIX_TLS, EXIM, EXIM_TLS = "203.0.113.85", "203.0.113.26", "203.0.113.86"
WAYS = [
    pytest.param(POSTFIX_TLS, 25, "required", ["--tls"], id="postfix-starttls", marks=pytest.mark.server("postfix")),
    pytest.param(POSTFIX_TLS, 465, "implicit", ["--tlsc"], id="postfix-implicit", marks=pytest.mark.server("postfix")),
    pytest.param(EXIM_TLS, 25, "required", ["--tls"], id="exim-starttls", marks=pytest.mark.server("exim")),
    pytest.param(EXIM, 465, "implicit", ["--tlsc"], id="exim-implicit", marks=pytest.mark.server("exim")),
]


def start(lab: Lab, address: str) -> None:
    lab.server("postfix" if address == POSTFIX_TLS else "exim")


def try_it(lab: Lab, address: str, port: int, name: str, tls: TlsMode) -> Trial:
    target = Target(host=address, port=port)
    plan = TrialPlan(target=target, name=name, sender=SENDER, recipient=RECIPIENT, tls=tls, timeout=20)
    [[trial]] = run_trials(lab.desk, [[plan]])
    return trial


def swaks(lab: Lab, address: str, port: int, name: str, *options: str) -> list[str]:
    """Every reply line swaks got, without its marks."""
    asked = ["swaks", "--server", address, "--port", str(port), "--ehlo", name, "--quit-after", "RCPT", *options]
    done = lab.tools().run([*asked, "--from", SENDER, "--to", RECIPIENT], check=False)
    return re.findall(r"^<(?:~|-|\*\*|~\*)\s+(\d{3}.*)$", done.stdout, re.MULTILINE)


@pytest.mark.parametrize(("address", "port", "tls", "options"), WAYS)
@pytest.mark.parametrize("name", ["127.0.0.1", "www", "mail.example.test"])
def test_our_trial_and_swaks_get_the_same_replies(
    lab: Lab, address: str, port: int, tls: TlsMode, options: list[str], name: str
) -> None:
    start(lab, address)
    trial = try_it(lab, address, port, name, tls)
    heard = [row for line in trial.dialogue if line.speaker == "server" for row in line.text.split("\n")]
    theirs = swaks(lab, address, port, name, *options)
    # Exim greets each by the address it comes from, and ours ends with RSET.
    ours = [row.replace("203.0.113.10", "203.0.113.15") for row in heard]
    assert [row for row in theirs if row[:3] in ("504", "550")] == [row for row in ours if row[:3] in ("504", "550")]
    assert {row[:3] for row in theirs} == {row[:3] for row in ours}
    assert trial.tls is not None
    assert trial.tls.version in ("TLSv1.2", "TLSv1.3")
    assert (trial.tls.certificate_ok, trial.tls.problem) == (False, "self-signed")
    assert trial.verdict is (TrialVerdict.ACCEPTED if name == "mail.example.test" else TrialVerdict.REFUSED)


@pytest.mark.server("postfix")
def test_the_name_is_announced_again_after_starttls(lab: Lab) -> None:
    lab.server("postfix")
    trial = try_it(lab, POSTFIX_TLS, 25, "mail.example.test", "auto")
    said = [line.text for line in trial.dialogue if line.speaker == "us"]
    assert said[:3] == ["EHLO mail.example.test", "STARTTLS", "EHLO mail.example.test"]
    assert (trial.verdict, trial.reached) == (TrialVerdict.ACCEPTED, Stage.RCPT)


@pytest.mark.server("postfix")
def test_required_tls_that_is_not_offered_is_no_refusal_of_the_name(lab: Lab) -> None:
    lab.server("postfix")
    trial = try_it(lab, "203.0.113.25", 25, "mail.example.test", "required")
    assert (trial.verdict, trial.obstacle) == (TrialVerdict.UNDETERMINED, "starttls-not-offered")


@pytest.mark.server("postfix")
def test_no_trial_begins_a_message_under_tls_either(lab: Lab) -> None:
    """Postfix counts the commands of every session it ends."""
    box = lab.server("postfix")
    for port, tls in ((25, "required"), (465, "implicit")):
        try_it(lab, POSTFIX_TLS, port, "mail.example.test", tls)  # type: ignore[arg-type]
    sessions = re.findall(r"disconnect from mail\.example\.test\S* (.*)", box.read("/var/log/mail.log"))
    assert sum("starttls=1" in session for session in sessions) >= 1
    assert not [session for session in sessions if "data=" in session or "bdat=" in session]
