"""Texts that are no refusal and still show the name: headers of a mail that arrived, reflectors, accepted lines."""
# ruff: noqa: E501 - lines of logs and replies are kept whole

from __future__ import annotations

import pytest

from core.bounce.reads import first, name_of
from helodoctor.model import BounceKind, Cause

HEADERS = [
    "Received: from mail.sender.example (host9.provider.example [203.0.113.9])\n\tby mx.receiver.example (Postfix) with ESMTPS id 4AB",
    "Received: from host9.provider.example ([203.0.113.9] helo=mail.sender.example)\n\tby mx.receiver.example with esmtp (Exim 4.96)",
    "Received: from [203.0.113.9] (port=20550 helo=mail.sender.example)\n\tby mx.receiver.example with esmtpsa (Exim 4.96)",
    "Received: from 203.0.113.9(helo=mail.sender.example)\n\tby mx.receiver.example",
    "Received: from unknown (HELO mail.sender.example) (203.0.113.9)\n  by mx.receiver.example with SMTP; 3 Feb 2026 10:00:00 -0000",
    "Received: from mail.sender.example (203.0.113.9) by mx.receiver.example with Microsoft SMTP Server id 15.1; Tue, 3 Feb 2026",
]


@pytest.mark.parametrize("text", HEADERS)
def test_a_received_line_shows_the_name_and_blames_nobody(text: str) -> None:
    found = first(text)
    assert (found.cause, found.report.kind, name_of(found)) == (
        Cause.ACCEPTED,
        BounceKind.HEADERS,
        "mail.sender.example",
    )
    assert found.report.client_ip in ("203.0.113.9", None)
    assert found.report.receiver.host == "mx.receiver.example"


def test_the_newest_hop_with_a_name_counts() -> None:
    text = (
        "Received: by mx.receiver.example with LMTP id 1; Tue, 3 Feb 2026\n"
        "Received: from mail.sender.example (x [203.0.113.9]) by mx.receiver.example with ESMTPS id 2\n"
        "Received: from desk (desk [192.168.1.5]) by mail.sender.example with ESMTPSA id 3\nSubject: hello\nTo: b@receiver.example\n\nHi"
    )
    assert name_of(first(text)) == "mail.sender.example"


def test_received_spf_and_authentication_results_show_it_too() -> None:
    spf = "Received-SPF: Neutral (203.0.113.9 is neither permitted nor denied) client-ip=203.0.113.9; helo=localhost;"
    results = "Authentication-Results: mx.receiver.example; spf=pass smtp.mailfrom=a@sender.example smtp.helo=mail.sender.example"
    assert (first(spf).cause, name_of(first(spf))) == (Cause.ACCEPTED, "localhost")
    assert (first(results).cause, name_of(first(results))) == (Cause.ACCEPTED, "mail.sender.example")


REFLECTORS = [
    "<helocheck@list.example>: host mx.list.example[203.0.113.7] said: 554 5.7.1 *** The HELO name for IP address "
    "203.0.113.9 was 'mail.sender.example' (in reply to RCPT TO command)",
    "Summary of Results\n\nSPF check:          pass\nHELO check: pass\n\nHELO hostname:  mail.sender.example\nSource IP:      203.0.113.9\n",
]


@pytest.mark.parametrize("text", REFLECTORS)
def test_a_reflector_tells_the_name_on_purpose(text: str) -> None:
    found = first(text)
    assert (found.cause, found.report.kind, found.report.refused) == (Cause.ACCEPTED, BounceKind.REFLECTOR, False)
    assert name_of(found) == "mail.sender.example"


@pytest.mark.parametrize(
    "text",
    [
        "Feb  3 10:00:00 mx postfix/smtp[9]: 4AB12C0D1: to=<b@receiver.example>, relay=mx.receiver.example[203.0.113.9]:25, "
        "delay=1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 77)",
        "Feb  3 10:00:00 mx postfix/smtpd[7]: 4AB12C0D1: client=mail.sender.example[203.0.113.9]",
        "250 mx.receiver.example at your service",
    ],
)
def test_lines_of_success_are_accepted(text: str) -> None:
    found = first(text)
    assert found.cause is Cause.ACCEPTED
    assert not found.report.refused
