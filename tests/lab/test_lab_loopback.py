"""One real Postfix on this machine's loopback, with one HELO rule: our trial meets what its users meet."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from helodoctor.model import Cause, Stage, Target, Trial, TrialPlan, TrialVerdict
from helodoctor.network.probe import probe
from labkit import roots
from labkit.box import Box, wait_until
from labkit.network import answers

RECIPIENT = "user@rcpt.test"
MAIN_CF = """\
compatibility_level = 3.6
myhostname = mx.rcpt.test
mydestination =
mynetworks =
inet_protocols = ipv4
maillog_file = /var/log/mail.log
smtpd_helo_required = yes
smtpd_helo_restrictions = reject_non_fqdn_helo_hostname
smtpd_relay_restrictions = reject_unauth_destination
smtpd_tls_security_level = none
virtual_mailbox_domains = rcpt.test
virtual_mailbox_maps = static:all
virtual_transport = discard:
"""
MASTER_CF = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup  unix n - n - 0 cleanup
rewrite  unix - - n - - trivial-rewrite
proxymap unix - - n - - proxymap
anvil    unix - - n - 1 anvil
postlog  unix-dgram n - n - 1 postlogd
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def postfix() -> Iterator[tuple[Box, int]]:
    """A running Postfix with ``reject_non_fqdn_helo_hostname``, and its port."""
    roots.ensure(["postfix"])
    port = free_port()
    box = Box(
        name="loopback",
        hostname="mx.rcpt.test",
        layers=roots.stack("postfix"),
        stage=roots.cache() / "stage",
        own_network=False,
        command=("postfix", "start-fg"),
        files={
            "/etc/hosts": "127.0.0.1 localhost\n",
            "/etc/postfix/main.cf": MAIN_CF,
            "/etc/postfix/master.cf": MASTER_CF.format(port=port),
        },
    )
    with box:
        wait_until(lambda: answers("127.0.0.1", port), "the greeting of Postfix")
        yield box, port


def announce(name: str, port: int) -> Trial:
    plan = TrialPlan(target=Target(host="127.0.0.1", port=port), name=name, recipient=RECIPIENT, timeout=20)
    return asyncio.run(probe(plan))


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("127.0.0.1", Cause.HELO_BARE_IP),
        ("localhost", Cause.HELO_LOCALHOST),
        ("www", Cause.HELO_NOT_FQDN),
        ("servidor", Cause.HELO_NOT_FQDN),
    ],
)
def test_a_name_that_is_no_fqdn_is_refused_at_rcpt(postfix: tuple[Box, int], name: str, cause: Cause) -> None:
    trial = announce(name, postfix[1])
    assert trial.verdict is TrialVerdict.REFUSED
    assert (trial.refused_at, trial.reply_code, trial.enhanced_code) == (Stage.RCPT, 504, "5.5.2")
    assert trial.reply_text == f"<{name}>: Helo command rejected: need fully-qualified hostname"
    assert trial.cause == cause


@pytest.mark.parametrize("name", ["mail.firma.example", "[127.0.0.1]", "fakedomain.xyz"])
def test_a_name_this_rule_does_not_mind_is_accepted(postfix: tuple[Box, int], name: str) -> None:
    trial = announce(name, postfix[1])
    assert (trial.verdict, trial.reached, trial.refused_at) == (TrialVerdict.ACCEPTED, Stage.RCPT, None)


def test_the_command_line_tells_the_same(postfix: tuple[Box, int]) -> None:
    box, port = postfix
    program = Path(sys.executable).with_name("helodoctor")
    asked = [program, "probe", f"127.0.0.1:{port}", "--name", "www", "--to", RECIPIENT, "--from", "", "--json"]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)
    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert (told["verdict"], told["refused_at"], told["reply_code"]) == ("refused", "rcpt", 504)
    assert told["cause"] == "helo-not-fqdn"
    assert "DATA" not in {line["text"].split()[0] for line in told["dialogue"] if line["from"] == "us"}
    wait_until(lambda: "helo=<www>" in box.read("/var/log/mail.log"), "Postfix's own record of the refusal")


def test_nothing_is_ever_delivered(postfix: tuple[Box, int]) -> None:
    box, port = postfix
    announce("mail.firma.example", port)
    wait_until(lambda: "ehlo=1 mail=1 rcpt=1 rset=1 quit=1" in box.read("/var/log/mail.log"), "the end of the session")
    log = box.read("/var/log/mail.log")
    assert "data=" not in log
    assert "cleanup" not in log
