"""Messages saved by Outlook."""
# ruff: noqa: E501 - lines of logs and replies are kept whole

from __future__ import annotations

from core.bounce.compound import outlook_message
from core.bounce.reads import first
from helodoctor.model import Cause

BODY = """Delivery has failed to these recipients or groups:

b@receiver.example

Diagnostic information for administrators:

Generating server: out.sender.example

b@receiver.example
Remote Server at mx.receiver.example (203.0.113.9) returned '504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname'
"""


def test_the_body_is_read_and_given_as_the_text_of_the_highlights() -> None:
    found = first(outlook_message(subject="Undeliverable: offer", body=BODY))
    report = found.report
    assert (found.cause, found.helo_name, report.receiver.host) == (Cause.HELO_NOT_FQDN, "box", "mx.receiver.example")
    assert (report.reporter.host, report.reporter.software) == ("out.sender.example", "Exchange")
    assert report.text_of == "part 1"
    assert {span.cut(report.text) for span in found.evidence if span.what == "helo-name"} == {"box"}


def test_the_transport_headers_come_along() -> None:
    headers = "Received: from mail.sender.example (x [203.0.113.9]) by mx.receiver.example with ESMTP id 1\nTo: b@receiver.example\n"
    found = first(outlook_message(subject="hello", body="Just a mail.", headers=headers))
    assert (found.cause, found.report.helo_name) == (Cause.ACCEPTED, "mail.sender.example")


def test_a_secret_in_it_is_masked() -> None:
    found = first(outlook_message(body="password=geheim123\n550 5.1.1 no such user"))
    assert "geheim123" not in found.report.text
