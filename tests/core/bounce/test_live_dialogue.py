"""A live conversation is read by the same engine as a pasted one."""

from __future__ import annotations

import pytest

from core.bounce.reads import first
from helodoctor import bounce
from helodoctor.model import Cause, Line, Stage

REFUSED = [
    Line(0.0, "server", "220 mx.receiver.example ESMTP"),
    Line(0.1, "us", "EHLO box"),
    Line(0.2, "server", "250-mx.receiver.example\n250 SMTPUTF8"),
    Line(0.3, "us", "MAIL FROM:<>"),
    Line(0.4, "server", "250 2.1.0 Ok"),
    Line(0.5, "us", "RCPT TO:<b@receiver.example>"),
    Line(0.6, "server", "504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname"),
    Line(0.7, "us", "QUIT"),
    Line(0.8, "server", "221 2.0.0 Bye"),
]


def test_the_refusal_its_stage_and_the_name() -> None:
    found = bounce.diagnose_dialogue(REFUSED, "box")
    assert (found.cause, found.helo_name, found.report.stage) == (Cause.HELO_NOT_FQDN, "box", Stage.RCPT)
    assert (found.report.receiver.host, found.report.sender, found.report.recipient) == (
        "mx.receiver.example",
        "",
        "b@receiver.example",
    )


def test_live_and_pasted_agree() -> None:
    pasted = first("\n".join(line.text for line in REFUSED))
    live = bounce.diagnose_dialogue(REFUSED, "box")
    assert (live.cause, live.rule, live.report.evidence) == (pasted.cause, pasted.rule, pasted.report.evidence)


def test_the_name_that_was_announced_decides_even_where_no_line_shows_it() -> None:
    lines = [Line(0.0, "server", "550 5.7.1 b@receiver.example... Access denied - bogus HELO [1]")]
    assert bounce.diagnose_dialogue(lines, "localhost").cause is Cause.HELO_LOCALHOST
    assert bounce.diagnose_dialogue(lines, None).cause is Cause.HELO_UNSPECIFIED


def test_an_accepted_conversation() -> None:
    assert bounce.diagnose_dialogue([*REFUSED[:6], Line(0.6, "server", "250 2.1.5 Ok")], "box").cause is Cause.ACCEPTED


@pytest.mark.parametrize("lines", [[], [Line(0.0, "server", "")], [Line(0.0, "server", "\ufffd\x00 binary \x01")]])
def test_a_server_that_says_nothing_sensible(lines: list[Line]) -> None:
    assert bounce.diagnose_dialogue(lines, "box").cause is Cause.UNKNOWN
