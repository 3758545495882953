"""Whole mail messages: status parts, encodings, nesting, forwards, mail folders."""
# ruff: noqa: E501 - lines of logs and replies are kept whole

from __future__ import annotations

import base64
import quopri

import pytest

from core.bounce.reads import all_of, first
from helodoctor import bounce
from helodoctor.model import BounceKind, Cause, InputProblem, Role

HEAD = """From: Mail Delivery System <MAILER-DAEMON@out.sender.example>
To: a@sender.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

"""
PROSE = """--=_b
Content-Type: text/plain; charset=utf-8
{encoding}
{prose}
"""
STATUS = """--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; out.sender.example
X-Postfix-Queue-ID: 4AB12C0D1

Final-Recipient: rfc822; b@receiver.example
Action: failed
Status: 5.5.2
Remote-MTA: dns; mx.receiver.example
Diagnostic-Code: smtp; 504 5.5.2 <box>: Helo command rejected: need
    fully-qualified hostname

"""
RETURNED = """--=_b
Content-Type: message/rfc822

Received: from box (localhost [127.0.0.1]) by out.sender.example
From: a@sender.example
To: b@receiver.example
Subject: hello

550 is a number and user unknown are words.
--=_b--
"""
SAID = (
    "<b@receiver.example>: host mx.receiver.example[203.0.113.9] said: 504 5.5.2\n"
    "    <box>: Helo command rejected: need fully-qualified hostname (in reply to RCPT TO\n    command)\n"
)
REPORT = HEAD + PROSE.format(encoding="", prose=SAID) + STATUS + RETURNED


def facts(text: str | bytes) -> tuple[object, ...]:
    found = all_of(text)
    report = found[0].report
    assert len(found) == 1
    return (
        found[0].cause,
        found[0].helo_name,
        report.reply_code,
        report.enhanced_code,
        report.receiver.host,
        report.stage,
    )


WANTED = (Cause.HELO_NOT_FQDN, "box", 504, "5.5.2", "mx.receiver.example", "rcpt")


def test_a_delivery_report_is_one_failure_with_everything_it_tells() -> None:
    report = first(REPORT).report
    assert facts(REPORT) == WANTED
    assert (report.kind, report.role, report.refused) == (BounceKind.DSN, Role.SENDER, True)
    assert (report.reporter.host, report.reporter.software, report.queue_id) == (
        "out.sender.example",
        "Postfix",
        "4AB12C0D1",
    )
    assert (report.sender, report.recipient) == ("a@sender.example", "b@receiver.example")


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_of_other_systems(ending: str) -> None:
    assert facts(REPORT.replace("\n", ending)) == WANTED


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_files_in_wide_encodings(encoding: str) -> None:
    assert facts(REPORT.encode(encoding)) == WANTED


def test_latin_1_bytes_in_a_part_that_claims_utf_8() -> None:
    data = REPORT.replace("hello", "grüße").encode("latin-1")
    assert facts(data) == WANTED


@pytest.mark.parametrize(
    ("name", "encode"),
    [
        ("base64", lambda text: base64.encodebytes(text.encode()).decode()),
        ("quoted-printable", lambda text: quopri.encodestring(text.encode()).decode()),
    ],
)
def test_prose_in_a_transfer_encoding(name: str, encode) -> None:  # type: ignore[no-untyped-def]
    prose = "Grüße. " + SAID
    text = HEAD + PROSE.format(encoding=f"Content-Transfer-Encoding: {name}\n", prose=encode(prose)) + RETURNED
    assert facts(text)[:3] == WANTED[:3]


def test_a_report_forwarded_as_an_attachment() -> None:
    outer = (
        "From: boss@sender.example\nTo: help@sender.example\nSubject: Fwd: Undelivered\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="=_outer"\n\n--=_outer\nContent-Type: text/plain\n\nWhat is this?\n\n'
        f"--=_outer\nContent-Type: message/rfc822\n\n{REPORT}\n--=_outer--\n"
    )
    assert facts(outer) == WANTED


def test_a_report_forwarded_inside_the_text() -> None:
    outer = (
        "From: boss@sender.example\nTo: help@sender.example\nSubject: Fwd: Undelivered\n\nWhat is this?\n\n"
        "-------- Forwarded Message --------\nSubject: Undelivered Mail Returned to Sender\n\n"
        "This is the mail system at host out.sender.example.\n\n" + SAID
    )
    assert facts(outer) == WANTED


def test_a_quoted_report_in_a_reply() -> None:
    text = "What is this?\n\n> This is the mail system at host out.sender.example.\n>\n" + "".join(
        f"> {line}\n" for line in SAID.splitlines()
    )
    assert facts(text) == WANTED


def test_two_recipients_are_two_failures_the_name_first() -> None:
    second = STATUS.replace("--=_b\nContent-Type: message/delivery-status\n\n", "").replace(
        "Reporting-MTA: dns; out.sender.example\nX-Postfix-Queue-ID: 4AB12C0D1\n\n", ""
    )
    other = "Final-Recipient: rfc822; c@receiver.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 user unknown\n\n"
    text = HEAD + STATUS.replace(second, other + second) + RETURNED
    assert [(found.cause, found.report.recipient) for found in all_of(text)] == [
        (Cause.HELO_NOT_FQDN, "b@receiver.example"),
        (Cause.NOT_HELO_USER_UNKNOWN, "c@receiver.example"),
    ]


def test_a_delay_notice_without_a_reply_is_no_refusal() -> None:
    text = (
        HEAD
        + STATUS.replace("failed", "delayed").split("Diagnostic-Code")[0].replace("5.5.2", "4.4.1")
        + "\n"
        + RETURNED
    )
    report = first(text).report
    assert (report.refused, report.permanence) == (False, "temporary")


def test_html_alone_is_read() -> None:
    text = (
        "From: MAILER-DAEMON@sender.example\nTo: a@sender.example\nSubject: x\nContent-Type: text/html\n\n"
        "<html><body><p>host mx.receiver.example[203.0.113.9] said:<br>504 5.5.2 &lt;box&gt;: <b>Helo</b> command "
        "rejected: need fully-qualified hostname (in reply to RCPT TO command)</p></body></html>"
    )
    assert facts(text) == WANTED


def test_a_mail_folder_gives_all_its_failures() -> None:
    folder = "".join(f"From MAILER-DAEMON Mon Feb  3 10:00:0{number} 2026\n{REPORT}\n" for number in range(3))
    assert len(all_of(folder)) == 3


@pytest.mark.parametrize(
    "broken", [HEAD, HEAD + "--=_b", REPORT[:600], REPORT.replace("--=_b--", ""), HEAD + STATUS[:80]]
)
def test_a_damaged_message_still_gives_an_answer(broken: str) -> None:
    assert all_of(broken)


def test_the_copy_of_the_users_own_mail_is_not_read_as_the_reason() -> None:
    text = (
        "This message was created automatically by mail delivery software.\n\n  b@receiver.example\n"
        "    host mx.receiver.example [203.0.113.9]\n    SMTP error from remote mail server after RCPT TO:<b@receiver.example>:\n"
        "    550 5.1.1 no such user\n\n------ This is a copy of the message, including all the headers. ------\n\n"
        "Received: from box ([203.0.113.7] helo=box)\nSubject: 504 5.5.2 <box>: Helo command rejected\n"
    )
    assert [found.cause for found in all_of(text)] == [Cause.NOT_HELO_USER_UNKNOWN]


@pytest.mark.parametrize("empty", ["", "   \n\t ", b"", b"\x00\x00", "\ufeff\n"])
def test_nothing_is_said_to_be_nothing(empty: str | bytes) -> None:
    with pytest.raises(InputProblem) as problem:
        bounce.read(empty)
    assert problem.value.id == "nothing-pasted"


def test_what_is_beyond_the_bound_is_counted() -> None:
    read = bounce.read("504 5.5.2 <box>: Helo command rejected: need fully-qualified hostname\n" + "x" * 1_000_000)
    assert read.left_out == 70
    assert bounce.diagnose(read)[0].cause is Cause.HELO_NOT_FQDN


def test_a_refusal_deep_in_a_long_log_is_found() -> None:
    noise = "Feb  3 10:00:00 mx postfix/qmgr[7]: 4AB12C0D1: removed\n" * 6000
    line = (
        "Feb  3 10:00:00 mx postfix/smtpd[7]: NOQUEUE: reject: RCPT from x[203.0.113.9]: 504 5.5.2 <box>: Helo command "
        "rejected: need fully-qualified hostname; from=<a@sender.example> to=<b@receiver.example> proto=ESMTP helo=<box>\n"
    )
    found = first(noise + line + noise)
    assert found.cause is Cause.HELO_NOT_FQDN
    assert {span.cut(found.report.text) for span in found.evidence if span.what == "helo-name"} == {"box"}


@pytest.mark.parametrize(
    "junk", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_a_damaged_outlook_message_is_one_clear_problem(junk: bytes) -> None:
    with pytest.raises(InputProblem) as problem:
        bounce.read(junk)
    assert problem.value.id == "msg-unreadable"


@pytest.mark.parametrize(
    "text",
    [
        "Roses are red,\nviolets are blue,\nhello my friend, I am rejected by you.",
        "\ud800\udfff lone",
        "%PDF-1.7 \x00\x01\x02",
    ],
)
def test_texts_that_are_no_bounce(text: str) -> None:
    assert first(text).cause is Cause.UNKNOWN
