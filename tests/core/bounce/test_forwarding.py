"""Mail that was forwarded elsewhere: the forwarder's server says the name, not the reader's."""

from __future__ import annotations

import pytest

from core.bounce.reads import first
from helodoctor.model import Cause, Role

REPLY = "504 5.5.2 <fwd>: Helo command rejected: need fully-qualified hostname"
POSTFIX = (
    "<x@receiver.example> (expanded from <{alias}>): host mx.receiver.example[203.0.113.9] said: "
    f"{REPLY} (in reply to RCPT TO command)"
)
STATUS = (
    "Reporting-MTA: dns; {reporter}\nX-Postfix-Sender: rfc822; a@sender.example\n\n{fields}\n"
    f"Action: failed\nStatus: 5.5.2\nRemote-MTA: dns; mx.receiver.example\nDiagnostic-Code: smtp; {REPLY}\n"
)
REPORT = (
    "From: MAILER-DAEMON@{reporter}\nTo: a@sender.example\nMIME-Version: 1.0\n"
    'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n'
    "--B\nContent-Type: text/plain\n\nThis is the mail system at host {reporter}.\n\n{told}\n\n--B--\n"
)


@pytest.mark.parametrize(
    "told",
    [
        POSTFIX.format(alias="bob@partner.example"),
        POSTFIX.replace("): host", "): delivery temporarily suspended: host").format(alias="bob@partner.example"),
        f"  x@receiver.example\n    (generated from bob@partner.example)\n    host mx.receiver.example [203.0.113.9]\n"
        f"    SMTP error from remote mail server after RCPT TO:<x@receiver.example>:\n    {REPLY}",
        "   ----- The following addresses had permanent fatal errors -----\n<x@receiver.example>\n"
        f"    (reason: {REPLY})\n    (expanded from: <bob@partner.example>)",
    ],
)
def test_an_address_expanded_elsewhere_is_the_forwarders_fault(told: str) -> None:
    found = first(REPORT.format(reporter="mail.partner.example", told=told))
    assert (found.cause, found.helo_name, found.report.role) == (Cause.HELO_NOT_FQDN, "fwd", Role.FORWARDER)
    assert first(told).report.role is Role.FORWARDER


@pytest.mark.parametrize(
    ("reporter", "alias"),
    [
        ("out.sender.example", "bob@partner.example"),  # the reader's own server expands for all it hosts
        ("out.provider.example", "all@sender.example"),
        ("out.provider.example", "root"),
    ],
)
def test_an_alias_on_the_senders_side_stays_the_senders(reporter: str, alias: str) -> None:
    found = first(REPORT.format(reporter=reporter, told=POSTFIX.format(alias=alias)))
    assert (found.cause, found.report.role) == (Cause.HELO_NOT_FQDN, Role.SENDER)


def test_an_account_of_the_reporting_machine_is_no_forwarder() -> None:
    told = "This is the mail system at host web1.sender.example.\n\n" + POSTFIX.format(alias="root@web1.sender.example")
    assert first(told).report.role is Role.SENDER


@pytest.mark.parametrize(
    ("fields", "role"),
    [
        (
            "Final-Recipient: rfc822; x@receiver.example\nOriginal-Recipient: rfc822;bob@partner.example",
            Role.FORWARDER,
        ),
        (
            "Original-Recipient: rfc822;bob@partner.example\nFinal-Recipient: rfc822; x@receiver.example",
            Role.FORWARDER,
        ),
        ("Final-Recipient: rfc822; X@receiver.example\nOriginal-Recipient: rfc822;x@receiver.example", Role.SENDER),
    ],
)
def test_the_status_fields_tell_it_too(fields: str, role: Role) -> None:
    assert first(STATUS.format(reporter="mail.partner.example", fields=fields)).report.role is role
